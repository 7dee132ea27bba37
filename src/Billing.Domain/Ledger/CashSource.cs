namespace Billing.Domain.Ledger;

/// <summary>What moved received money. Callers choose ids, so that things of two kinds may have the same.</summary>
/// <param name="Kind">One of the names below.</param>
public readonly record struct CashSource(string Kind, Guid Id)
{
    public const string PaymentKind = "payment";
    public const string MoneyBackKind = "money-back";
    public const string CreditNoteKind = "credit-note";
    public const string CreditUseKind = "credit-use";
    public const string CreditReturnKind = "credit-return";

    public static CashSource Payment(Guid id) => new(PaymentKind, id);

    /// <summary>A step of a refund or dispute at the processor.</summary>
    public static CashSource MoneyBack(Guid movementId) => new(MoneyBackKind, movementId);

    /// <summary>What a credit note gave back by hand on its day.</summary>
    public static CashSource CreditNote(Guid id) => new(CreditNoteKind, id);

    /// <summary>What a credit note owed, given back later.</summary>
    public static CashSource Refund(Guid id) => new("refund", id);

    public static CashSource CreditUse(Guid id) => new(CreditUseKind, id);

    public static CashSource CreditReturn(Guid id) => new(CreditReturnKind, id);

    /// <summary>An invoice that takes sales tax from a retainer's deposits.</summary>
    public static CashSource TurnedTax(Guid invoiceId) => new("turned-tax", invoiceId);

    public static CashSource RetainerRefund(Guid id) => new("retainer-refund", id);
}
