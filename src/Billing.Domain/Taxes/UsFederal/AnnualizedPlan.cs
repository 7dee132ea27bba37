using NodaTime;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>What to pay by when by the annualized income method.</summary>
/// <param name="Columns">Schedule AI.</param>
/// <param name="Plan">The four instalments and what to pay next.</param>
/// <param name="Penalty">What late instalments have cost so far by this method.</param>
/// <param name="ProjectedFrom">
/// The first of the four periods, 1 to 4, whose income was not all known on the day of the estimate; null where all was.
/// </param>
public sealed record AnnualizedPlan(
    ScheduleAi Columns, InstalmentPlan Plan, UnderpaymentPenalty Penalty, int? ProjectedFrom)
{
    /// <summary>
    /// The household from January through the end of each period: what the books say of it, the other income of the year
    /// spread evenly over its months.
    /// </summary>
    /// <param name="sheet">Where the lines go.</param>
    /// <param name="p">The figures.</param>
    /// <param name="facts">What is known.</param>
    /// <param name="projection">The profit that the books are expected to show for the year.</param>
    /// <param name="soFar">The profit that they show on the day of the estimate.</param>
    /// <param name="calendar">Where the periods end.</param>
    internal static IReadOnlyList<Household> Periods(
        Worksheet sheet, Parameters.TaxParameters p, TaxFacts facts, TaxLine projection, TaxLine soFar, TaxCalendar calendar)
    {
        var columns = p.EstimatedTax.Annualization.Value;
        return
        [
            .. calendar.Instalments.Select((due, i) =>
            {
                var profit = i == columns.Count - 1
                    ? projection
                    : Through(ScheduleAi.PartOf(sheet, i), p, facts, projection, soFar, due.PeriodEnd);
                var spread = facts.Household.Times(columns[i].Months, 12);
                return spread with
                {
                    Taxpayer = spread.Taxpayer with { NetProfit = spread.Taxpayer.NetProfit + profit.Exact },
                };
            }),
        ];
    }

    /// <summary>
    /// Of a period that has ended, what the books show; of another, what they show so far and its part of what is still
    /// expected.
    /// </summary>
    private static TaxLine Through(
        Worksheet sheet, Parameters.TaxParameters p, TaxFacts facts, TaxLine projection, TaxLine soFar, LocalDate periodEnd)
    {
        if (periodEnd <= facts.AsOf) return ScheduleC.Compute(p, sheet, facts, periodEnd).NetProfit;
        var start = LocalDate.Max(facts.AsOf, new LocalDate(p.Year, 1, 1).PlusDays(-1));
        var days = TaxInput.Fact("period.daysToCome", Period.DaysBetween(start, periodEnd));
        var left = TaxInput.Fact("year.daysToCome", Period.DaysBetween(start, new LocalDate(p.Year, 12, 31)));
        var planned = facts.Planned.Sum(profit => profit.Amount);
        var byThen = TaxInput.Fact(
            "planned.netProfit", facts.Planned.Where(profit => profit.On <= periodEnd).Sum(profit => profit.Amount));
        return sheet.Add(
            "projection.net-profit", "Net profit expected by the end of the period", null,
            soFar.Exact + ((projection.Exact - planned - soFar.Exact) * days.Value / left.Value) + byThen.Value,
            "net profit so far + what is still expected in the year without plans × days to the end of the period ÷ days to the end "
            + "of the year + what is planned by then",
            soFar, projection, TaxInput.Fact("planned.netProfit.year", planned), days, left, byThen);
    }

    /// <summary>The required instalments in whole cents that sum to the sum of the exact ones.</summary>
    internal static decimal[] InCents(ScheduleAi schedule)
    {
        var (sum, told) = (0m, 0m);
        return
        [
            .. schedule.Columns.Select(column =>
            {
                sum += column.Required.Exact;
                var instalment = Cents.Round(sum) - told;
                told += instalment;
                return instalment;
            }),
        ];
    }
}
