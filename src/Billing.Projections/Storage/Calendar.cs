using NodaTime;

namespace Billing.Projections.Storage;

/// <summary>
/// Dates as the tables hold them: 31 January 2026 is 20260131, which sorts, and without its last two digits is a month.
/// </summary>
internal static class Calendar
{
    public static long Number(LocalDate date) => (date.Year * 10_000L) + (date.Month * 100L) + date.Day;

    public static LocalDate Date(long number) =>
        new((int)(number / 10_000), (int)(number / 100 % 100), (int)(number % 100));

    public static YearMonth Month(long number) => new((int)(number / 100), (int)(number % 100));
}
