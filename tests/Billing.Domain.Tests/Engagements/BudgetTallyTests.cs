using Billing.Domain.Engagements;
using Billing.Domain.Values;
using CsCheck;
using NodaTime;

namespace Billing.Domain.Tests.Engagements;

public sealed class BudgetTallyTests
{
    private static readonly LocalDate Friday = new(2026, 3, 20);
    private static readonly BudgetTerms Monthly = new(Guid.Empty, 40 * 3600, 2_000_00, "USD", "month", new LocalDate(2026, 1, 15), [80]);
    private static readonly BudgetTerms Once = Monthly with { Per = "once" };

    [Fact]
    public void A_month_has_its_own_work_and_the_first_only_from_its_first_day()
    {
        BudgetedWork[] work = [Work("2026-01-14", 9), Work("2026-01-15", 1), Work("2026-01-31", 2), Work("2026-02-01", 4), Work("2026-03-31", 8)];
        Assert.Equal(
            [(new LocalDate(2026, 1, 15), 3 * 3600L), (new(2026, 2, 1), 4 * 3600L), (new(2026, 3, 1), 8 * 3600L)],
            BudgetTally.ByPeriod(Monthly, work).Select(use => (use.PeriodStart, use.Seconds)));
        Assert.Equal([15 * 3600L], BudgetTally.ByPeriod(Once, work).Select(use => use.Seconds));
    }

    [Fact]
    public void Work_without_a_rate_is_time_and_no_money()
    {
        var use = BudgetTally.Burn(Once, [Work("2026-03-02", 1), Work("2026-03-03", 2) with { Price = null }], Friday).Use;
        Assert.Equal((3 * 3600L, 40_00L, 2 * 3600L), (use.Seconds, use.MoneyMinor, use.UnpricedSeconds));
    }

    [Fact]
    public void The_burn_is_by_week_and_the_end_is_projected_from_the_last_four()
    {
        // Five hours in each of the last four weeks: 20 in 28 days. Of 40, 20 are left: 28 days more.
        BudgetedWork[] work = [Work("2026-02-23", 5), Work("2026-03-02", 5), Work("2026-03-09", 5), Work("2026-03-16", 5)];
        var burn = BudgetTally.Burn(Once, work, Friday);
        Assert.Equal(
            [new(2026, 2, 23), new(2026, 3, 2), new(2026, 3, 9), new(2026, 3, 16)], burn.Burn.Select(week => week.WeekStart));
        Assert.All(burn.Burn, week => Assert.Equal((5 * 3600L, 200_00L), (week.Seconds, week.MoneyMinor)));
        Assert.Equal(new LocalDate(2026, 4, 17), burn.HoursExhaustedOn);
        // 800 of 2,000 dollars used: 1,200 left, 42 days.
        Assert.Equal(new LocalDate(2026, 5, 1), burn.MoneyExhaustedOn);
    }

    [Fact]
    public void Nothing_is_projected_beyond_the_month_or_from_no_work_and_what_is_used_up_is_so_today()
    {
        Assert.Null(BudgetTally.Burn(Monthly, [Work("2026-03-16", 5)], Friday).HoursExhaustedOn);
        Assert.Null(BudgetTally.Burn(Once, [Work("2026-01-20", 5)], Friday).HoursExhaustedOn);
        Assert.Equal(Friday, BudgetTally.Burn(Once, [Work("2026-01-20", 20), Work("2026-01-21", 20)], Friday).HoursExhaustedOn);
        Assert.Equal(new LocalDate(2026, 3, 27), BudgetTally.Burn(
            Monthly, [Work("2026-03-03", 16), Work("2026-03-10", 16)], Friday).HoursExhaustedOn);
    }

    [Fact]
    public void Periods_sum_to_the_whole() => Gen.Select(Gen.Int[0, 200], Gen.Long[1, 86_400], Gen.Bool).List[0, 40].Sample(days =>
    {
        var work = days.Select(d => new BudgetedWork(
            Monthly.FirstDay.PlusDays(d.Item1), d.Item2, d.Item3 ? new Money(d.Item2, Currency.Usd) : null)).ToList();
        var (months, once) = (BudgetTally.ByPeriod(Monthly, work), BudgetTally.ByPeriod(Once, work));
        Assert.Equal(once.Sum(use => use.Seconds), months.Sum(use => use.Seconds));
        Assert.Equal(once.Sum(use => use.MoneyMinor), months.Sum(use => use.MoneyMinor));
        Assert.Equal(once.Sum(use => use.UnpricedSeconds), months.Sum(use => use.UnpricedSeconds));
    }, iter: 300);

    private static BudgetedWork Work(string day, int hours) => new(
        NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value, hours * 3600L, new Money(40_00L * hours, Currency.Usd));
}
