using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Invoicing;

public abstract partial record InvoiceEvent
{
    private InvoiceEvent() { }

    /// <summary>A selection over unbilled work. It holds no amounts: those are computed until it is finalised.</summary>
    /// <param name="RetainerId">Which retainer is drawn on, as far as it reaches; null for none.</param>
    public sealed record InvoiceDrafted(
        Guid InvoiceId, Guid ClientId, string Currency, IReadOnlyList<SelectedTime> Time, IReadOnlyList<Guid> ExpenseIds,
        Guid? RetainerId, LocalDate Through, [property: Confidential] string? Note, Instant DraftedAt) : InvoiceEvent
    {
        /// <summary>All that are drawn on, where they are several or were not named; null for the one alone.</summary>
        public IReadOnlyList<Guid>? RetainerIds { get; init; }

        /// <summary>Agreed amounts besides, such as those of a quote or of a period; null for none.</summary>
        public IReadOnlyList<AgreedFee>? Fees { get; init; }

        /// <summary>One for each of them.</summary>
        [Confidential]
        public IReadOnlyList<string>? FeeDescriptions { get; init; }
    }

    /// <summary>A draft that asks for money ahead of work, to fund a retainer when it is paid.</summary>
    public sealed record DepositDrafted(
        Guid InvoiceId, Guid ClientId, string Currency, Guid RetainerId, long AmountMinor,
        [property: Confidential] string? Note, Instant DraftedAt) : InvoiceEvent;

    /// <summary>These retainers are drawn on, and no others.</summary>
    public sealed record RetainersChosen(IReadOnlyList<Guid> RetainerIds, Instant ChosenAt) : InvoiceEvent;

    public sealed record DraftDiscarded(Instant DiscardedAt) : InvoiceEvent;

    /// <summary>The invoice as it stands for good: nothing in it ever changes.</summary>
    /// <param name="Kind">work or deposit.</param>
    /// <param name="TotalMinor">Sum of the lines.</param>
    /// <param name="RetainerId">The retainer that a deposit funds, or that work draws on; of several, the first.</param>
    /// <param name="RetainerAppliedMinor">Part of the total that retainers of money paid, at once.</param>
    /// <param name="Texts">Names, addresses and descriptions as they were when it was finalised.</param>
    public sealed record InvoiceFinalized(
        Guid InvoiceId, Guid ClientId, string Kind, string Number, string Currency, LocalDate IssuedOn, LocalDate DueOn,
        IReadOnlyList<InvoiceLine> Lines, long TotalMinor, Guid? RetainerId, long RetainerAppliedMinor,
        long? RetainerBalanceAfterMinor, RoundingPolicy Rounding, IReadOnlyList<SelectedTime> Time,
        IReadOnlyList<Guid> ExpenseIds, [property: Confidential] InvoiceTexts? Texts, Instant FinalizedAt) : InvoiceEvent
    {
        /// <summary>What each retainer did; null where one of money did it all.</summary>
        public IReadOnlyList<RetainerPart>? Retainers { get; init; }

        /// <summary>The invoice that it stands in for, or adds a difference to; null for all others.</summary>
        public Guid? CorrectsInvoiceId { get; init; }
    }

    /// <summary>An unguessable link to the invoice was made.</summary>
    /// <param name="TokenHash">SHA-256 of the link's secret, lower-case hexadecimal.</param>
    public sealed record InvoiceShared(Guid LinkId, string TokenHash, Instant SharedAt) : InvoiceEvent;

    public sealed record ShareRevoked(Guid LinkId, Instant RevokedAt) : InvoiceEvent;

    /// <summary>A mail with the invoice was taken by the mail server.</summary>
    public sealed record InvoiceSent(Guid MailId, Instant SentAt) : InvoiceEvent;

    /// <summary>The client looked at the invoice for the first time.</summary>
    public sealed record InvoiceViewed(Guid LinkId, Instant ViewedAt) : InvoiceEvent;

    /// <summary>The one open checkout attempt of the invoice; a new one replaces it.</summary>
    public sealed record CheckoutAttempted(Guid PaymentId, long AmountMinor, Instant AttemptedAt) : InvoiceEvent;

    public sealed record CheckoutClosed(Guid PaymentId, Instant ClosedAt) : InvoiceEvent;

    /// <param name="AmountMinor">How much of the payment went onto this invoice, at most what was open.</param>
    public sealed record PaymentApplied(Guid PaymentId, long AmountMinor, LocalDate ReceivedOn) : InvoiceEvent;

    /// <summary>It bills nothing any more; its number stays taken, its work is released.</summary>
    public sealed record InvoiceVoided(string Reason, LocalDate VoidedOn, Instant VoidedAt) : InvoiceEvent;

    /// <summary>What its work would cost now is not billed after all; a further difference is proposed again.</summary>
    /// <param name="Fingerprint">Of the difference that was dropped; lower-case hexadecimal.</param>
    public sealed record RebillDropped(string Fingerprint, Instant DroppedAt) : InvoiceEvent;
}

/// <summary>Entries of one timesheet.</summary>
/// <param name="Timesheet">Name of the timesheet's stream.</param>
public sealed record SelectedTime(string Timesheet, IReadOnlyList<Guid> EntryIds);

/// <summary>An amount that was agreed for something other than time.</summary>
/// <param name="AmountMinor">More than zero.</param>
/// <param name="EngagementId">The engagement that it belongs to; null for none.</param>
public sealed record AgreedFee(long AmountMinor, Guid? EngagementId);

/// <param name="Kind">time, expense, deposit, fixed-fee, fee, cap, correction or late-fee.</param>
/// <param name="QuantitySeconds">Billed time of a time line; null otherwise.</param>
/// <param name="PerHourMinor">Rate of a time line without surcharges, 0 under a fixed fee; null otherwise.</param>
/// <param name="AmountMinor">Quantity times price, rounded once; a cap's is negative.</param>
/// <param name="Hours">The work behind a time line; empty otherwise.</param>
/// <param name="RetainerAppliedMinor">What of the amount the retainer paid; over the lines it sums to the invoice's.</param>
/// <param name="SurchargeTenThousandths">What surcharges add to the rate, in ten-thousandths of a minor unit an hour; null
/// where none does.</param>
/// <param name="Surcharge">The surcharges in words, such as <c>evening +50 %</c>.</param>
/// <param name="Rounding">The engagement's own policy; null where the invoice's holds.</param>
/// <param name="MinimumSeconds">An entry is billed as at least so long; null where there is no minimum.</param>
/// <param name="MarkUpMinor">What of an expense's amount is mark-up; null where none was said.</param>
/// <param name="Period">Under a cap: what the cap is for, <c>once</c> or a month such as <c>2026-03</c>.</param>
public sealed record InvoiceLine(
    int LineNumber, string Kind, Guid? EngagementId, long? QuantitySeconds, long? PerHourMinor, long AmountMinor,
    IReadOnlyList<InvoiceHours> Hours, Guid? ExpenseId, long RetainerAppliedMinor = 0, long? SurchargeTenThousandths = null,
    string? Surcharge = null, RoundingPolicy? Rounding = null, int? MinimumSeconds = null, string? Period = null,
    long? MarkUpMinor = null)
{
    /// <summary>The retainer of hours that covers the line, so that it costs nothing more or its first tier's rate.</summary>
    public Guid? CoveredBy { get; init; }

    /// <summary>The retainer of hours that the line goes beyond.</summary>
    public Guid? BeyondOf { get; init; }
}

/// <summary>What one retainer did for an invoice.</summary>
/// <param name="AppliedMinor">Money that it paid.</param>
/// <param name="CoveredSeconds">Hours that it covered, those carried into the next period included.</param>
/// <param name="BeyondSeconds">Hours beyond it, which are billed.</param>
/// <param name="LeftAfter">What is left then, in minor units or seconds; below zero for hours that are owed.</param>
public sealed record RetainerPart(Guid RetainerId, long AppliedMinor, long CoveredSeconds, long BeyondSeconds, long LeftAfter);

/// <param name="WorkedSeconds">Raw time; of an entry with several prices, the part that is on this line.</param>
/// <param name="BilledSeconds">Time after the minimum of a visit and the rounding policy; under a policy per line or invoice
/// without a minimum it equals the raw time.</param>
/// <param name="RateCardId">Which card priced it; all zeros under a fixed fee, where none is needed.</param>
public sealed record InvoiceHours(
    Guid EntryId, Guid AssistantId, LocalDate WorkedOn, long WorkedSeconds, long BilledSeconds, Guid RateCardId);

/// <param name="LineDescriptions">One for each line, in order.</param>
/// <param name="HourNotes">One for each entry behind the lines, in the order of the lines and of their hours; may be empty.</param>
/// <param name="AssistantNames">Display name by assistant id, of everyone whose hours are shown.</param>
public sealed record InvoiceTexts(
    PartyTexts Seller, PartyTexts Client, IReadOnlyList<string> LineDescriptions, IReadOnlyList<string> HourNotes,
    IReadOnlyDictionary<Guid, string> AssistantNames, string? Note, string? RetainerName)
{
    /// <summary>By id, where several retainers are used; null for one alone.</summary>
    public IReadOnlyDictionary<Guid, string>? RetainerNames { get; init; }
}

public sealed record PartyTexts(string Name, IReadOnlyList<string> AddressLines, string? Email, string? TaxId);
