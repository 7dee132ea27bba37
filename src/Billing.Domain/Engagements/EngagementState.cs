using System.Collections.Immutable;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Engagements;

/// <summary>Agreed work for a client and what an hour of it costs, day by day.</summary>
public abstract record EngagementState
{
    private EngagementState() { }

    public sealed record NotAgreed : EngagementState;

    public sealed record Agreed(EngagementTerms Engagement) : EngagementState;

    /// <param name="LastDay">The last day on which work for it can have been done.</param>
    public sealed record Ended(EngagementTerms Engagement, LocalDate LastDay) : EngagementState;

    /// <summary>What was agreed, ended or not; null where there is no such engagement.</summary>
    public EngagementTerms? Terms => this switch
    {
        Agreed agreed => agreed.Engagement,
        Ended ended => ended.Engagement,
        _ => null,
    };

    /// <summary>
    /// The engagement's own card for an assistant's work on a day; null where none is valid. One of the assistant beats one
    /// of the engagement; within a level the one that starts later holds, then the one set later.
    /// </summary>
    /// <param name="task">Cards for this task count too, and come first within their level.</param>
    public RateCard? CardFor(Guid assistantId, LocalDate day, string? task = null)
    {
        string[] tasks = task is null ? [] : [task];
        var valid = (Terms?.Cards ?? []).Where(card =>
            card.IsFor(assistantId) && card.IsValidOn(day) && card.IsForAny(tasks)).ToList();
        var own = valid.FindAll(card => card.AssistantId is not null);
        if (own.Count > 0) return CardSearch.Best(own);
        return valid.Count > 0 ? CardSearch.Best(valid) : null;
    }
}

/// <param name="Name">Null once the client's key is erased.</param>
/// <param name="Currency">The client's currency, in which its cards are.</param>
/// <param name="Cards">In the order in which they were set, like all its dated facts.</param>
/// <param name="AgreedAs">What it was agreed with, to know a retry by.</param>
public sealed record EngagementTerms(
    Guid EngagementId, Guid ClientId, Currency Currency, string? Name, ImmutableList<RateCard> Cards,
    EngagementEvent.EngagementAgreed AgreedAs)
{
    /// <summary>What the practice pays its assistants for this engagement.</summary>
    public ImmutableList<CostCard> CostCards { get; init; } = [];

    public ImmutableList<BillingMode> Modes { get; init; } = [];

    public ImmutableList<SurchargeSet> Surcharges { get; init; } = [];

    public ImmutableList<TimeRule> TimeRules { get; init; } = [];

    public ImmutableList<RateLock> Locks { get; init; } = [];

    /// <summary>What invoices charged of fees and caps; without the voided ones.</summary>
    public ImmutableList<InvoiceCharges> Charges { get; init; } = [];

    /// <summary>What other invoices have charged of an agreed amount.</summary>
    public long ChargedMinor(Guid modeId, string period, Guid exceptInvoice) => Charges
        .Where(invoice => invoice.InvoiceId != exceptInvoice)
        .Sum(invoice => invoice.Charges.Where(c => c.ModeId == modeId && c.Period == period).Sum(c => c.AmountMinor));
}
