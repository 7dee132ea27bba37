using NodaTime;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>
/// Days on which nothing is due: Saturdays, Sundays and legal holidays in the District of Columbia (section 7503).
/// </summary>
public static class LegalHolidays
{
    /// <summary>The day itself, or the next one that is a business day.</summary>
    public static LocalDate NextBusinessDay(LocalDate day)
    {
        while (IsWeekend(day) || IsObserved(day)) day = day.PlusDays(1);
        return day;
    }

    /// <summary>Whether a legal holiday is kept on the day: one that falls on a weekend is kept beside it.</summary>
    public static bool IsObserved(LocalDate day) => day.DayOfWeek switch
    {
        IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday => IsFixed(day),
        IsoDayOfWeek.Friday => IsFixed(day) || IsFixed(day.PlusDays(1)),
        IsoDayOfWeek.Monday => IsFixed(day) || IsFixed(day.PlusDays(-1)) || IsMoving(day),
        _ => IsFixed(day) || IsMoving(day),
    };

    private static bool IsWeekend(LocalDate day) => day.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday;

    private static bool IsFixed(LocalDate day) => (day.Month, day.Day) switch
    {
        (1, 1) => true,                       // New Year
        (1, 20) => day.Year % 4 == 1,         // Inauguration Day, after a presidential election
        (4, 16) => true,                      // Emancipation Day
        (6, 19) => day.Year >= 2021,          // Juneteenth
        (7, 4) => true,                       // Independence Day
        (11, 11) => true,                     // Veterans Day
        (12, 25) => true,                     // Christmas
        _ => false,
    };

    private static bool IsMoving(LocalDate day)
    {
        var week = ((day.Day - 1) / 7) + 1;
        return (day.Month, day.DayOfWeek, week) switch
        {
            (1, IsoDayOfWeek.Monday, 3) => true,      // Martin Luther King
            (2, IsoDayOfWeek.Monday, 3) => true,      // Presidents Day
            (5, IsoDayOfWeek.Monday, _) => day.Day > 24, // Memorial Day
            (9, IsoDayOfWeek.Monday, 1) => true,      // Labor Day
            (10, IsoDayOfWeek.Monday, 2) => true,     // Columbus Day
            (11, IsoDayOfWeek.Thursday, 4) => true,   // Thanksgiving
            _ => false,
        };
    }
}
