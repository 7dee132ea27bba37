using Billing.Domain.TimeTracking;
using CsCheck;
using NodaTime;
using NodaTime.Text;
using static Billing.Domain.Tests.TimeTracking.Desk;

namespace Billing.Domain.Tests.TimeTracking;

public sealed class TimesheetWeekTests
{
    // ISO 8601: week 1 is the week with the year's first Thursday.
    [Theory]
    [InlineData("2026-03-30", "2026-W14")]
    [InlineData("2026-04-05", "2026-W14")]
    [InlineData("2026-04-06", "2026-W15")]
    [InlineData("2021-01-03", "2020-W53")]
    [InlineData("2021-01-04", "2021-W01")]
    [InlineData("2024-12-30", "2025-W01")]
    [InlineData("2000-01-03", "2000-W01")]
    [InlineData("2199-12-29", "2199-W52")]
    public void A_day_is_in_its_iso_week(string day, string week) =>
        Assert.Equal(week, TimesheetWeek.Of(Assistant, LocalDatePattern.Iso.Parse(day).Value).IsoText);

    [Fact]
    public void A_week_names_its_stream()
    {
        Assert.Equal("0000000a-0000-7000-8000-000000000001-2026-W14", Week.StreamId);
        Assert.Equal("timesheet-0000000a-0000-7000-8000-000000000001-2026-W14", Week.StreamName);
    }

    [Fact]
    public void Weeks_follow_each_other_without_a_gap_and_read_back_from_their_names() =>
        Gen.Int[0, 72_000].Select(TimesheetWeek.EarliestDay.PlusDays).Sample(day =>
        {
            var week = TimesheetWeek.Of(Assistant, day);
            Assert.True(week.Contains(day));
            Assert.Equal(IsoDayOfWeek.Monday, week.FirstDay.DayOfWeek);
            Assert.Equal(week.FirstDay.PlusDays(6), week.LastDay);
            Assert.Equal(week.LastDay.PlusDays(1), week.Next.FirstDay);
            Assert.Equal(week, week.Next.Previous);
            Assert.True(TimesheetWeek.TryParseStreamName(week.StreamName, out var read));
            Assert.Equal(week, read);
        });

    [Theory]
    [InlineData("2026-W53", true)]
    [InlineData("2025-W53", false)]
    [InlineData("2026-W00", false)]
    [InlineData("2026-W1", false)]
    [InlineData("2026-w14", false)]
    [InlineData("2026W14", false)]
    [InlineData("1999-W52", false)]
    [InlineData("2200-W01", false)]
    [InlineData("2026-W+1", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_weeks_that_exist_in_our_years_are_read(string? text, bool isWeek) =>
        Assert.Equal(isWeek, TimesheetWeek.TryParse(Assistant, text, out _));

    [Theory]
    [InlineData("timesheet-0000000a-0000-7000-8000-000000000001-2026-W54")]
    [InlineData("timesheet-0000000A-0000-7000-8000-000000000001-2026-W14")]
    [InlineData("timesheet-0000000a-0000-7000-8000-000000000001")]
    [InlineData("invoice-0000000a-0000-7000-8000-000000000001-2026-W14")]
    [InlineData("timesheet-")]
    [InlineData(null)]
    public void Other_names_are_no_timesheets(string? name) => Assert.False(TimesheetWeek.TryParseStreamName(name, out _));

    [Fact]
    public void A_day_beyond_our_years_counts_to_the_nearest_week_so_that_it_can_be_refused()
    {
        Assert.Equal("2000-W01", TimesheetWeek.Of(Assistant, LocalDate.MinIsoValue).IsoText);
        Assert.Equal("2199-W52", TimesheetWeek.Of(Assistant, LocalDate.MaxIsoValue).IsoText);
        Assert.Equal("2000-W01", TimesheetWeek.Of(Assistant, Instant.MinValue, Helsinki).IsoText);
        Assert.Equal("2199-W52", TimesheetWeek.Of(Assistant, Instant.MaxValue, Helsinki).IsoText);
        Assert.Equal("2199-W52", TimesheetWeek.Of(Assistant, LocalDate.MaxIsoValue).Next.IsoText);
    }

    [Fact]
    public void The_week_of_work_is_the_one_of_its_start_in_the_assistants_zone()
    {
        var sundayNight = At("2026-04-05 23:59", "America/New_York");
        var log = Log(1, new TimeSpent.Between(sundayNight, sundayNight + Duration.FromHours(2)));
        Assert.Equal("2026-W15", log.Week.IsoText);
        Assert.Equal("2026-W14", (log with { Zone = DateTimeZoneProviders.Tzdb["America/New_York"] }).Week.IsoText);
        Assert.Equal("2026-W14", Log(1, OnDay("2026-04-05", 60)).Week.IsoText);
        Assert.Equal("2026-W14", Start(1, "2026-04-05 23:59").Week.IsoText);
        Assert.Equal("2026-W15", Start(1, "2026-04-06 00:00").Week.IsoText);
    }
}
