using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.RecurringInvoices;

/// <summary>What happens to an invoice that comes again and again.</summary>
public abstract record RecurringInvoiceEvent
{
    private RecurringInvoiceEvent() { }

    /// <summary>What is billed to whom and when, in full; a later one replaces it from the next period on.</summary>
    /// <param name="EngagementId">Whose work is billed; null for all of the client's.</param>
    /// <param name="FirstDay">Of the first period.</param>
    /// <param name="LastDay">Of the last period; null for no end.</param>
    /// <param name="Count">How many periods there are in all; null for no end.</param>
    /// <param name="InAdvance">Whether a period is invoiced on its first day, or on the day after its last.</param>
    /// <param name="FeeRetainerId">The retainer whose fee is asked for, by a deposit of its own; null for none.</param>
    /// <param name="Currency">Of the fees: the client's.</param>
    /// <param name="FeeDescriptions">One for each fee, with placeholders for the period.</param>
    /// <param name="Note">With placeholders for the period.</param>
    /// <param name="Mode">One of <see cref="RecurringMode"/>.</param>
    public sealed record RecurringInvoiceSet(
        Guid RecurringId, Guid ClientId, Guid? EngagementId, [property: Confidential] string? Name, BillingCycle Cycle,
        LocalDate FirstDay, LocalDate? LastDay, int? Count, bool InAdvance, bool BillsTime, bool BillsExpenses, Guid? FeeRetainerId,
        string Currency, IReadOnlyList<AgreedFee> Fees, [property: Confidential] IReadOnlyList<string>? FeeDescriptions,
        [property: Confidential] string? Note, string Mode, Instant SetAt) : RecurringInvoiceEvent
    {
        internal PeriodPlan Plan => new(Cycle, LastDay, Count, InAdvance);
    }

    /// <summary>The period has its invoices, made in the same append.</summary>
    /// <param name="InvoiceId">Of work, expenses and fees; null where there was nothing of them.</param>
    /// <param name="FeeInvoiceId">The deposit that asks for the retainer's fee; null where none was due.</param>
    public sealed record PeriodInvoiced(
        LocalDate From, LocalDate EndExclusive, Guid? InvoiceId, Guid? FeeInvoiceId, Instant InvoicedAt) : RecurringInvoiceEvent;

    /// <summary>The period has no invoice and gets none. What is unbilled by then is for the next.</summary>
    /// <param name="Why">One of <see cref="WhySkipped"/>.</param>
    public sealed record PeriodSkipped(LocalDate From, LocalDate EndExclusive, string Why, Instant SkippedAt) : RecurringInvoiceEvent;

    public sealed record RecurringInvoicePaused(Instant PausedAt) : RecurringInvoiceEvent;

    public sealed record RecurringInvoiceResumed(Instant ResumedAt) : RecurringInvoiceEvent;

    /// <summary>No further period is invoiced.</summary>
    public sealed record RecurringInvoiceEnded(Instant EndedAt) : RecurringInvoiceEvent;
}

/// <summary>How far a period's invoice is taken.</summary>
public static class RecurringMode
{
    public const string Draft = "draft", Finalize = "finalize", Send = "send";

    public static IReadOnlyList<string> All { get; } = [Draft, Finalize, Send];
}

/// <summary>Why a period has no invoice.</summary>
public static class WhySkipped
{
    /// <summary>There was nothing to bill.</summary>
    public const string Empty = "empty";

    /// <summary>Somebody said so.</summary>
    public const string ByHand = "by-hand";

    /// <summary>Its day came while the recurring invoice was paused.</summary>
    public const string Paused = "paused";
}
