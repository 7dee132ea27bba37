using Billing.Domain.Taxes.Parameters;
using NodaTime;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>How the same books went last year, which a seasonal projection goes by.</summary>
public static class LastYear
{
    /// <summary>
    /// Last year's profit, and what of it there was by the same day of that year. Expenses count by this year's categories, so
    /// that both years are measured alike; the home office, which goes by the month, is left out.
    /// </summary>
    /// <param name="p">The figures of the year that is estimated.</param>
    /// <param name="receipts">Of the year before.</param>
    /// <param name="expenses">Likewise.</param>
    /// <param name="asOf">The day of the estimate.</param>
    public static ProfitProjection.Seasonal Shape(
        TaxParameters p, IReadOnlyList<Receipt> receipts, IReadOnlyList<BusinessExpense> expenses, LocalDate asOf)
    {
        var year = p.Year - 1;
        var facts = new TaxFacts
        {
            AsOf = asOf,
            Household = new Household { Status = FilingStatus.Single, Taxpayer = new TaxPerson() },
            Projection = new ProfitProjection.YearToDateOnly(),
            Receipts = receipts,
            Expenses = expenses,
        };
        return new ProfitProjection.Seasonal(Profit(new LocalDate(year, 12, 31)), Profit(SameDay(asOf, p.Year)));

        decimal Profit(LocalDate through) => ScheduleC.Compute(p, new Worksheet(), facts, through).NetProfit.Exact;
    }

    /// <summary>A year before, the 28th for a 29th of February; the end of that year once the estimated one is over.</summary>
    private static LocalDate SameDay(LocalDate asOf, int year) =>
        asOf.Year > year ? new LocalDate(year - 1, 12, 31) : asOf.PlusYears(-1);
}
