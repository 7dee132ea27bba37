using System.Collections.Immutable;
using System.Diagnostics;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Values;
using static Billing.Domain.Engagements.EngagementEvent;

namespace Billing.Domain.Engagements;

/// <summary>One engagement. The stream is <c>engagement-{id}</c>.</summary>
public static partial class Engagement
{
    public static readonly StreamType<EngagementState, EngagementEvent> Stream =
        new("engagement", new EngagementState.NotAgreed(), Evolve);

    public static EngagementState Evolve(EngagementState state, EngagementEvent @event) => (state, @event) switch
    {
        (_, EngagementAgreed e) => new EngagementState.Agreed(new EngagementTerms(
            e.EngagementId, e.ClientId, Currency.Of(e.Currency), e.Name, ImmutableList<RateCard>.Empty, e)),
        ({ Terms: { } terms }, EngagementEnded e) => new EngagementState.Ended(terms, e.LastDay),
        (EngagementState.Agreed agreed, _) => new EngagementState.Agreed(Evolve(agreed.Engagement, @event)),
        (EngagementState.Ended ended, _) => ended with { Engagement = Evolve(ended.Engagement, @event) },
        _ => throw new UnreachableException(),
    };

    private static EngagementTerms Evolve(EngagementTerms terms, EngagementEvent @event) => @event switch
    {
        RateCardSet e => terms with { Cards = terms.Cards.Add(CardOf(e, terms.Currency)) },
        EngagementCostSet e => terms with
        {
            CostCards = terms.CostCards.Add(new CostCard(
                e.CardId, e.AssistantId, new Money(e.PerHourMinor, Currency.Of(e.Currency)), e.ValidFrom,
                e.ValidUntilExclusive)),
        },
        BillingModeSet e => terms with
        {
            Modes = terms.Modes.Add(new BillingMode(e.ModeId, e.Kind, e.AmountMinor, e.Per, e.ValidFrom)),
        },
        SurchargesSet e => terms with { Surcharges = terms.Surcharges.Add(new SurchargeSet(e.Rules, e.Combine, e.ValidFrom)) },
        TimeRuleSet e => terms with { TimeRules = terms.TimeRules.Add(new TimeRule(e.Rounding, e.MinimumSeconds, e.ValidFrom)) },
        RatesLocked e => terms with { Locks = terms.Locks.Add(new RateLock(e.ValidFrom, e.UntilExclusive)) },
        EngagementCharged e => terms with { Charges = terms.Charges.Add(new InvoiceCharges(e.InvoiceId, e.Charges)) },
        EngagementChargeReleased e => terms with { Charges = terms.Charges.RemoveAll(c => c.InvoiceId == e.InvoiceId) },
        _ => throw new UnreachableException(),
    };

    private static RateCard CardOf(RateCardSet e, Currency currency) => new(
        e.CardId, e.AssistantId, new Money(e.PerHourMinor, currency), e.ValidFrom, e.ValidUntilExclusive, e.Task, e.TierSeconds,
        e.AbovePerHourMinor is { } above ? new Money(above, currency) : null);
}
