using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Values;
using CsCheck;
using NodaTime;
using static Billing.Domain.Tests.Engagements.Pricing.Tariff;

namespace Billing.Domain.Tests.Engagements.Pricing;

public sealed class WorkPricingTests
{
    private const int Hour = 3600;
    private static readonly RoundingPolicy Quarters = new(900, RoundingPolicy.Up, RoundingPolicy.PerEntry);

    /// <summary>vainparadise.com, rates and terms: 15-minute increments with a 3-hour minimum.</summary>
    [Theory]
    [InlineData(600, 3 * Hour)]
    [InlineData(3 * Hour, 3 * Hour)]
    [InlineData((3 * Hour) + 1, (3 * Hour) + 900)]
    public void A_visit_is_billed_as_three_hours_at_least_and_by_quarters_from_there(long workedSeconds, long billedSeconds)
    {
        var price = Priced().TimeRule(Quarters, 3 * Hour).OnDay(101, March2, workedSeconds).Price();
        Assert.Equal((workedSeconds, billedSeconds), (price.Segments.Sum(s => s.WorkedSeconds), price.BilledSeconds));
    }

    [Fact]
    public void A_time_rule_holds_from_its_day_on_and_its_rounding_may_follow_the_practice()
    {
        var tariff = Priced().Rounds(Quarters).TimeRule(null, 1800, March2).OnDay(101, March2.PlusDays(-1), 60).OnDay(102, March2, 60);
        Assert.Equal((900, 1800), (tariff.Price(101).BilledSeconds, tariff.Price(102).BilledSeconds));
    }

    [Fact]
    public void Added_time_goes_on_at_the_last_price_and_what_is_rounded_off_is_taken_from_the_end()
    {
        var evening = Adds(SurchargeRule.Evening, 50_00) with { FromMinute = 18 * 60, ToMinute = 22 * 60 };
        Tariff At1750() => Priced().Surcharges(evening).At(101, March2.At(new LocalTime(17, 50)), 20 * 60);
        Assert.Equal([(600, 40.00m, null), (1200, 60.00m, "evening +50 %")], At1750().Rounds(Quarters).Segments());
        Assert.Equal(
            [(600, 40.00m, null), (300, 60.00m, "evening +50 %")],
            At1750().Rounds(Quarters with { Direction = RoundingPolicy.Down }).Segments());
    }

    [Fact]
    public void The_first_hours_of_a_month_are_at_one_rate_and_the_rest_at_another()
    {
        var tiered = Card(11, 40_00) with { TierSeconds = 10 * Hour, AbovePerHour = new Money(30_00, Currency.Usd) };
        var tariff = new Tariff().Engagement(tiered).OnDay(101, March2, 8 * Hour).OnDay(102, March2.PlusDays(1), 5 * Hour)
            .OnDay(103, March2.PlusDays(1), Hour, billable: false).OnDay(104, March2.PlusDays(30), Hour);
        Assert.Equal([(8 * Hour, 40.00m, null)], tariff.Segments(101));
        Assert.Equal([(2 * Hour, 40.00m, null), (3 * Hour, 30.00m, null)], tariff.Segments(102));
        Assert.Equal([(Hour, 40.00m, null)], tariff.Segments(104));
    }

    [Fact]
    public void Time_under_a_fixed_fee_costs_nothing_by_itself_and_needs_no_card()
    {
        var price = new Tariff().Charges(BillingMode.FixedFee, 500_00).OnDay(101, March2, Hour).Price();
        Assert.Equal((true, 0L), (price.HasRate, price.Bill.RoundedMinor));
        Assert.Equal(Hour, price.Segments.Single().WorkedSeconds);
    }

    [Fact]
    public void A_mode_holds_from_its_day_on()
    {
        var tariff = Priced().Charges(BillingMode.FixedFee, 500_00, from: March2).OnDay(101, March2.PlusDays(-1), Hour);
        Assert.Equal(40_00, tariff.Price().Bill.RoundedMinor);
        Assert.Equal("2026-03", new BillingMode(Id(1), BillingMode.Capped, 1, BillingMode.PerMonth, January).PeriodOf(March2));
    }

    [Fact]
    public void Time_that_is_not_billable_costs_the_practice_only()
    {
        var price = Priced().Pays(new CostCard(Id(30), Ana, new Money(15_00, Currency.Usd), January, null))
            .OnDay(101, March2, Hour, billable: false).Price();
        Assert.Equal((0L, new Money(15_00, Currency.Usd)), (price.Bill.RoundedMinor, price.Cost));
    }

    /// <summary>Whatever the rules, and in whichever order the work comes in.</summary>
    [Fact]
    public void No_second_is_lost_and_the_order_of_asking_does_not_matter()
    {
        var entry = Gen.Select(Gen.Int[0, 40], Gen.Int[0, 86_399], Gen.Long[1, 80_000], Gen.Bool, Gen.Bool);
        var policy = Gen.Select(
            Gen.OneOfConst(0, 60, 900, 1000), Gen.OneOfConst(RoundingPolicy.Up, RoundingPolicy.Down, RoundingPolicy.Nearest),
            (increment, direction) => new RoundingPolicy(increment, direction, RoundingPolicy.PerEntry));
        Gen.Select(entry.Array[1, 12], policy, Gen.OneOfConst(0, 1800), Gen.Bool, Gen.Int[0, 1439], Gen.Int[0, 1439])
            .Sample((entries, rounding, minimum, sums, from, to) =>
            {
                var tariff = new Tariff().Rounds(rounding).TimeRule(null, minimum).Surcharges(
                    sums ? SurchargeSet.Sum : SurchargeSet.Highest,
                    Adds(SurchargeRule.Weekend, 33_33) with { DaysOfWeek = [6, 7] },
                    Adds(SurchargeRule.Evening, 12_50) with { FromMinute = from, ToMinute = to },
                    Adds(SurchargeRule.Overtime, 50_00) with
                    {
                        OverSeconds = 9000,
                        Per = SurchargeRule.PerDay,
                        Of = SurchargeRule.OfEngagement,
                    });
                tariff.Engagement(Card(11, 41_37) with { TierSeconds = 50_000, AbovePerHour = new Money(30_01, Currency.Usd) });
                for (var i = 0; i < entries.Length; i++)
                {
                    var (day, second, seconds, isKnown, billable) = entries[i];
                    var date = new LocalDate(2026, 10, 5).PlusDays(day);
                    if (isKnown) tariff.At(101 + i, date.At(LocalTime.FromSecondsSinceMidnight(second)), seconds);
                    else tariff.OnDay(101 + i, date, seconds, billable: billable);
                }
                var prices = tariff.Prices();
                Assert.All(prices.Values, price =>
                {
                    Assert.Equal(price.Work.DurationSeconds, price.Segments.Sum(s => s.WorkedSeconds));
                    var billed = rounding.Apply(Math.Max(minimum, price.Work.DurationSeconds));
                    Assert.Equal(price.ChargesTime ? billed : price.Work.DurationSeconds, price.BilledSeconds);
                    Assert.All(price.Segments, s => Assert.True(s.WorkedSeconds >= 0 && s.BilledSeconds >= 0));
                });
                var reversed = tariff.Prices(work => work.Reverse());
                Assert.All(prices, pair => Assert.Equal(pair.Value.Segments, reversed[pair.Key].Segments));
            }, iter: 300);
    }

    private static Tariff Priced() => new Tariff().Engagement(Card(11, 40_00));
}
