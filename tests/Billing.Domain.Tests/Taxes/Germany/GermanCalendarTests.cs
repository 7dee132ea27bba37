using Billing.Domain.SalesTax;
using Billing.Domain.Taxes.Germany;
using NodaTime;
using NodaTime.Text;
using static Billing.Domain.Tests.Taxes.Germany.GermanCases;

namespace Billing.Domain.Tests.Taxes.Germany;

public sealed class GermanCalendarTests
{
    [Theory]
    [InlineData(1954, "1954-04-18")]
    [InlineData(1981, "1981-04-19")]
    [InlineData(2019, "2019-04-21")]
    [InlineData(2024, "2024-03-31")]
    [InlineData(2025, "2025-04-20")]
    [InlineData(2026, "2026-04-05")]
    [InlineData(2038, "2038-04-25")]
    public void Easter_Monday_follows_the_Sunday(int year, string sunday)
    {
        var easter = Day(sunday);
        Assert.Equal(year, easter.Year);
        Assert.True(GermanCalendar.IsHoliday(easter.PlusDays(-2)) && GermanCalendar.IsHoliday(easter.PlusDays(1)));
        Assert.True(GermanCalendar.IsHoliday(easter.PlusDays(39)) && GermanCalendar.IsHoliday(easter.PlusDays(50)));
        Assert.False(GermanCalendar.IsHoliday(easter.PlusDays(2)) || GermanCalendar.IsHoliday(easter.PlusDays(60)));
    }

    [Theory]
    [InlineData(2019, "2019-03-11", "2019-06-11", "2019-09-10", "2019-12-10")] // 10 June 2019 was Whit Monday.
    [InlineData(2023, "2023-03-10", "2023-06-12", "2023-09-11", "2023-12-11")]
    [InlineData(2024, "2024-03-11", "2024-06-10", "2024-09-10", "2024-12-10")]
    [InlineData(2025, "2025-03-10", "2025-06-10", "2025-09-10", "2025-12-10")]
    [InlineData(2026, "2026-03-10", "2026-06-10", "2026-09-10", "2026-12-10")]
    public void Prepayments_are_due_on_the_tenth_or_the_next_working_day(int year, params string[] days) =>
        Assert.Equal(days.Select(Day), GermanCalendar.Prepayments(year).Select(date => date.DueOn));

    [Theory]
    [InlineData("2026-12-25", "2026-12-28")] // Christmas, its second day on a Saturday, and a Sunday.
    [InlineData("2026-05-01", "2026-05-04")]
    [InlineData("2026-10-03", "2026-10-05")]
    [InlineData("2026-01-01", "2026-01-02")]
    [InlineData("2026-04-03", "2026-04-07")] // Good Friday to Easter Monday.
    [InlineData("2026-04-08", "2026-04-08")]
    public void What_falls_on_a_holiday_moves(string day, string moved) =>
        Assert.Equal(Day(moved), GermanCalendar.NextWorkingDay(Day(day)));

    [Theory]
    [InlineData("2026-Q1", false, "2026-04-10")]
    [InlineData("2026-Q1", true, "2026-05-11")] // 10 May 2026 is a Sunday.
    [InlineData("2026-Q4", false, "2027-01-11")]
    [InlineData("2026-Q4", true, "2027-02-10")]
    [InlineData("2026-03", false, "2026-04-10")]
    [InlineData("2026-11", true, "2027-01-11")]
    public void Advance_returns_are_due_on_the_tenth_after_the_period(string text, bool hasExtension, string day)
    {
        Assert.True(SalesTaxPeriod.TryParse(text, out var period));
        Assert.Equal(Day(day), new VatReturnRhythm("", hasExtension, null, "").DueOn(Law(2026).VatReturns, period));
    }

    [Theory]
    [InlineData(2026, null, "quarter")]
    [InlineData(2026, "2000.00", "year")]
    [InlineData(2026, "2000.01", "quarter")]
    [InlineData(2026, "9000.00", "quarter")]
    [InlineData(2026, "9000.01", "month")]
    [InlineData(2026, "-50.00", "year")]
    [InlineData(2024, "1000.00", "year")]
    [InlineData(2024, "1000.01", "quarter")]
    [InlineData(2024, "7500.00", "quarter")]
    [InlineData(2024, "7500.01", "month")]
    public void How_often_goes_by_last_years_tax(int year, string? lastYear, string every)
    {
        decimal? vat = lastYear is null ? null : decimal.Parse(lastYear, System.Globalization.CultureInfo.InvariantCulture);
        var rhythm = VatReturnRhythm.Of(Law(year).VatReturns, isSmallBusiness: false, vat, hasExtension: true);

        Assert.Equal(every, rhythm.Every);
        Assert.Equal(every == "month", rhythm.SpecialPrepayment is not null);
        Assert.Equal("year", VatReturnRhythm.Of(Law(year).VatReturns, isSmallBusiness: true, vat, hasExtension: true).Every);
    }

    [Fact]
    public void A_monthly_filer_pays_an_eleventh_for_the_extension()
    {
        Assert.Equal(1_000m, VatReturnRhythm.Of(Law(2026).VatReturns, false, 11_010m, hasExtension: true).SpecialPrepayment);
        Assert.Null(VatReturnRhythm.Of(Law(2026).VatReturns, false, 11_010m, hasExtension: false).SpecialPrepayment);
        Assert.Null(VatReturnRhythm.Of(Law(2026).VatReturns, false, 5_000m, hasExtension: true).SpecialPrepayment);
    }

    [Theory]
    [InlineData(2026, true, "20000.00", "25000.00", SmallBusinessStanding.Fits)]
    [InlineData(2026, true, "20000.01", null, SmallBusinessStanding.Near)]
    [InlineData(2026, true, "25000.00", null, SmallBusinessStanding.Near)]
    [InlineData(2026, true, "25000.01", null, SmallBusinessStanding.EndsWithTheYear)]
    [InlineData(2026, true, "80000.01", null, SmallBusinessStanding.Near)]
    [InlineData(2026, true, "100000.00", null, SmallBusinessStanding.Near)]
    [InlineData(2026, true, "100000.01", null, SmallBusinessStanding.Over)]
    [InlineData(2026, true, "100.00", "25000.01", SmallBusinessStanding.Over)]
    [InlineData(2026, false, "100000.01", "25000.01", SmallBusinessStanding.NotClaimed)]
    [InlineData(2024, true, "22000.01", "22000.00", SmallBusinessStanding.EndsWithTheYear)]
    [InlineData(2024, true, "50000.01", null, SmallBusinessStanding.Over)]
    [InlineData(2024, true, "0", "22000.01", SmallBusinessStanding.Over)]
    public void A_small_business_is_warned_near_its_limits_and_over_them(
        int year, bool isClaimed, string turnover, string? prior, SmallBusinessStanding standing)
    {
        var watch = SmallBusiness.Watch(
            Law(year).SmallBusiness, isClaimed, Parse(turnover), prior is null ? null : Parse(prior));
        Assert.Equal(standing, watch.Standing);
        Assert.NotEmpty(watch.Message);
    }

    private static decimal Parse(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static LocalDate Day(string text) => LocalDatePattern.Iso.Parse(text).Value;
}
