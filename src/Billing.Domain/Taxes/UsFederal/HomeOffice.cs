using Billing.Domain.Taxes.Parameters;
using NodaTime;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>A part of the home that is used for the business only.</summary>
/// <param name="From">First day of use in the year.</param>
/// <param name="Until">Last day of use in the year.</param>
public abstract record HomeOffice(int OfficeSquareFeet, LocalDate From, LocalDate Until)
{
    /// <summary>So many dollars for a square foot, up to a limit, whatever the home costs.</summary>
    public sealed record Simplified(int OfficeSquareFeet, LocalDate From, LocalDate Until)
        : HomeOffice(OfficeSquareFeet, From, Until);

    /// <summary>The office's share of what the home costs.</summary>
    /// <param name="DirectCosts">For the office alone, over the time of use; US dollars.</param>
    /// <param name="IndirectCosts">For the whole home, over the time of use; US dollars.</param>
    /// <param name="CarriedOver">What last year's limit left over; US dollars.</param>
    public sealed record Actual(
        int OfficeSquareFeet, int HomeSquareFeet, LocalDate From, LocalDate Until, decimal DirectCosts, decimal IndirectCosts,
        decimal CarriedOver) : HomeOffice(OfficeSquareFeet, From, Until);
}

/// <summary>Schedule C line 30, for those who take the standard deduction. Depreciation of the home is not provided for.</summary>
public static class HomeOfficeDeduction
{
    private const int MonthsOfYear = 12;

    /// <summary>What the office is worth through a day, at most the profit before it.</summary>
    /// <param name="tentative">Line 29: the profit before the home office.</param>
    public static TaxLine Compute(
        HomeOfficeParameters p, Worksheet sheet, HomeOffice office, TaxLine tentative, LocalDate through)
    {
        var days = (int)p.DaysOfAMonth.Value;
        var months = Months(office.From, LocalDate.Min(office.Until, through), days);
        var limit = sheet.Add(
            "schedule-c.home-office-limit", "Most that the home office can be", "Schedule C line 29", Math.Max(0, tentative.Exact),
            "profit before the home office, no less than 0", tentative);
        return office switch
        {
            HomeOffice.Simplified simplified => Simplified(p, sheet, simplified, limit, months),
            HomeOffice.Actual actual => Actual(sheet, actual, limit, months, Months(office.From, office.Until, days)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>A month counts where the office was used on enough of its days.</summary>
    internal static int Months(LocalDate from, LocalDate until, int daysOfAMonth)
    {
        var months = 0;
        for (var first = new LocalDate(from.Year, from.Month, 1); first <= until; first = first.PlusMonths(1))
        {
            var (begin, end) = (LocalDate.Max(first, from), LocalDate.Min(first.PlusMonths(1).PlusDays(-1), until));
            if (Period.DaysBetween(begin, end) + 1 >= daysOfAMonth) months++;
        }
        return months;
    }

    private static TaxLine Simplified(
        HomeOfficeParameters p, Worksheet sheet, HomeOffice.Simplified office, TaxLine limit, int months)
    {
        var feet = Math.Min(p.SquareFeetMax.Value, office.OfficeSquareFeet);
        var whole = sheet.Add(
            "schedule-c.home-office-simplified", "Home office by its size", null,
            p.PerSquareFoot.Value * feet * months / MonthsOfYear, "rate × square feet, at most the limit × months ÷ 12",
            p.PerSquareFoot, p.SquareFeetMax, TaxInput.Fact("homeOffice.squareFeet", office.OfficeSquareFeet),
            TaxInput.Fact("homeOffice.months", months));
        return Line(sheet, whole, limit);
    }

    private static TaxLine Actual(Worksheet sheet, HomeOffice.Actual office, TaxLine limit, int months, int monthsOfUse)
    {
        var share = (decimal)office.OfficeSquareFeet / office.HomeSquareFeet;
        var soFar = monthsOfUse == 0 ? 0 : (decimal)months / monthsOfUse;
        var whole = sheet.Add(
            "schedule-c.home-office-actual", "Home office by its costs", "Form 8829",
            (office.DirectCosts + office.IndirectCosts * share) * soFar + office.CarriedOver,
            "(costs of the office + costs of the home × its share) × months so far ÷ months of use + carried over",
            TaxInput.Fact("homeOffice.directCosts", office.DirectCosts),
            TaxInput.Fact("homeOffice.indirectCosts", office.IndirectCosts),
            TaxInput.Fact("homeOffice.squareFeet", office.OfficeSquareFeet),
            TaxInput.Fact("homeOffice.homeSquareFeet", office.HomeSquareFeet), TaxInput.Fact("homeOffice.months", months),
            TaxInput.Fact("homeOffice.monthsOfUse", monthsOfUse), TaxInput.Fact("homeOffice.carriedOver", office.CarriedOver));
        var deducted = Line(sheet, whole, limit);
        sheet.Add(
            "schedule-c.home-office-carry-over", "Home office carried over to the next year", "Form 8829",
            whole.Exact - deducted.Exact, "home office by its costs − what is deducted", whole, deducted);
        return deducted;
    }

    private static TaxLine Line(Worksheet sheet, TaxLine whole, TaxLine limit) => sheet.Add(
        "schedule-c.home-office", "Home office", "Schedule C line 30", Math.Min(whole.Exact, limit.Exact),
        "the smaller of both", whole, limit);
}
