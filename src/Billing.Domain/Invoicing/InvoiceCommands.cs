using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Invoicing;

/// <summary>Selects unbilled work for an invoice; amounts are computed, not said.</summary>
/// <param name="RetainerId">Which retainer is drawn on, as far as it reaches; null for none.</param>
/// <param name="Through">Last day of the work that was looked at, as the invoice shows it.</param>
public sealed record DraftInvoice(
    Guid InvoiceId, Guid ClientId, IReadOnlyList<SelectedTime> Time, IReadOnlyList<Guid> ExpenseIds, Guid? RetainerId,
    LocalDate Through, string? Note, Instant At)
{
    /// <summary>Further retainers: named beside the first, or used without being named.</summary>
    public IReadOnlyList<Guid> MoreRetainerIds { get; init; } = [];

    /// <summary>The client's number for what was ordered; null for none.</summary>
    public string? PurchaseOrder { get; init; }

    public IReadOnlyList<DiscountWish> Discounts { get; init; } = [];

    /// <summary>Agreed amounts besides, one line each.</summary>
    public IReadOnlyList<FeeWish> Fees { get; init; } = [];

    /// <summary>In which parts it is to be paid; none for all at once.</summary>
    public IReadOnlyList<InstalmentWish> Instalments { get; init; } = [];

    public IReadOnlyList<Guid> RetainerIds =>
        [.. (RetainerId is { } id ? [id] : Array.Empty<Guid>()).Concat(MoreRetainerIds).Distinct()];
}

/// <param name="Description">As the invoice prints it.</param>
public sealed record FeeWish(string Description, Money Amount, Guid? EngagementId);

/// <summary>Draws on these retainers, and no others, when the draft is finalised.</summary>
public sealed record UseRetainers(Guid InvoiceId, IReadOnlyList<Guid> RetainerIds, Instant At);

/// <summary>Asks for money ahead of work; when it is paid it funds the retainer.</summary>
public sealed record DraftDeposit(
    Guid InvoiceId, Guid ClientId, Guid RetainerId, Money Amount, string? Note, Instant At)
{
    /// <summary>The client's number for what was ordered; null for none.</summary>
    public string? PurchaseOrder { get; init; }

    /// <summary>How it is taxed; null follows the practice.</summary>
    public DepositTax? Tax { get; init; }

    /// <summary>In which parts it is to be paid; none for all at once.</summary>
    public IReadOnlyList<InstalmentWish> Instalments { get; init; } = [];
}

/// <summary>Says in full what a draft says beside its work; what is left out is taken away.</summary>
public sealed record DescribeDraft(
    Guid InvoiceId, string? PurchaseOrder, string? Note, IReadOnlyList<DiscountWish> Discounts, Instant At)
{
    /// <summary>In which parts it is to be paid; none for all at once.</summary>
    public IReadOnlyList<InstalmentWish> Instalments { get; init; } = [];
}

/// <summary>An <see cref="InvoiceDiscount"/> that is asked for.</summary>
/// <param name="Amount">Null for a share.</param>
public sealed record DiscountWish(Money? Amount, int? BasisPoints, Guid? EngagementId, Guid? ExpenseId)
{
    internal InvoiceDiscount Wished => new(Amount?.Minor, BasisPoints, EngagementId, ExpenseId);
}

public sealed record DiscardDraft(Guid InvoiceId, Instant At);

/// <param name="IssuedOn">The day on the invoice; its year names the number series.</param>
public sealed record FinalizeInvoice(Guid InvoiceId, LocalDate IssuedOn, Instant At)
{
    /// <summary>In which parts it is to be paid, instead of what the draft says; null for that.</summary>
    public IReadOnlyList<InstalmentWish>? Instalments { get; init; }

    /// <summary>Invoices that may hold credit of the client, for practices that have it applied.</summary>
    public IReadOnlyList<Guid> CreditHolderIds { get; init; } = [];
}

/// <param name="TokenHash">SHA-256 of the link's secret, lower-case hexadecimal.</param>
public sealed record ShareInvoice(Guid InvoiceId, Guid LinkId, string TokenHash, Instant At)
{
    /// <summary>Whether the link also opens the client's other invoices and statements.</summary>
    public bool OpensAccount { get; init; }
}

public sealed record RevokeShare(Guid InvoiceId, Guid LinkId, Instant At);

/// <summary>Makes this payment the invoice's one open attempt.</summary>
/// <param name="CollectionNumber">The how manieth charge to a kept method it is; null for a checkout.</param>
public sealed record AttemptCheckout(Guid InvoiceId, Guid PaymentId, long AmountMinor, Instant At, int? CollectionNumber = null);

public sealed record CloseCheckout(Guid InvoiceId, Guid PaymentId, Instant At);

public sealed record ApplyPayment(Guid InvoiceId, Guid PaymentId, long AmountMinor, LocalDate ReceivedOn);

public sealed record VoidInvoice(Guid InvoiceId, string Reason, LocalDate VoidedOn, Instant At);

/// <summary>Decides that a difference is not billed.</summary>
/// <param name="Fingerprint">Of the proposal that was looked at.</param>
public sealed record DropRebill(Guid InvoiceId, string Fingerprint, Instant At);

/// <summary>Bills what is proposed.</summary>
/// <param name="Fingerprint">Of the proposal that was looked at.</param>
/// <param name="Way">One of <see cref="RebillWay"/>.</param>
/// <param name="NewInvoiceId">Of the invoice, where there is a new one.</param>
/// <param name="CreditNoteId">Of the credit note, where there is one.</param>
/// <param name="Settlement">What becomes of what is credited and was paid before.</param>
public sealed record AcceptRebill(
    Guid InvoiceId, string Fingerprint, string Way, Guid NewInvoiceId, Guid CreditNoteId, CreditSettlement Settlement,
    LocalDate IssuedOn, Instant At);
