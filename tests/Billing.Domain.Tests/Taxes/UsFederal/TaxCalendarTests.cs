using Billing.Domain.Taxes.UsFederal;
using NodaTime;
using NodaTime.Text;

namespace Billing.Domain.Tests.Taxes.UsFederal;

public sealed class TaxCalendarTests
{
    [Theory]
    [InlineData(2021, "2021-04-15 2021-06-15 2021-09-15 2022-01-18", "2022-01-31", "2022-04-18")]
    [InlineData(2022, "2022-04-18 2022-06-15 2022-09-15 2023-01-17", "2023-01-31", "2023-04-18")]
    [InlineData(2023, "2023-04-18 2023-06-15 2023-09-15 2024-01-16", "2024-01-31", "2024-04-15")]
    [InlineData(2024, "2024-04-15 2024-06-17 2024-09-16 2025-01-15", "2025-01-31", "2025-04-15")]
    [InlineData(2025, "2025-04-15 2025-06-16 2025-09-15 2026-01-15", "2026-02-02", "2026-04-15")]
    [InlineData(2026, "2026-04-15 2026-06-15 2026-09-15 2027-01-15", "2027-02-01", "2027-04-15")]
    [InlineData(2027, "2027-04-15 2027-06-15 2027-09-15 2028-01-18", "2028-01-31", "2028-04-18")]
    [InlineData(2028, "2028-04-18 2028-06-15 2028-09-15 2029-01-16", "2029-01-31", "2029-04-17")]
    public void Deadlines_move_off_weekends_and_holidays(int year, string deadlines, string fourth, string taxReturn)
    {
        var calendar = TaxCalendar.For(year);

        Assert.Equal(deadlines, string.Join(" ", calendar.Instalments.Select(due => Text(due.DeadlineOn))));
        Assert.Equal(fourth, Text(calendar.FileInsteadOfFourthOn));
        Assert.Equal(taxReturn, Text(calendar.ReturnDueOn));
    }

    [Fact]
    public void Statutory_dates_and_periods_never_move()
    {
        var dates = TaxCalendar.For(2024).Instalments.Select(due => $"{Text(due.PeriodEnd)} {Text(due.StatutoryOn)}");

        Assert.Equal(
            ["2024-03-31 2024-04-15", "2024-05-31 2024-06-15", "2024-08-31 2024-09-15", "2024-12-31 2025-01-15"],
            dates);
    }

    [Theory]
    [InlineData("2024-06-17", 2)]
    [InlineData("2024-06-18", 3)]
    [InlineData("2023-12-31", 1)]
    [InlineData("2025-01-15", 4)]
    [InlineData("2025-01-16", null)]
    public void The_next_date_is_the_first_whose_deadline_is_not_over(string day, int? number) =>
        Assert.Equal(number, TaxCalendar.For(2024).Next(LocalDatePattern.Iso.Parse(day).Value)?.Number);

    [Theory]
    [InlineData("2026-01-01")] // New Year
    [InlineData("2026-01-19")] // Martin Luther King
    [InlineData("2025-01-20")] // Inauguration Day
    [InlineData("2026-02-16")] // Presidents Day
    [InlineData("2026-04-16")] // Emancipation Day
    [InlineData("2026-05-25")] // Memorial Day
    [InlineData("2026-06-19")] // Juneteenth
    [InlineData("2026-07-03")] // Independence Day, kept on the Friday
    [InlineData("2027-07-05")] // Independence Day, kept on the Monday
    [InlineData("2026-09-07")] // Labor Day
    [InlineData("2026-10-12")] // Columbus Day
    [InlineData("2026-11-11")] // Veterans Day
    [InlineData("2026-11-26")] // Thanksgiving
    [InlineData("2026-12-25")] // Christmas
    [InlineData("2021-12-31")] // New Year, kept in the year before
    public void Keeps_the_holidays_of_the_district(string day) =>
        Assert.True(LegalHolidays.IsObserved(LocalDatePattern.Iso.Parse(day).Value));

    [Theory]
    [InlineData("2026-01-20")]
    [InlineData("2026-01-12")]
    [InlineData("2026-05-18")]
    [InlineData("2026-07-06")]
    [InlineData("2026-11-19")]
    [InlineData("2020-06-19")]
    public void Works_on_other_days(string day) =>
        Assert.False(LegalHolidays.IsObserved(LocalDatePattern.Iso.Parse(day).Value));

    private static string Text(LocalDate day) => LocalDatePattern.Iso.Format(day);
}
