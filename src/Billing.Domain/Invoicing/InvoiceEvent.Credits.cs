using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Invoicing;

public abstract partial record InvoiceEvent
{
    /// <summary>Some or all of the invoice was taken back, by a document with a number of its own. It never changes; what it is
    /// printed with, the invoice's own frozen facts have.</summary>
    /// <param name="Lines">What is credited of which line; the amounts are positive.</param>
    /// <param name="TotalMinor">Sum of the lines, and of the four parts that follow.</param>
    /// <param name="ReducedMinor">What it takes off what was still due.</param>
    /// <param name="RefundDueMinor">Of what had been paid: what is owed back to the client.</param>
    /// <param name="ClientCreditMinor">Of what had been paid: what the client has in hand from then on.</param>
    /// <param name="SettledOutsideMinor">Of what had been paid: what was given back by hand on the day of issue.</param>
    public sealed record CreditNoteIssued(
        Guid CreditNoteId, string Number, string Currency, LocalDate IssuedOn, IReadOnlyList<CreditedLine> Lines, long TotalMinor,
        long ReducedMinor, long RefundDueMinor, long ClientCreditMinor, long SettledOutsideMinor, [property: Confidential] string? Reason,
        Instant IssuedAt) : InvoiceEvent
    {
        /// <summary>What of the total is sales tax; null where nothing is said of it.</summary>
        public long? TaxMinor { get; init; }
    }

    /// <summary>What a credit note owed the client was given back by hand.</summary>
    /// <param name="Method">One of the ways in which money comes other than online.</param>
    public sealed record RefundSettled(
        Guid RefundId, Guid CreditNoteId, string Method, LocalDate SettledOn, [property: Confidential] string? Reference,
        Instant SettledAt) : InvoiceEvent;

    /// <summary>What is open on it is given up as a bad debt. Money that comes all the same is the client's credit.</summary>
    /// <param name="AmountMinor">All that was open.</param>
    public sealed record InvoiceWrittenOff(
        long AmountMinor, [property: Confidential] string? Reason, LocalDate WrittenOffOn, Instant WrittenOffAt) : InvoiceEvent
    {
        /// <summary>What of it is sales tax, which is then owed no more; null for none.</summary>
        public long? TaxMinor { get; init; }
    }

    /// <summary>The late fee of some periods was charged, by an invoice of its own.</summary>
    /// <param name="ThroughPeriod">The last period, counted from 1; those before it are charged too, or came to nothing.</param>
    public sealed record LateFeeCharged(int ThroughPeriod, long AmountMinor, Guid FeeInvoiceId, Instant ChargedAt) : InvoiceEvent
    {
        /// <summary>By instalment, whose periods are counted each from its own day; null where it is due all at once.</summary>
        public IReadOnlyList<ChargedInstalment>? Instalments { get; init; }
    }

    /// <summary>What was proposed because the invoice's work costs something else by now was billed.</summary>
    /// <param name="Fingerprint">Of the difference that was accepted; lower-case hexadecimal.</param>
    /// <param name="Way">One of <see cref="RebillWay"/>.</param>
    /// <param name="Lines">By delta: what the invoice and its corrections say together from then on; null otherwise.</param>
    /// <param name="LineDescriptions">One for each of these lines.</param>
    public sealed record RebillAccepted(
        string Fingerprint, string Way, IReadOnlyList<InvoiceLine>? Lines, [property: Confidential] IReadOnlyList<string>? LineDescriptions,
        Instant AcceptedAt) : InvoiceEvent;
}

/// <param name="Number">Of the instalment, counted from 1.</param>
/// <param name="ThroughPeriod">The last period that was charged.</param>
public sealed record ChargedInstalment(int Number, int ThroughPeriod);

/// <summary>How a proposal is billed.</summary>
public static class RebillWay
{
    /// <summary>All of the invoice is credited, and its work is on a new one.</summary>
    public const string CreditAndRebill = "credit-and-rebill";

    /// <summary>An invoice or a credit note over the difference; the work stays where it is.</summary>
    public const string Delta = "delta";

    public static IReadOnlyList<string> All { get; } = [CreditAndRebill, Delta];
}

/// <param name="LineNumber">The invoice's line.</param>
/// <param name="AmountMinor">More than zero.</param>
public sealed record CreditedLine(int LineNumber, long AmountMinor);

/// <summary>A credit note and what has become of it.</summary>
/// <param name="Refund">How what it owed the client was given back; null while it was not.</param>
public sealed record IssuedCreditNote(InvoiceEvent.CreditNoteIssued Facts, InvoiceEvent.RefundSettled? Refund);
