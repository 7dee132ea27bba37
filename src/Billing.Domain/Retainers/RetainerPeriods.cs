using System.Diagnostics;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Retainers;

/// <summary>A stretch of days under one set of terms, in which what is granted and used is counted together.</summary>
/// <param name="EndExclusive">Null where it goes on until the terms change.</param>
/// <param name="WholeDays">Days of the whole period, of which this one may be a part; 0 where there are no
/// periods.</param>
/// <param name="ValidThrough">Last day on which what it grants can be used; null for good.</param>
public sealed record RetainerPeriod(
    LocalDate From, LocalDate? EndExclusive, RetainerTerms Terms, int WholeDays, LocalDate? ValidThrough)
{
    /// <summary>The period's share of something that a whole period has, rounded once, half away from zero.</summary>
    public long ShareOf(long whole)
    {
        if (Terms.Period is not { Prorated: true } || EndExclusive is not { } end) return whole;
        var days = NodaTime.Period.DaysBetween(From, end);
        return Rounding.DivideHalfAwayFromZero((Int128)whole * days, WholeDays);
    }
}

/// <summary>
/// Which period a day belongs to. Where terms change, the period before ends and another begins, each with its share where
/// the terms prorate.
/// </summary>
public static class RetainerPeriods
{
    /// <param name="terms">In the order of their days.</param>
    /// <param name="lastDay">After which there are none; null while the retainer goes on.</param>
    /// <returns>Null before the first terms and after the last day.</returns>
    public static RetainerPeriod? At(IReadOnlyList<DatedTerms> terms, LocalDate? lastDay, LocalDate day)
    {
        var which = -1;
        for (var i = 0; i < terms.Count && terms[i].From <= day; i++) which = i;
        if (which < 0 || day > lastDay) return null;

        var (from, held) = terms[which];
        var end = which + 1 < terms.Count ? terms[which + 1].From : (LocalDate?)null;
        if (lastDay is { } last && (end is null || last < end)) end = last.PlusDays(1);
        if (held.Period is not { } period) return new RetainerPeriod(from, end, held, 0, null);

        var number = NumberOf(period, day);
        var (start, next) = (StartOf(period, number), StartOf(period, number + 1));
        return new RetainerPeriod(
            start > from ? start : from, next < end || end is null ? next : end, held,
            NodaTime.Period.DaysBetween(start, next), ValidThrough(held, period, number));
    }

    /// <summary>Before the first day the first terms count, as for a deposit that comes early.</summary>
    public static RetainerTerms On(IReadOnlyList<DatedTerms> terms, LocalDate day) =>
        (terms.LastOrDefault(dated => dated.From <= day) ?? terms[0]).Terms;

    /// <summary>Whether a whole period of these terms begins on the day.</summary>
    public static bool BeginsOn(PeriodTerms period, LocalDate day) => StartOf(period, NumberOf(period, day)) == day;

    private static LocalDate? ValidThrough(RetainerTerms terms, PeriodTerms period, int number) => terms.Unused switch
    {
        { Rule: UnusedRule.RollOver, Periods: null } => null,
        { Rule: UnusedRule.RollOver, Periods: { } further } => StartOf(period, number + 1 + further).PlusDays(-1),
        _ => StartOf(period, number + 1).PlusDays(-1),
    };

    /// <summary>Periods are numbered from the one that begins on the anchor, those before it below 0.</summary>
    private static int NumberOf(PeriodTerms period, LocalDate day)
    {
        var units = period.Unit switch
        {
            PeriodTerms.Week => FloorDivide(NodaTime.Period.DaysBetween(period.Anchor, day), 7),
            PeriodTerms.Month => ((day.Year - period.Anchor.Year) * 12) + day.Month - period.Anchor.Month,
            _ => throw new UnreachableException($"{period.Unit} is no unit of a period."),
        };
        var number = FloorDivide(units, period.Every);
        // The month may have begun before the day on which its period does.
        return StartOf(period, number) > day ? number - 1 : number;
    }

    private static LocalDate StartOf(PeriodTerms period, int number) => period.Unit == PeriodTerms.Week
        ? period.Anchor.PlusWeeks(number * period.Every)
        : period.Anchor.PlusMonths(number * period.Every);

    private static int FloorDivide(int dividend, int divisor) =>
        (dividend / divisor) - (dividend % divisor < 0 ? 1 : 0);
}
