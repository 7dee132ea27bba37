using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Engagements;

/// <summary>Work on an engagement, as far as a budget has to know it.</summary>
/// <param name="Price">What it costs the client; null where no rate is known for it.</param>
public sealed record BudgetedWork(LocalDate WorkedOn, long Seconds, Money? Price);

/// <summary>What is used of a budget in one period.</summary>
/// <param name="UnpricedSeconds">Billable time for which no rate is known, and which so counts as no money.</param>
public sealed record BudgetUse(LocalDate PeriodStart, long Seconds, long MoneyMinor, long UnpricedSeconds);

/// <param name="WeekStart">The Monday.</param>
public sealed record BudgetWeek(LocalDate WeekStart, long Seconds, long MoneyMinor);

/// <param name="Burn">The last weeks, earliest first, those without work too.</param>
/// <param name="HoursExhaustedOn">When the hours will be used up if the last weeks go on; null where they will not.</param>
/// <param name="MoneyExhaustedOn">The same of the money.</param>
public sealed record BudgetBurn(BudgetUse Use, IReadOnlyList<BudgetWeek> Burn, LocalDate? HoursExhaustedOn, LocalDate? MoneyExhaustedOn);

/// <summary>Adds work up against a budget. Time counts in full, money as far as the work is billable and priced.</summary>
public static class BudgetTally
{
    /// <summary>Weeks whose pace is thought to go on.</summary>
    public const int BurnWeeks = 4;

    private const int DaysOfBurn = BurnWeeks * 7;

    /// <summary>A projection beyond that many days says nothing.</summary>
    private const int MostDaysAhead = 3_660;

    /// <summary>What was used in each period that has any work, earliest first.</summary>
    public static IReadOnlyList<BudgetUse> ByPeriod(BudgetTerms terms, IEnumerable<BudgetedWork> work) =>
    [
        .. work.Where(w => w.WorkedOn >= terms.FirstDay)
            .GroupBy(w => BudgetPeriod.StartOf(terms.Per, terms.FirstDay, w.WorkedOn))
            .OrderBy(period => period.Key)
            .Select(period => Use(period.Key, [.. period])),
    ];

    /// <summary>The present period: what is used of it, how fast, and when nothing will be left.</summary>
    public static BudgetBurn Burn(BudgetTerms terms, IReadOnlyList<BudgetedWork> work, LocalDate today)
    {
        var start = BudgetPeriod.StartOf(terms.Per, terms.FirstDay, LocalDate.Max(today, terms.FirstDay));
        var ofPeriod = work.Where(w => w.WorkedOn >= terms.FirstDay)
            .Where(w => BudgetPeriod.StartOf(terms.Per, terms.FirstDay, w.WorkedOn) == start).ToList();
        var use = Use(start, ofPeriod);
        var monday = today.PlusDays(1 - (int)today.DayOfWeek);
        var weeks = Enumerable.Range(0, BurnWeeks).Select(n => monday.PlusWeeks(n + 1 - BurnWeeks)).ToList();
        // The pace is of the days up to today, so that a week that has just begun does not slow it.
        var recent = work.Where(w => w.WorkedOn > today.PlusDays(-DaysOfBurn) && w.WorkedOn <= today).ToList();
        var periodEnd = terms.Per == BudgetPeriod.Month ? start.With(DateAdjusters.EndOfMonth) : (LocalDate?)null;
        return new BudgetBurn(
            use, [.. weeks.Select(week => Week(week, work))],
            Exhausted(use.Seconds, terms.Seconds, recent.Sum(w => w.Seconds), today, periodEnd),
            Exhausted(use.MoneyMinor, terms.MoneyMinor, recent.Sum(w => w.Price?.Minor ?? 0), today, periodEnd));
    }

    /// <summary>Today where nothing is left already; null where it lasts for the period, or nothing is being used.</summary>
    private static LocalDate? Exhausted(long used, long? limit, long burnt, LocalDate today, LocalDate? periodEnd)
    {
        if (limit is not { } most) return null;
        if (used >= most) return today;
        if (burnt <= 0) return null;
        // Days until what is left is used, rounded up: left ÷ (burnt ÷ days).
        var days = ((Int128)(most - used) * DaysOfBurn + burnt - 1) / burnt;
        if (days > MostDaysAhead) return null;
        var day = today.PlusDays((int)days);
        return day > periodEnd ? null : day;
    }

    private static BudgetUse Use(LocalDate start, List<BudgetedWork> work) => new(
        start, work.Sum(w => w.Seconds), work.Sum(w => w.Price?.Minor ?? 0), work.Where(w => w.Price is null).Sum(w => w.Seconds));

    private static BudgetWeek Week(LocalDate monday, IReadOnlyList<BudgetedWork> work)
    {
        var ofWeek = work.Where(w => w.WorkedOn >= monday && w.WorkedOn < monday.PlusWeeks(1)).ToList();
        return new BudgetWeek(monday, ofWeek.Sum(w => w.Seconds), ofWeek.Sum(w => w.Price?.Minor ?? 0));
    }
}
