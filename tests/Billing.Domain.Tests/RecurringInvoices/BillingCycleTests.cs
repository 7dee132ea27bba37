using Billing.Domain.RecurringInvoices;
using CsCheck;
using NodaTime;

namespace Billing.Domain.Tests.RecurringInvoices;

public sealed class BillingCycleTests
{
    private static readonly LocalDate January31 = new(2026, 1, 31);

    /// <summary>Cycles of every rule, with a day on which the first period begins.</summary>
    private static readonly Gen<(BillingCycle Cycle, LocalDate First)> Cycles = Gen.Select(
        Gen.Int[0, 4], Gen.Int[1, 24], Gen.Int[1, 31], Gen.Int[1, 31], Gen.Int[0, 3000], Gen.Int[-400, 400],
        (rule, every, day, other, offset, anchor) =>
        {
            var first = new LocalDate(2023, 1, 1).PlusDays(offset);
            LocalDate? counted = anchor % 2 == 0 ? null : first.PlusDays(anchor);
            var cycle = rule switch
            {
                0 => Cycle(BillingCycle.Monthly, every, anchor % 3 == 0 ? [] : [day]),
                1 => Cycle(BillingCycle.SemiMonthly, 1, day == other ? [] : [Math.Min(day, other), Math.Max(day, other)]),
                2 => Cycle(BillingCycle.Weeks, every),
                3 => Cycle(BillingCycle.Days, Math.Min(BillingCycle.MostDays, every * day)),
                _ => new BillingCycle(
                    BillingCycle.OwnDays, 1, [], [.. Enumerable.Range(1, every).Select(i => first.PlusDays(i * day))], null),
            };
            return ((cycle with { Anchor = counted }).From(first), first);
        });

    [Fact]
    public void Periods_leave_no_gap_and_do_not_overlap_whatever_the_cycle() => Cycles.Sample(sample =>
    {
        var (cycle, first) = sample;
        Assert.Null(BillingCycle.Refuse(cycle, "/cycle"));
        var from = first;
        foreach (var period in new PeriodPlan(cycle, null, 60, InAdvance: false).Since(1, first))
        {
            Assert.Equal(from, period.From);
            Assert.True(period.EndExclusive > period.From);
            from = period.EndExclusive;
        }
        // Whoever looks from any day within finds the same next day.
        foreach (var period in new PeriodPlan(cycle, null, 12, InAdvance: true).Since(1, first))
        {
            for (var day = period.From; day < period.EndExclusive; day = day.PlusDays(1))
                Assert.Equal(period.EndExclusive, cycle.NextAfter(day));
        }
    }, iter: 1_000);

    [Fact]
    public void A_plan_ends_on_its_last_day_or_with_its_count_and_not_before() => Gen.Select(Cycles, Gen.Int[0, 800], Gen.Int[1, 40])
        .Sample((sample, days, count) =>
        {
            var (cycle, first) = sample;
            var last = first.PlusDays(days);
            var periods = new PeriodPlan(cycle, last, null, InAdvance: false).Since(1, first).ToList();
            if (cycle.Rule != BillingCycle.OwnDays) Assert.Equal(last, periods[^1].Through);
            Assert.All(periods, period => Assert.True(period.Through <= last));
            var counted = new PeriodPlan(cycle, null, count, InAdvance: false).Since(1, first).ToList();
            Assert.Equal(cycle.Rule == BillingCycle.OwnDays ? Math.Min(count, cycle.Dates.Count) : count, counted.Count);
            Assert.Equal(Enumerable.Range(1, counted.Count), counted.Select(period => period.Number));
        }, iter: 500);

    [Fact]
    public void A_month_has_the_31st_on_its_last_day_and_the_next_on_the_day_itself() => Assert.Equal(
        [new(2028, 2, 29), new(2028, 3, 31), new(2028, 4, 30), new(2028, 5, 31)],
        Days(Cycle(BillingCycle.Monthly, 1).From(new LocalDate(2028, 1, 31)), new LocalDate(2028, 1, 31), 4));

    [Fact]
    public void The_29th_and_30th_fall_on_the_last_of_a_february_of_28_days()
    {
        Assert.Equal([new(2026, 2, 28), new(2026, 3, 30)], Days(Cycle(BillingCycle.Monthly, 1, [30]).From(January31), new(2026, 1, 30), 2));
        Assert.Equal([new(2026, 2, 28), new(2026, 3, 29)], Days(Cycle(BillingCycle.Monthly, 1, [29]).From(January31), new(2026, 1, 29), 2));
    }

    [Fact]
    public void A_first_period_is_cut_short_where_it_begins_between_two_days_of_the_cycle() => Assert.Equal(
        [new(2026, 2, 1), new(2026, 3, 1)],
        Days(Cycle(BillingCycle.Monthly, 1, [1]).From(new LocalDate(2026, 1, 10)), new LocalDate(2026, 1, 10), 2));

    [Fact]
    public void Quarters_are_three_months_counted_from_the_anchors_month() => Assert.Equal(
        [new(2026, 4, 1), new(2026, 7, 1), new(2026, 10, 1), new(2027, 1, 1)],
        Days(Cycle(BillingCycle.Monthly, 3, [1]) with { Anchor = new LocalDate(2025, 10, 1) }, new LocalDate(2026, 2, 11), 4));

    [Fact]
    public void Semi_monthly_is_the_1st_and_the_15th_unless_said_otherwise()
    {
        Assert.Equal(
            [new(2026, 2, 1), new(2026, 2, 15), new(2026, 3, 1)],
            Days(Cycle(BillingCycle.SemiMonthly, 1).From(January31), January31, 3));
        Assert.Equal(
            [new(2026, 2, 15), new(2026, 2, 28), new(2026, 3, 15), new(2026, 3, 31)],
            Days(Cycle(BillingCycle.SemiMonthly, 1, [15, 31]).From(January31), January31, 4));
        // In a month of 28 days both halves' ends are the same day, which begins one period.
        Assert.Equal(
            [new(2026, 2, 28), new(2026, 3, 30), new(2026, 3, 31)],
            Days(Cycle(BillingCycle.SemiMonthly, 1, [30, 31]).From(January31), January31, 3));
    }

    [Fact]
    public void Fortnights_go_on_over_the_years_from_the_first_day() => Assert.Equal(
        [new(2026, 12, 24), new(2027, 1, 7), new(2027, 1, 21)],
        Days(Cycle(BillingCycle.Weeks, 2).From(new LocalDate(2026, 12, 10)), new LocalDate(2026, 12, 10), 3));

    [Fact]
    public void Own_days_end_with_the_last_of_them()
    {
        var cycle = new BillingCycle(BillingCycle.OwnDays, 1, [], [new(2026, 3, 1), new(2026, 3, 20)], null);
        Assert.Equal(
            [(new LocalDate(2026, 2, 3), new LocalDate(2026, 2, 28)), (new(2026, 3, 1), new(2026, 3, 19))],
            new PeriodPlan(cycle, null, null, InAdvance: false).Since(1, new LocalDate(2026, 2, 3))
                .Select(period => (period.From, period.Through)));
    }

    [Fact]
    public void A_period_is_invoiced_on_the_day_after_it_or_in_advance_on_its_first_and_bills_what_was_worked_before()
    {
        var cycle = Cycle(BillingCycle.Monthly, 1).From(new LocalDate(2026, 3, 1));
        var after = new PeriodPlan(cycle, null, null, InAdvance: false).At(1, new LocalDate(2026, 3, 1))!;
        Assert.Equal((new LocalDate(2026, 4, 1), new LocalDate(2026, 3, 31)), (after.RunsOn, after.WorkThrough));
        var before = new PeriodPlan(cycle, null, null, InAdvance: true).At(1, new LocalDate(2026, 3, 1))!;
        Assert.Equal((new LocalDate(2026, 3, 1), new LocalDate(2026, 2, 28)), (before.RunsOn, before.WorkThrough));
    }

    [Theory]
    [InlineData("yearly", 1, "cycle-unknown", "/cycle/rule")]
    [InlineData("monthly", 0, "cycle-out-of-range", "/cycle/every")]
    [InlineData("monthly", 25, "cycle-out-of-range", "/cycle/every")]
    [InlineData("weeks", 105, "cycle-out-of-range", "/cycle/every")]
    [InlineData("days", 732, "cycle-out-of-range", "/cycle/every")]
    [InlineData("semi-monthly", 2, "cycle-out-of-range", "/cycle/every")]
    [InlineData("own-days", 1, "cycle-days-malformed", "/cycle/dates")]
    public void Other_cycles_are_refused(string rule, int every, string code, string field)
    {
        var refusal = BillingCycle.Refuse(Cycle(rule, every), "/cycle")!;
        Assert.Equal((code, field), (refusal.Code, refusal.Field));
    }

    [Theory]
    [InlineData("monthly", new[] { 0 })]
    [InlineData("monthly", new[] { 32 })]
    [InlineData("monthly", new[] { 1, 15 })]
    [InlineData("semi-monthly", new[] { 15 })]
    [InlineData("semi-monthly", new[] { 15, 1 })]
    [InlineData("semi-monthly", new[] { 15, 15 })]
    [InlineData("weeks", new[] { 1 })]
    public void Days_of_the_month_must_fit_the_rule(string rule, int[] days) =>
        Assert.Equal("cycle-days-malformed", BillingCycle.Refuse(Cycle(rule, 1, days), "/cycle")!.Code);

    private static BillingCycle Cycle(string rule, int every, int[]? days = null) => new(rule, every, days ?? [], [], null);

    private static List<LocalDate> Days(BillingCycle cycle, LocalDate from, int count)
    {
        var days = new List<LocalDate>();
        for (LocalDate? day = from; days.Count < count; days.Add(day.Value)) day = cycle.NextAfter(day.Value)!.Value;
        return days;
    }
}
