using Billing.Domain.Engagements;
using Billing.Domain.Values;
using Billing.Projections.Engagements;

namespace Billing.Api.Engagements;

/// <summary>What work costs the client, as far as budgets are concerned: the one place where they ask for a price.</summary>
internal static class BudgetPrices
{
    /// <summary>Raw time at the rate of its day, rounded once; nothing where it is not billable, null where no rate is known.</summary>
    public static Money? Of(EngagementState engagement, BudgetEntryView entry)
    {
        if (!entry.Billable) return engagement.Terms is { } terms ? Money.Zero(terms.Currency) : null;
        return engagement.CardFor(entry.AssistantId, entry.WorkedOn) is { } card
            ? Money.ForTime(card.PerHour, entry.DurationSeconds)
            : null;
    }
}
