using System.Diagnostics;
using NodaTime;

namespace Billing.Domain.RecurringInvoices;

/// <summary>On which days the periods of a recurring invoice begin. Each of them is found from the rule alone, never from the one
/// before, so that a short month moves nothing after it.</summary>
/// <param name="Every">So many days, weeks or months lie between two; 1 where the rule does not count.</param>
/// <param name="DaysOfMonth">One day of a month, or two of a half; 29 to 31 mean the last day of a month that has no such day.</param>
/// <param name="Dates">Named days, rising.</param>
/// <param name="Anchor">A day that days and weeks, or whose month months, are counted from; null until the cycle is agreed.</param>
public sealed record BillingCycle(
    string Rule, int Every, IReadOnlyList<int> DaysOfMonth, IReadOnlyList<LocalDate> Dates, LocalDate? Anchor)
{
    public const string Monthly = "monthly", SemiMonthly = "semi-monthly", Weeks = "weeks", Days = "days", OwnDays = "own-days";

    public const int MostMonths = 24, MostWeeks = 104, MostDays = 731, MostDates = 400;

    private const int DaysOfWeek = 7, MonthsOfYear = 12, LongestMonth = 31;

    public static IReadOnlyList<string> Rules { get; } = [Monthly, SemiMonthly, Weeks, Days, OwnDays];

    /// <summary>The first day after the given one on which a period begins; null where no further day is named.</summary>
    public LocalDate? NextAfter(LocalDate day) => Rule switch
    {
        Monthly => NextMonthly(day),
        SemiMonthly => NextOfHalves(day),
        Weeks => NextOfDays(Every * DaysOfWeek, day),
        Days => NextOfDays(Every, day),
        OwnDays => Dates.Where(own => own > day).Cast<LocalDate?>().FirstOrDefault(),
        _ => throw new UnreachableException($"{Rule} is no cycle."),
    };

    /// <summary>What the cycle says in full once it begins on that day.</summary>
    public BillingCycle From(LocalDate first) => this with
    {
        Anchor = Anchor ?? first,
        DaysOfMonth = (Rule, DaysOfMonth.Count) switch
        {
            (Monthly, 0) => [first.Day],
            (SemiMonthly, 0) => [1, 15],
            _ => DaysOfMonth,
        },
    };

    public bool Says(BillingCycle other) => (Rule, Every, Anchor) == (other.Rule, other.Every, other.Anchor)
        && DaysOfMonth.SequenceEqual(other.DaysOfMonth) && Dates.SequenceEqual(other.Dates);

    /// <summary>Null where periods can be made by it. Refuses: <c>cycle-unknown</c>, <c>cycle-out-of-range</c>,
    /// <c>cycle-days-malformed</c>.</summary>
    public static Rejection? Refuse(BillingCycle cycle, string field)
    {
        if (!Rules.Contains(cycle.Rule))
            return Invalid("cycle-unknown", $"A cycle is one of {string.Join(", ", Rules)}.", $"{field}/rule");
        var most = cycle.Rule switch { Monthly => MostMonths, Weeks => MostWeeks, Days => MostDays, _ => 1 };
        if (cycle.Every < 1 || cycle.Every > most)
            return Invalid("cycle-out-of-range", $"With {cycle.Rule}, every is 1 to {most}.", $"{field}/every");
        var days = cycle.DaysOfMonth.Count;
        var isDayed = cycle.Rule switch { Monthly => days <= 1, SemiMonthly => days is 0 or 2, _ => days == 0 };
        if (!isDayed || cycle.DaysOfMonth.Any(day => day is < 1 or > LongestMonth) || !IsRising(cycle.DaysOfMonth))
        {
            return Invalid(
                "cycle-days-malformed", "Monthly takes one day from 1 to 31, semi-monthly two, the earlier first, all else none.",
                $"{field}/daysOfMonth");
        }
        var isDated = cycle.Rule == OwnDays ? cycle.Dates.Count is >= 1 and <= MostDates : cycle.Dates.Count == 0;
        return isDated && IsRising(cycle.Dates)
            ? null
            : Invalid(
                "cycle-days-malformed", $"Own days are 1 to {MostDates} dates, each later than the one before; other cycles take none.",
                $"{field}/dates");
    }

    private LocalDate NextMonthly(LocalDate day)
    {
        var anchor = Anchor!.Value;
        var months = ((day.Year - anchor.Year) * MonthsOfYear) + day.Month - anchor.Month;
        var turn = FloorDivide(months, Every);
        var next = InMonth(anchor, turn * Every, DaysOfMonth[0]);
        return next > day ? next : InMonth(anchor, (turn + 1) * Every, DaysOfMonth[0]);
    }

    private LocalDate NextOfHalves(LocalDate day)
    {
        for (var months = 0; ; months++)
        {
            foreach (var half in DaysOfMonth)
                if (InMonth(day, months, half) is var next && next > day) return next;
        }
    }

    private LocalDate NextOfDays(int step, LocalDate day)
    {
        var anchor = Anchor!.Value;
        return anchor.PlusDays((FloorDivide(Period.DaysBetween(anchor, day), step) + 1) * step);
    }

    /// <summary>That day so many months on, or the month's last.</summary>
    private static LocalDate InMonth(LocalDate from, int months, int dayOfMonth)
    {
        var first = new LocalDate(from.Year, from.Month, 1).PlusMonths(months);
        return first.PlusDays(Math.Min(dayOfMonth, CalendarSystem.Iso.GetDaysInMonth(first.Year, first.Month)) - 1);
    }

    private static bool IsRising<T>(IReadOnlyList<T> days) where T : IComparable<T> =>
        days.Zip(days.Skip(1)).All(pair => pair.First.CompareTo(pair.Second) < 0);

    private static int FloorDivide(int dividend, int divisor) => (dividend / divisor) - (dividend % divisor < 0 ? 1 : 0);

    private static Rejection Invalid(string code, string detail, string field) => new(code, detail, field, RejectionKind.Invalid);
}
