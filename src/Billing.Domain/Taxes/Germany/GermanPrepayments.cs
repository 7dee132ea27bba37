using System.Collections.Immutable;
using Billing.Domain.Taxes.UsFederal;
using NodaTime;

namespace Billing.Domain.Taxes.Germany;

/// <summary>What the office should be asked for.</summary>
public enum GermanAdjustment
{
    /// <summary>What is set fits, or the law allows no change of so little.</summary>
    None,
    Raise,
    Lower,
}

/// <summary>One of the four prepayments; euros.</summary>
/// <param name="Set">What the office has set; 0 while it has set nothing.</param>
/// <param name="Suggested">What would fit the expected assessment; what is set where the date is over.</param>
/// <param name="Remaining">What is still to be paid of what is set; payments go to the earliest unpaid one.</param>
public sealed record GermanPrepayment(GermanDueDate Due, decimal Set, decimal Suggested, decimal Remaining, InstalmentState State);

/// <summary>The four prepayments, what to pay next, and whether they fit the year (section 37 EStG). Euros.</summary>
/// <param name="Expected">Expected assessment beyond what is withheld from wages.</param>
/// <param name="Paid">Prepayments made through the day.</param>
/// <param name="OverdueNow">Missed at dates that are over.</param>
/// <param name="DueNext">What comes on top for the next date.</param>
/// <param name="Next">Null after the fourth date.</param>
public sealed record GermanPrepayments(
    ImmutableArray<GermanPrepayment> Dates, decimal Expected, decimal Paid, decimal OverdueNow, decimal DueNext, GermanDueDate? Next,
    GermanAdjustment Adjustment)
{
    /// <param name="set">Of the four dates; null while nothing is set.</param>
    public static GermanPrepayments Of(
        PrepaymentParameters p, int year, IReadOnlyList<decimal>? set, decimal expected, decimal paid, LocalDate asOf)
    {
        var dates = GermanCalendar.Prepayments(year);
        decimal[] amounts = [.. set ?? [0, 0, 0, 0]];
        ArgumentOutOfRangeException.ThrowIfNotEqual(amounts.Length, dates.Length);
        var next = dates.FirstOrDefault(date => date.DueOn >= asOf);
        var suggested = Suggested(p, dates, amounts, Math.Max(0, expected), asOf);
        var all = ImmutableArray.CreateBuilder<GermanPrepayment>(dates.Length);
        var (open, toPay) = (-paid, 0m);
        for (var i = 0; i < dates.Length; i++)
        {
            open += amounts[i];
            var remaining = Math.Max(0, open - toPay);
            toPay += remaining;
            all.Add(new GermanPrepayment(dates[i], amounts[i], suggested[i], remaining, State(dates[i], remaining, next)));
        }
        var prepayments = all.MoveToImmutable();
        return new GermanPrepayments(
            prepayments, expected, paid, Left(prepayments, InstalmentState.Overdue), Left(prepayments, InstalmentState.Next), next,
            Math.Sign(suggested.Sum() - amounts.Sum()) switch
            {
                0 => GermanAdjustment.None,
                > 0 => GermanAdjustment.Raise,
                _ => GermanAdjustment.Lower,
            });
    }

    /// <summary>The rest of the expected assessment in equal whole euros at the dates that are still to come.</summary>
    private static decimal[] Suggested(
        PrepaymentParameters p, ImmutableArray<GermanDueDate> dates, decimal[] set, decimal expected, LocalDate asOf)
    {
        decimal[] suggested = [.. set];
        var ahead = Enumerable.Range(0, dates.Length).Where(i => dates[i].DueOn >= asOf).ToList();
        if (ahead.Count == 0)
        {
            var missing = Math.Floor(expected - set.Sum());
            if (missing >= p.LateRaiseAtLeast.Value) suggested[^1] += missing;
            return suggested;
        }
        var over = set.Where((_, i) => !ahead.Contains(i)).Sum();
        var each = Math.Floor(Math.Max(0, expected - over) / ahead.Count);
        if (each < p.DateAtLeast.Value || expected < p.YearAtLeast.Value) each = 0;
        foreach (var i in ahead)
        {
            var raise = each - set[i];
            suggested[i] = raise > 0 && raise < p.RaiseAtLeast.Value ? set[i] : each;
        }
        return suggested;
    }

    private static InstalmentState State(GermanDueDate due, decimal remaining, GermanDueDate? next) =>
        remaining == 0 ? InstalmentState.Covered
        : next is null || due.Number < next.Number ? InstalmentState.Overdue
        : due.Number == next.Number ? InstalmentState.Next
        : InstalmentState.Later;

    private static decimal Left(ImmutableArray<GermanPrepayment> all, InstalmentState state) =>
        all.Where(prepayment => prepayment.State == state).Sum(prepayment => prepayment.Remaining);
}
