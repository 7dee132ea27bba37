using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Tests.Engagements.Pricing.Tariff;

namespace Billing.Domain.Tests.Engagements.Pricing;

public sealed class CardSearchTests
{
    private const int Hour = 3600;
    private static readonly LocalDate April = new(2026, 4, 1);

    [Fact]
    public void The_most_specific_level_that_has_a_valid_card_wins()
    {
        var tariff = new Tariff().OnDay(101, March2, Hour).Practice(Card(10, 10_00));
        Assert.Equal(RateLevel.Business, tariff.Price().Card!.Level);
        tariff.Practice(Card(11, 20_00, Ana), Card(12, 21_00, Ben));
        Assert.Equal((RateLevel.Assistant, Id(11)), Found(tariff));
        tariff.Client(Card(13, 30_00));
        Assert.Equal((RateLevel.Client, Id(13)), Found(tariff));
        tariff.Engagement(Card(14, 40_00), Card(15, 41_00, Ben));
        Assert.Equal((RateLevel.Engagement, Id(14)), Found(tariff));
        tariff.Engagement(Card(16, 50_00, Ana));
        Assert.Equal((RateLevel.AssistantOnEngagement, Id(16)), Found(tariff));
    }

    [Fact]
    public void A_card_that_is_not_valid_on_the_day_leaves_the_work_to_the_next_level()
    {
        var tariff = new Tariff().OnDay(101, March2, Hour).Client(Card(13, 30_00))
            .Engagement(Card(14, 40_00, from: April), Card(15, 40_00, until: March2));
        Assert.Equal((RateLevel.Client, Id(13)), Found(tariff));
    }

    [Fact]
    public void A_card_in_another_currency_than_the_clients_does_not_apply() => Assert.Equal(
        (RateLevel.Business, Id(10)),
        Found(new Tariff().OnDay(101, March2, Hour).Practice(Card(10, 10_00)).Practice(Card(11, 20_00, currency: "EUR"))));

    [Fact]
    public void A_card_for_the_task_beats_the_level_s_others_but_no_more_specific_level()
    {
        var tariff = new Tariff().OnDay(101, March2, Hour, tags: "Design").OnDay(102, March2, Hour)
            .Client(Card(10, 90_00, task: "design")).Engagement(Card(11, 40_00, from: March2), Card(12, 60_00, task: "design"));
        Assert.Equal(Id(12), tariff.Price(101).Card!.Card.CardId);
        Assert.Equal(Id(11), tariff.Price(102).Card!.Card.CardId);
        Assert.Contains("is the one for the task", tariff.Price(101).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_in_a_sentence_why_the_card_won()
    {
        var tariff = new Tariff().OnDay(101, March2, Hour).Engagement(Card(11, 40_00), Card(12, 45_00, from: March2));
        Assert.Equal(
            "On 2026-03-02 the engagement's card holds, valid from 2026-03-02 at 45.00 an hour. "
            + "No card of a more specific level is valid on that day. Of the 2 cards of that level it starts latest.",
            tariff.Price().Why);
        Assert.EndsWith(
            "it was set last of those that start latest.", tariff.Engagement(Card(13, 46_00, from: March2)).Price().Why,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_card_there_is_no_rate_and_it_is_said()
    {
        var price = new Tariff().OnDay(101, March2, Hour).Price();
        Assert.False(price.HasRate);
        Assert.Contains("No card of any level is valid", price.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_assistant_is_paid_is_the_card_on_the_engagement_before_the_general_one()
    {
        var eur = new Money(18_00, Currency.Eur);
        var tariff = new Tariff().OnDay(101, March2, 2 * Hour).OnDay(102, March2, Hour, Ben).Engagement(Card(11, 40_00))
            .Pays(new CostCard(Id(30), Ana, new Money(15_00, Currency.Usd), January, null));
        Assert.Equal(new Money(30_00, Currency.Usd), tariff.Price(101).Cost);
        Assert.Null(tariff.Price(102).Cost);
        tariff.Pays(new CostCard(Id(31), Ana, eur, January, null), onEngagement: true);
        Assert.Equal(new Money(36_00, Currency.Eur), tariff.Price(101).Cost);
        tariff.Pays(new CostCard(Id(32), Ana, eur, April, null), onEngagement: true);
        Assert.Equal(Id(31), tariff.Price(101).CostCard!.CardId);
    }

    private static (RateLevel, Guid) Found(Tariff tariff) => (tariff.Price().Card!.Level, tariff.Price().Card!.Card.CardId);
}
