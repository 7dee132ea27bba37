using Billing.Domain.Taxes.UsFederal;
using CsCheck;
using NodaTime;

namespace Billing.Domain.Tests.Taxes.UsFederal;

public sealed class TaxDatesTests
{
    [Theory]
    [InlineData("2026-01-01", 2025, 4)]
    [InlineData("2026-01-15", 2025, 4)]
    [InlineData("2026-01-16", 2026, 1)]
    [InlineData("2026-06-15", 2026, 2)]
    [InlineData("2026-12-31", 2026, 4)]
    public void The_next_date_may_be_of_the_year_before(string day, int year, int number)
    {
        var next = TaxDates.Next(Day(day));
        Assert.Equal((year, number), (next.Year, next.Due.Number));
    }

    [Theory]
    [InlineData("2026-06-07", false)]
    [InlineData("2026-06-08", true)]
    [InlineData("2026-06-15", true)]
    [InlineData("2026-06-16", false)]
    public void A_reminder_is_due_from_so_many_days_before_until_the_deadline(string day, bool isDue) =>
        Assert.Equal(isDue, TaxDates.ToRemindOf(Day(day), daysBefore: 7) is not null);

    [Fact]
    public void There_is_always_a_next_date_within_four_months() => Gen.Int[0, 3650].Sample(days =>
    {
        var day = new LocalDate(2024, 1, 1).PlusDays(days);
        Assert.InRange(Period.DaysBetween(day, TaxDates.Next(day).Due.DeadlineOn), 0, 125);
    });

    private static LocalDate Day(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;
}
