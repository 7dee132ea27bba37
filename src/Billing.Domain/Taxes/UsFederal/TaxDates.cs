using NodaTime;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>A due date of some tax year.</summary>
public sealed record DueDateOfYear(int Year, DueDate Due);

/// <summary>Due dates over the years, of which the fourth always lies in the year after its own.</summary>
public static class TaxDates
{
    /// <summary>The first one whose deadline is not over on the day.</summary>
    public static DueDateOfYear Next(LocalDate day) =>
        TaxCalendar.For(day.Year - 1).Next(day) is { } late
            ? new DueDateOfYear(day.Year - 1, late)
            // A year's first three deadlines and its fourth, in January, lie after all of that year's days.
            : new DueDateOfYear(day.Year, TaxCalendar.For(day.Year).Next(day)!);

    /// <summary>The one that a reminder is due of, from so many days before it until its deadline is over; null for none.</summary>
    public static DueDateOfYear? ToRemindOf(LocalDate day, int daysBefore) =>
        Next(day) is { } next && day >= next.Due.DeadlineOn.PlusDays(-daysBefore) ? next : null;
}
