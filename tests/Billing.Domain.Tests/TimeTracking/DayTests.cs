using Billing.Domain.TimeTracking;
using NodaTime;
using static Billing.Domain.Tests.TimeTracking.Desk;
using static Billing.Domain.TimeTracking.TimesheetEvent;

namespace Billing.Domain.Tests.TimeTracking;

/// <summary>Days are the assistant's local ones, as long as they really are.</summary>
public sealed class DayTests
{
    private const long Hour = 3600;

    private static readonly Instant Winter = At("2026-12-01 12:00");

    // kimai: 03:05 EEST to 06:00 EET on the autumn night is 3 h 55 min, not 2 h 55 min.
    [Fact]
    public void The_autumn_night_has_an_hour_more()
    {
        var start = Instant.FromUtc(2026, 10, 25, 0, 5);
        var end = At("2026-10-25 06:00");
        Assert.Equal(new LocalDateTime(2026, 10, 25, 3, 5), start.InZone(Helsinki).LocalDateTime);
        var outcome = Timesheet.Stream.Given().When(Log(1, new TimeSpent.Between(start, end)) with { At = Winter });
        outcome.Then(new TimeEntryLogged(
            Id(1), Assistant, EngagementId, ClientId, "Mails", true, new LocalDate(2026, 10, 25), start, end,
            3 * Hour + 55 * 60, "Europe/Helsinki", Winter));
    }

    [Fact]
    public void The_spring_night_has_an_hour_less()
    {
        Timesheet.Stream.Given(Started(1, "2026-03-29 02:30"))
            .When(new StopTimer(Id(1), At("2026-03-29 04:30"), Now))
            .Then(new TimerStopped(Id(1), At("2026-03-29 04:30"), Hour));
    }

    [Fact]
    public void Half_past_midnight_on_the_first_belongs_to_the_month_that_begins_east_of_utc()
    {
        var kathmandu = DateTimeZoneProviders.Tzdb["Asia/Kathmandu"];
        var start = At("2026-04-01 00:30", "Asia/Kathmandu");
        Assert.Equal(new LocalDate(2026, 3, 31), start.InUtc().Date);
        var log = Log(1, new TimeSpent.Between(start, start + Duration.FromHours(1))) with { Zone = kathmandu };
        Timesheet.Stream.Given().When(log).Then(new TimeEntryLogged(
            Id(1), Assistant, EngagementId, ClientId, "Mails", true, new LocalDate(2026, 4, 1), start,
            start + Duration.FromHours(1), Hour, "Asia/Kathmandu", Now));
    }

    [Theory]
    [InlineData("2026-03-31", 24)]
    [InlineData("2026-03-29", 23)]
    [InlineData("2025-10-26", 25)]
    public void A_day_holds_as_many_hours_as_it_has(string day, int hours)
    {
        var nearlyFull = Timesheet.Stream.Given(LoggedOnDay(1, day, 20 * Hour), LoggedOnDay(9, "2026-03-28", 20 * Hour));
        nearlyFull.When(Log(2, OnDay(day, (hours - 20) * Hour))).Then(LoggedOnDay(2, day, (hours - 20) * Hour));
        var rejection = nearlyFull.When(Log(2, OnDay(day, (hours - 20) * Hour + 1))).ThenRefused("day-full");
        Assert.Contains($"{hours}:00:01 h of work on {day}, which has {hours}:00:00 h", rejection.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Lord_howes_autumn_day_has_half_an_hour_more()
    {
        var log = Log(1, OnDay("2026-04-05", 24 * Hour)) with
        {
            Zone = DateTimeZoneProviders.Tzdb["Australia/Lord_Howe"],
            At = Winter,
        };
        var given = Timesheet.Stream.Given(LoggedOnDay(2, "2026-04-05", Hour / 2) with { TimeZone = "Australia/Lord_Howe" });
        given.When(log).Then(LoggedOnDay(1, "2026-04-05", 24 * Hour) with { TimeZone = "Australia/Lord_Howe", LoggedAt = Winter });
        Timesheet.Stream.Given(LoggedOnDay(2, "2026-04-05", Hour / 2 + 1)).When(log).ThenRefused("day-full");
    }

    [Fact]
    public void A_day_that_a_zone_skipped_holds_nothing()
    {
        // Samoa went from 2011-12-29 to 2011-12-31 when it changed sides of the date line.
        var log = Log(1, OnDay("2011-12-30", 1)) with { Zone = DateTimeZoneProviders.Tzdb["Pacific/Apia"] };
        Timesheet.Stream.Given().When(log).ThenRefused("day-full");
    }

    [Fact]
    public void Intervals_count_with_the_part_that_lies_in_the_day()
    {
        TimesheetEvent[] nights =
            [Logged(1, "2026-03-30 18:00", "2026-03-31 06:00"), Logged(2, "2026-03-31 20:00", "2026-04-01 06:00")];
        // 6 and 4 hours of the nights lie on the 31st, which leaves 14.
        Timesheet.Stream.Given(nights).When(Log(3, OnDay("2026-03-31", 14 * Hour))).Then(LoggedOnDay(3, "2026-03-31", 14 * Hour));
        Timesheet.Stream.Given(nights).When(Log(3, OnDay("2026-03-31", 14 * Hour + 1))).ThenRefused("day-full");
    }

    [Fact]
    public void An_interval_is_refused_where_it_does_not_fit_into_either_of_its_days()
    {
        var monday = LoggedOnDay(1, "2026-03-30", 22 * Hour);
        var tuesday = LoggedOnDay(2, "2026-03-31", 22 * Hour);
        var night = Log(3, "2026-03-30 21:00", "2026-03-31 02:00");
        Timesheet.Stream.Given(monday).When(night).ThenRefused("day-full");
        Timesheet.Stream.Given(tuesday).When(night with { Time = Between("2026-03-30 21:00", "2026-03-31 02:01") })
            .ThenRefused("day-full");
        Timesheet.Stream.Given(tuesday).When(night).Then(Logged(3, "2026-03-30 21:00", "2026-03-31 02:00"));
    }

    [Fact]
    public void Last_sundays_night_counts_on_monday()
    {
        var before = new AdjacentWeeks(Sheet(Logged(1, "2026-03-29 22:00", "2026-03-30 02:00")), TimesheetState.Empty);
        Timesheet.Stream.Given().When(Log(2, OnDay("2026-03-30", 22 * Hour)), before)
            .Then(LoggedOnDay(2, "2026-03-30", 22 * Hour));
        Timesheet.Stream.Given().When(Log(2, OnDay("2026-03-30", 22 * Hour + 1)), before).ThenRefused("day-full");
    }

    [Fact]
    public void A_timer_counts_as_far_as_it_has_run()
    {
        var running = Timesheet.Stream.Given(Started(1, "2026-04-03 12:00"));
        running.When(Log(2, OnDay("2026-04-03", 18 * Hour))).Then(LoggedOnDay(2, "2026-04-03", 18 * Hour));
        running.When(Log(2, OnDay("2026-04-03", 18 * Hour + 1))).ThenRefused("day-full");
        Timesheet.Stream.Given(Started(1, "2026-04-03 12:00"), LoggedOnDay(2, "2026-04-03", 18 * Hour + 1))
            .When(new StopTimer(Id(1), null, Now)).ThenRefused("day-full");
    }
}
