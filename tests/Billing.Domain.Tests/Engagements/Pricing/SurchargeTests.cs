using Billing.Domain.Engagements.Pricing;
using NodaTime;
using static Billing.Domain.Tests.Engagements.Pricing.Tariff;

namespace Billing.Domain.Tests.Engagements.Pricing;

public sealed class SurchargeTests
{
    private const int Hour = 3600;
    private static readonly LocalDate Saturday = new(2026, 3, 7);

    private static readonly SurchargeRule Weekend = Adds(SurchargeRule.Weekend, 50_00) with { DaysOfWeek = [6, 7] };

    private static readonly SurchargeRule Evening =
        Adds(SurchargeRule.Evening, 50_00) with { FromMinute = 18 * 60, ToMinute = 6 * 60 };

    /// <summary>lisamarievirtualsolutions.com, service policies: rush +25 %, evening, weekend and holiday +50 %.</summary>
    [Fact]
    public void Rush_is_a_quarter_more_and_evening_weekend_and_holiday_half_as_much_again()
    {
        var tariff = Priced().Surcharges(
                Adds(SurchargeRule.Rush, 25_00), Evening, Weekend,
                Adds(SurchargeRule.Holiday, 50_00) with { Dates = [new LocalDate(2026, 3, 17)], Name = "US" })
            .OnDay(101, March2, Hour, tags: "rush").At(102, March2.At(new LocalTime(17, 30)), Hour)
            .OnDay(103, Saturday, Hour).OnDay(104, new LocalDate(2026, 3, 17), Hour).OnDay(105, March2, Hour);
        Assert.Equal([(Hour, 50.00m, "rush +25 %")], tariff.Segments(101));
        Assert.Equal([(1800, 40.00m, null), (1800, 60.00m, "evening +50 %")], tariff.Segments(102));
        Assert.Equal([(Hour, 60.00m, "weekend +50 %")], tariff.Segments(103));
        Assert.Equal([(Hour, 60.00m, "holiday (US) +50 %")], tariff.Segments(104));
        Assert.Equal([(Hour, 40.00m, null)], tariff.Segments(105));
    }

    /// <summary>esqueoutsourcing.com, terms: overtime and weekend at 1.5 times the rate.</summary>
    [Fact]
    public void Overtime_begins_at_the_very_second_and_counts_in_the_order_of_work()
    {
        var rule = Adds(SurchargeRule.Overtime, 50_00) with
        {
            OverSeconds = 8 * Hour,
            Per = SurchargeRule.PerDay,
            Of = SurchargeRule.OfEngagement,
        };
        var tariff = Priced().Surcharges(rule, Weekend).At(102, March2.At(new LocalTime(13, 0)), (5 * Hour) + 1)
            .At(101, March2.At(new LocalTime(8, 0)), 4 * Hour).OnDay(103, Saturday, Hour);
        Assert.Equal([(4 * Hour, 40.00m, null)], tariff.Segments(101));
        Assert.Equal([(4 * Hour, 40.00m, null), (Hour + 1, 60.00m, "overtime +50 %")], tariff.Segments(102));
        Assert.Equal([(Hour, 60.00m, "weekend +50 %")], tariff.Segments(103));
    }

    [Theory]
    [InlineData(SurchargeRule.OfEngagement, false)]
    [InlineData(SurchargeRule.OfAll, true)]
    public void Overtime_of_a_week_counts_this_engagement_or_all_of_the_assistants_work(string of, bool isOvertime)
    {
        var rule = Adds(SurchargeRule.Overtime, 50_00) with { OverSeconds = 10 * Hour, Per = SurchargeRule.PerWeek, Of = of };
        var tariff = Priced().Surcharges(rule).OnDay(90, March2, 10 * Hour, engagement: Elsewhere)
            .OnDay(91, March2, 10 * Hour, Ben).OnDay(92, March2.PlusDays(-1), 10 * Hour)
            .OnDay(101, March2.PlusDays(6), Hour).OnDay(102, March2.PlusDays(7), Hour);
        Assert.Equal(isOvertime ? 60.00m : 40.00m, tariff.Segments(101).Single().PerHour);
        Assert.Equal(40.00m, tariff.Segments(102).Single().PerHour);
    }

    [Fact]
    public void Of_several_surcharges_the_highest_or_the_sum_applies_as_the_set_says()
    {
        var flat = SurchargeRule.OfKind(SurchargeRule.Rush) with { PerHourMinor = 5_00, Currency = "USD" };
        Assert.Equal(
            [(Hour, 60.00m, "weekend +50 %")],
            Priced().Surcharges(flat, Weekend).OnDay(101, Saturday, Hour, tags: "rush").Segments());
        Assert.Equal(
            [(Hour, 65.00m, "rush +5.00 USD an hour, weekend +50 %")],
            Priced().Surcharges(SurchargeSet.Sum, flat, Weekend).OnDay(101, Saturday, Hour, tags: "rush").Segments());
    }

    [Fact]
    public void An_amount_in_another_currency_does_not_apply() => Assert.Equal(
        [(Hour, 40.00m, null)],
        Priced().Surcharges(SurchargeRule.OfKind(SurchargeRule.Rush) with { PerHourMinor = 5_00, Currency = "EUR" })
            .OnDay(101, March2, Hour, tags: "rush").Segments());

    [Fact]
    public void The_engagements_set_stands_instead_of_the_practices_even_when_it_is_empty()
    {
        var tariff = Priced().PracticeSurcharges(Weekend).OnDay(101, Saturday, Hour);
        Assert.Equal(60.00m, tariff.Segments().Single().PerHour);
        Assert.Equal(40.00m, tariff.Surcharges().Segments().Single().PerHour);
    }

    [Fact]
    public void Work_over_midnight_into_a_weekend_is_split_at_midnight() => Assert.Equal(
        [(2 * Hour, 40.00m, null), (Hour, 60.00m, "weekend +50 %")],
        Priced().Surcharges(Weekend).At(101, Saturday.PlusDays(-1).At(new LocalTime(22, 0)), 3 * Hour).Segments());

    [Fact]
    public void A_window_is_of_the_assistants_clock_or_of_the_practices()
    {
        var manila = DateTimeZoneProviders.Tzdb["Asia/Manila"];
        var ofPractice = Evening with { Zone = SurchargeRule.PracticeZone };
        Assert.Equal([(Hour, 40.00m, null)],
            Priced().Surcharges(Evening).At(101, March2.At(new LocalTime(9, 0)), Hour, manila).Segments());
        Assert.Equal([(Hour, 60.00m, "evening +50 %")],
            Priced().Surcharges(ofPractice).At(101, March2.At(new LocalTime(9, 0)), Hour, manila).Segments());
    }

    /// <summary>New York set its clocks from 2:00 back to 1:00 on 1 November and from 2:00 on to 3:00 on 8 March 2026.</summary>
    [Theory]
    [InlineData("2026-11-01T00:30:00", 1, 2 * Hour)]
    [InlineData("2026-03-08T00:30:00", 2, 0)]
    public void An_hour_that_the_clock_shows_twice_counts_twice_and_one_it_leaps_over_not_at_all(
        string start, int hour, long nightSeconds)
    {
        var night = Adds(SurchargeRule.Evening, 10_00) with { FromMinute = hour * 60, ToMinute = (hour + 1) * 60 };
        var segments = Priced().Surcharges(night)
            .At(101, NodaTime.Text.LocalDateTimePattern.GeneralIso.Parse(start).Value, 3 * Hour).Segments();
        Assert.Equal(nightSeconds, segments.Where(s => s.Why is not null).Sum(s => s.Seconds));
        Assert.Equal((3 * Hour) - nightSeconds, segments.Where(s => s.Why is null).Sum(s => s.Seconds));
    }

    private static Tariff Priced() => new Tariff().Engagement(Card(11, 40_00));
}
