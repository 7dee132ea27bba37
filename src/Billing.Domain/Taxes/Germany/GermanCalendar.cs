using System.Collections.Immutable;
using NodaTime;

namespace Billing.Domain.Taxes.Germany;

/// <summary>One of the four dates of prepayments.</summary>
/// <param name="StatutoryOn">The tenth of the month (section 37 (1) EStG).</param>
/// <param name="DueOn">The last day to pay on time: the next working day (section 108 (3) AO).</param>
public sealed record GermanDueDate(int Number, LocalDate StatutoryOn, LocalDate DueOn);

/// <summary>Days on which nothing is due, and the dates that they move. Holidays are those of all of Germany; states have more.</summary>
public static class GermanCalendar
{
    private const int DayOfPrepayments = 10;

    public static ImmutableArray<GermanDueDate> Prepayments(int year) =>
    [
        .. Enumerable.Range(1, 4).Select(number => (Number: number, Day: new LocalDate(year, number * 3, DayOfPrepayments)))
            .Select(date => new GermanDueDate(date.Number, date.Day, NextWorkingDay(date.Day))),
    ];

    /// <summary>The day itself, or the next one that is a working day everywhere but for the states' own holidays.</summary>
    public static LocalDate NextWorkingDay(LocalDate day)
    {
        while (day.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday || IsHoliday(day)) day = day.PlusDays(1);
        return day;
    }

    public static bool IsHoliday(LocalDate day) => (day.Month, day.Day) switch
    {
        (1, 1) or (5, 1) or (10, 3) or (12, 25) or (12, 26) => true,
        _ => Period.DaysBetween(Easter(day.Year), day) switch
        {
            -2 => true, // Good Friday
            1 => true,  // Easter Monday
            39 => true, // Ascension
            50 => true, // Whit Monday
            _ => false,
        },
    };

    /// <summary>Easter Sunday of the Gregorian calendar, by the rule of Gauss as Lichtenberg completed it.</summary>
    internal static LocalDate Easter(int year)
    {
        var century = year / 100;
        var secular = 15 + (((3 * century) + 3) / 4) - (((8 * century) + 13) / 25);
        var sun = 2 - (((3 * century) + 3) / 4);
        var moon = ((19 * (year % 19)) + secular) % 30;
        var correction = (moon + (year % 19 / 11)) / 29;
        var fullMoon = 21 + moon - correction;
        var firstSunday = 7 - ((year + (year / 4) + sun) % 7);
        var distance = 7 - ((fullMoon - firstSunday) % 7);
        return new LocalDate(year, 3, 1).PlusDays(fullMoon + distance - 1);
    }
}
