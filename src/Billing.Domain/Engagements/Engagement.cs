using System.Collections.Immutable;
using System.Diagnostics;
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
        (EngagementState.Agreed agreed, RateCardSet e) => new EngagementState.Agreed(WithCard(agreed.Engagement, e)),
        (EngagementState.Ended ended, RateCardSet e) => ended with { Engagement = WithCard(ended.Engagement, e) },
        ({ Terms: { } terms }, EngagementEnded e) => new EngagementState.Ended(terms, e.LastDay),
        _ => throw new UnreachableException(),
    };

    private static EngagementTerms WithCard(EngagementTerms terms, RateCardSet e) => terms with
    {
        Cards = terms.Cards.Add(new RateCard(
            e.CardId, e.AssistantId, new Money(e.PerHourMinor, terms.Currency), e.ValidFrom, e.ValidUntilExclusive)),
    };
}
