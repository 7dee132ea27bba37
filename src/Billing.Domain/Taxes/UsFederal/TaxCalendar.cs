using System.Collections.Immutable;
using NodaTime;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>One of the four dates of estimated tax.</summary>
/// <param name="Number">1 to 4.</param>
/// <param name="PeriodEnd">
/// Last day of the income period it follows; the periods are 3, 2, 3 and 4 months long.
/// </param>
/// <param name="StatutoryOn">The date in the law; a late payment accrues interest from here.</param>
/// <param name="DeadlineOn">The last day to pay on time: the next business day.</param>
public sealed record DueDate(int Number, LocalDate PeriodEnd, LocalDate StatutoryOn, LocalDate DeadlineOn);

/// <summary>
/// The dates of a tax year (section 6654(c), moved by section 7503). Postponements after disasters are not provided
/// for.
/// </summary>
/// <param name="Year">The tax year.</param>
/// <param name="Instalments">The four due dates.</param>
/// <param name="FileInsteadOfFourthOn">
/// Filing and paying everything by this day makes up for the fourth instalment.
/// </param>
/// <param name="ReturnDueOn">The last day to file the return and pay the balance.</param>
public sealed record TaxCalendar(
    int Year, ImmutableArray<DueDate> Instalments, LocalDate FileInsteadOfFourthOn, LocalDate ReturnDueOn)
{
    public static TaxCalendar For(int year)
    {
        return new TaxCalendar(
            year,
            [
                Due(1, new LocalDate(year, 3, 31), new LocalDate(year, 4, 15)),
                Due(2, new LocalDate(year, 5, 31), new LocalDate(year, 6, 15)),
                Due(3, new LocalDate(year, 8, 31), new LocalDate(year, 9, 15)),
                Due(4, new LocalDate(year, 12, 31), new LocalDate(year + 1, 1, 15)),
            ],
            LegalHolidays.NextBusinessDay(new LocalDate(year + 1, 1, 31)),
            LegalHolidays.NextBusinessDay(new LocalDate(year + 1, 4, 15)));

        static DueDate Due(int number, LocalDate periodEnd, LocalDate statutory) =>
            new(number, periodEnd, statutory, LegalHolidays.NextBusinessDay(statutory));
    }

    /// <summary>The first due date whose deadline is not over on the day; null after the fourth.</summary>
    public DueDate? Next(LocalDate day)
    {
        foreach (var due in Instalments)
            if (due.DeadlineOn >= day) return due;
        return null;
    }
}
