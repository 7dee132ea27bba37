using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Invoicing;

/// <summary>Takes some or all of an invoice back.</summary>
/// <param name="Lines">What of which lines, without tax; empty for an amount or for all of it.</param>
/// <param name="Amount">Tax among it, shared out over all lines by what is left of them, and the tax of what is taxed alike by the running
/// sum; null for the lines, or for all that is left.</param>
/// <param name="Settlement">What becomes of the part that was paid before.</param>
public sealed record IssueCreditNote(
    Guid InvoiceId, Guid CreditNoteId, IReadOnlyList<CreditWish> Lines, Money? Amount, CreditSettlement Settlement, string Reason,
    LocalDate IssuedOn, Instant At)
{
    /// <summary>Whether the lines that are named take their tax along, in proportion, unless its line is named too.</summary>
    public bool TakesTaxAlong { get; init; } = true;
}

/// <param name="Amount">Null for all that is left of the line.</param>
public sealed record CreditWish(int LineNumber, Money? Amount);

/// <summary>What becomes of what was paid and is credited; each part is null for nothing.</summary>
/// <param name="RefundDue">Owed back to the client.</param>
/// <param name="ClientCredit">Kept for the client.</param>
/// <param name="SettledOutside">Given back by hand.</param>
public sealed record CreditSettlement(Money? RefundDue, Money? ClientCredit, Money? SettledOutside)
{
    public static CreditSettlement None { get; } = new(null, null, null);

    internal IEnumerable<Money> Parts => new[] { RefundDue, ClientCredit, SettledOutside }.OfType<Money>();

    internal long TotalMinor => Parts.Sum(part => part.Minor);
}

/// <summary>Writes down how what a credit note owed the client was given back.</summary>
/// <param name="Method">One of the ways in which money comes other than online.</param>
public sealed record SettleRefund(
    Guid InvoiceId, Guid CreditNoteId, Guid RefundId, string Method, LocalDate SettledOn, string? Reference, Instant At);

/// <summary>Gives up what is open.</summary>
public sealed record WriteOffInvoice(Guid InvoiceId, string Reason, LocalDate WrittenOffOn, Instant At);
