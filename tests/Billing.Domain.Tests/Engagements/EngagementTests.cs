using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Engagements.EngagementEvent;

namespace Billing.Domain.Tests.Engagements;

public sealed class EngagementTests
{
    private static readonly Guid Id = Guid.Parse("0198c0de-0000-7000-8000-0000000000e1");
    private static readonly Guid ClientId = Guid.Parse("0198c0de-0000-7000-8000-0000000000c1");
    private static readonly Guid CardId = Guid.Parse("0198c0de-0000-7000-8000-0000000000f1");
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 5, 12, 0);
    private static readonly Instant Later = Instant.FromUtc(2026, 1, 6, 12, 0);
    private static readonly LocalDate January = new(2026, 1, 1);
    private static readonly ClientEvent.ClientAdded Globex = new(ClientId, "Globex", null, [], "EUR", null, Now);
    private static readonly AgreeEngagement Wish = new(Id, ClientId, "Inbox care", Now);
    private static readonly EngagementAgreed Agreed = new(Id, ClientId, "EUR", "Inbox care", Now);
    private static readonly SetRateCard Card = new(CardId, null, new Money(5000, Currency.Eur), January, null, Now);
    private static readonly RateCardSet CardSet = new(CardId, null, 5000, January, null, Now);

    [Fact]
    public void Agrees_in_the_clients_currency() =>
        Engagement.Stream.Given().When(s => Engagement.Decide(s, Wish, Client.Stream.Fold([Globex]))).Then(Agreed);

    [Fact]
    public void Refuses_archived_and_unknown_clients_and_blank_names()
    {
        var none = Engagement.Stream.Given();
        none.When(s => Engagement.Decide(s, Wish, Client.Stream.Fold([Globex, new ClientEvent.ClientArchived(Now)])))
            .ThenRefused("client-archived", "/clientId");
        none.When(s => Engagement.Decide(s, Wish, Client.Stream.Initial)).ThenRefused("client-unknown", "/clientId");
        none.When(s => Engagement.Decide(s, Wish with { Name = "" }, Client.Stream.Fold([Globex])))
            .ThenRefused("text-missing", "/name");
    }

    [Fact]
    public void Agreeing_again_changes_nothing_even_once_the_client_is_archived()
    {
        var archived = Client.Stream.Fold([Globex, new ClientEvent.ClientArchived(Now)]);
        Engagement.Stream.Given(Agreed, new EngagementEnded(January, Now))
            .When(s => Engagement.Decide(s, Wish with { At = Later }, archived)).ThenNothing();
        Engagement.Stream.Given(Agreed).When(s => Engagement.Decide(s, Wish with { Name = "Calls" }, archived))
            .ThenRefused("id-taken", "/id");
    }

    [Fact]
    public void Another_clients_state_is_a_bug() => Assert.Throws<ArgumentException>(() =>
        Engagement.Decide(Engagement.Stream.Initial, Wish with { ClientId = Id }, Client.Stream.Fold([Globex])));

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(10_000_000, true)]
    [InlineData(10_000_001, false)]
    public void An_hour_costs_more_than_nothing_and_at_most_100_000(long perHourMinor, bool isFine)
    {
        var outcome = Engagement.Stream.Given(Agreed)
            .When(s => Engagement.Decide(s, Card with { PerHour = new Money(perHourMinor, Currency.Eur) }));
        if (isFine) outcome.Then(CardSet with { PerHourMinor = perHourMinor });
        else outcome.ThenRefused("rate-out-of-range", "/perHour/amount");
    }

    [Fact]
    public void The_limit_of_a_rate_is_in_major_units()
    {
        var agreed = Engagement.Stream.Given(Agreed with { Currency = "JPY" });
        var card = Card with { PerHour = new Money(100_000, Currency.Of("JPY")) };
        agreed.When(s => Engagement.Decide(s, card)).Then(CardSet with { PerHourMinor = 100_000 });
        agreed.When(s => Engagement.Decide(s, card with { PerHour = new Money(100_001, Currency.Of("JPY")) }))
            .ThenRefused("rate-out-of-range", "/perHour/amount");
    }

    [Fact]
    public void A_card_is_valid_for_a_day_at_least_and_in_the_engagements_currency()
    {
        var agreed = Engagement.Stream.Given(Agreed);
        agreed.When(s => Engagement.Decide(s, Card with { ValidUntilExclusive = January }))
            .ThenRefused("card-period-empty", "/validUntilExclusive");
        agreed.When(s => Engagement.Decide(s, Card with { ValidUntilExclusive = January.PlusDays(1) }))
            .Then(CardSet with { ValidUntilExclusive = January.PlusDays(1) });
        agreed.When(s => Engagement.Decide(s, Card with { PerHour = new Money(5000, Currency.Usd) }))
            .ThenRefused("currency-mismatch", "/perHour/currency");
    }

    [Fact]
    public void A_card_is_set_once_and_never_edited()
    {
        Engagement.Stream.Given(Agreed, CardSet).When(s => Engagement.Decide(s, Card with { At = Later })).ThenNothing();
        Engagement.Stream.Given(Agreed, CardSet)
            .When(s => Engagement.Decide(s, Card with { PerHour = new Money(5001, Currency.Eur) })).ThenRefused("id-taken", "/id");
        Engagement.Stream.Given(Agreed, CardSet).When(s => Engagement.Decide(s, Card with { CardId = Id, At = Later }))
            .Then(CardSet with { CardId = Id, SetAt = Later });
    }

    [Fact]
    public void A_rate_can_be_corrected_after_the_end() =>
        Engagement.Stream.Given(Agreed, new EngagementEnded(January, Now)).When(s => Engagement.Decide(s, Card)).Then(CardSet);

    [Fact]
    public void Ending_again_moves_the_last_day()
    {
        var ended = new EngagementEnded(January, Now);
        Engagement.Stream.Given(Agreed).When(s => Engagement.Decide(s, new EndEngagement(January, Now))).Then(ended);
        Engagement.Stream.Given(Agreed, ended).When(s => Engagement.Decide(s, new EndEngagement(January, Later))).ThenNothing();
        Engagement.Stream.Given(Agreed, ended)
            .When(s => Engagement.Decide(s, new EndEngagement(January.PlusDays(1), Later)))
            .Then(new EngagementEnded(January.PlusDays(1), Later));
    }

    [Fact]
    public void Nothing_can_be_wished_of_an_unknown_engagement()
    {
        Engagement.Stream.Given().When(s => Engagement.Decide(s, Card)).ThenRefused("engagement-unknown");
        Engagement.Stream.Given().When(s => Engagement.Decide(s, new EndEngagement(January, Now)))
            .ThenRefused("engagement-unknown");
    }

    [Fact]
    public void Folds_every_kind_of_event()
    {
        EngagementEvent[] life =
        [
            Agreed, new EngagementEnded(January, Now), CardSet,
            new EngagementCostSet(CardId, Id, 1500, "USD", January, null, Now),
            new BillingModeSet(CardId, BillingMode.Capped, 100_00, BillingMode.Once, January, Now),
            new SurchargesSet([], SurchargeSet.Sum, January, Now), new TimeRuleSet(null, 900, January, Now),
            new RatesLocked(January, January.PlusYears(3), Now),
            new EngagementCharged(Id, [new ModeCharge(CardId, BillingMode.Once, 40_00)]), new EngagementChargeReleased(Id),
        ];
        Engagement.Stream.Takes_every_kind_of_event(life);
        var ended = Assert.IsType<EngagementState.Ended>(Engagement.Stream.Fold(life));
        Assert.Equal(January, ended.LastDay);
        Assert.Equal([new RateCard(CardId, null, new Money(5000, Currency.Eur), January, null)], ended.Engagement.Cards);
    }
}
