using Billing.Domain.TimeTracking;
using NodaTime;
using static Billing.Domain.Tests.TimeTracking.Desk;
using static Billing.Domain.TimeTracking.TimesheetEvent;

namespace Billing.Domain.Tests.TimeTracking;

public sealed class OverlapTests
{
    private static readonly TimesheetEvent Morning = Logged(1, "2026-04-03 09:00", "2026-04-03 12:00");

    [Theory]
    [InlineData("2026-04-03 08:00", "2026-04-03 09:01")]
    [InlineData("2026-04-03 11:59", "2026-04-03 13:00")]
    [InlineData("2026-04-03 10:00", "2026-04-03 11:00")]
    [InlineData("2026-04-03 08:00", "2026-04-03 13:00")]
    [InlineData("2026-04-03 09:00", "2026-04-03 12:00")]
    public void Refuses_time_that_is_taken(string start, string end) =>
        Timesheet.Stream.Given(Morning).When(Log(2, start, end)).ThenRefused("time-overlap", "/startedAt");

    [Theory]
    [InlineData("2026-04-03 08:00", "2026-04-03 09:00")]
    [InlineData("2026-04-03 12:00", "2026-04-03 13:00")]
    public void Touching_is_legal(string start, string end) =>
        Timesheet.Stream.Given(Morning).When(Log(2, start, end)).Then(Logged(2, start, end));

    [Fact]
    public void The_refusal_names_what_is_in_the_way_in_local_time()
    {
        var rejection = Timesheet.Stream.Given(Morning, Logged(3, "2026-04-03 13:00", "2026-04-03 13:30"))
            .When(Log(2, "2026-04-03 11:00", "2026-04-03 14:00")).ThenRefused("time-overlap", "/startedAt");
        Assert.Equal(
            $"This overlaps with entry {Id(1):D} from 2026-04-03 09:00:00 to 2026-04-03 12:00:00; "
            + $"entry {Id(3):D} from 2026-04-03 13:00:00 to 2026-04-03 13:30:00 (Europe/Helsinki). "
            + "Change the times, or correct or remove those first.",
            rejection.Detail);
    }

    [Fact]
    public void The_refusal_names_five_and_counts_the_rest()
    {
        var hours = Enumerable.Range(0, 7).Select(i => Logged(10 + i, $"2026-04-02 0{i}:00", $"2026-04-02 0{i}:30"));
        var rejection = Timesheet.Stream.Given(hours).When(Log(2, "2026-04-02 00:00", "2026-04-02 08:00"))
            .ThenRefused("time-overlap", "/startedAt");
        Assert.Contains(
            $"{Id(14):D} from 2026-04-02 04:00:00 to 2026-04-02 04:30:00; and 2 more", rejection.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_running_timer_takes_all_time_from_its_start()
    {
        var running = Timesheet.Stream.Given(Started(1, "2026-04-03 09:00"));
        var rejection = running.When(Log(2, "2026-04-03 16:00", "2026-04-03 17:00")).ThenRefused("time-overlap", "/startedAt");
        Assert.Contains($"the timer {Id(1):D}, which runs since 2026-04-03 09:00:00", rejection.Detail, StringComparison.Ordinal);
        running.When(Log(2, "2026-04-03 08:00", "2026-04-03 09:01")).ThenRefused("time-overlap", "/startedAt");
        running.When(Log(2, "2026-04-03 08:00", "2026-04-03 09:00")).Then(Logged(2, "2026-04-03 08:00", "2026-04-03 09:00"));
    }

    [Fact]
    public void A_timer_that_runs_since_another_week_counts_too()
    {
        var running = Sheet(Started(1, "2026-03-27 09:00"));
        var log = Log(2, "2026-04-03 16:00", "2026-04-03 17:00");
        Timesheet.Stream.Given().When(log, new AdjacentWeeks(running, TimesheetState.Empty)).ThenRefused("time-overlap", "/startedAt");
        Timesheet.Stream.Given()
            .When(log, new AdjacentWeeks(TimesheetState.Empty, TimesheetState.Empty, running.Running))
            .ThenRefused("time-overlap", "/startedAt");
    }

    [Fact]
    public void Sunday_nights_reach_into_monday()
    {
        var sundayNight = Sheet(Logged(1, "2026-03-29 22:00", "2026-03-30 02:00"));
        var before = new AdjacentWeeks(sundayNight, TimesheetState.Empty);
        Timesheet.Stream.Given().When(Log(2, "2026-03-30 01:59", "2026-03-30 03:00"), before)
            .ThenRefused("time-overlap", "/startedAt");
        Timesheet.Stream.Given().When(Log(2, "2026-03-30 02:00", "2026-03-30 03:00"), before)
            .Then(Logged(2, "2026-03-30 02:00", "2026-03-30 03:00"));
    }

    [Fact]
    public void This_sundays_night_stops_at_next_mondays_work()
    {
        var after = new AdjacentWeeks(TimesheetState.Empty, Sheet(Logged(1, "2026-04-06 01:00", "2026-04-06 02:00")));
        var log = Log(2, "2026-04-05 22:00", "2026-04-06 01:01") with { At = Now + Duration.FromDays(7) };
        Timesheet.Stream.Given().When(log, after).ThenRefused("time-overlap", "/startedAt");
        Timesheet.Stream.Given().When(log with { Time = Between("2026-04-05 22:00", "2026-04-06 01:00") }, after)
            .Then(Logged(2, "2026-04-05 22:00", "2026-04-06 01:00") with { LoggedAt = log.At });
    }

    [Fact]
    public void Removed_work_and_work_without_times_is_not_in_the_way()
    {
        Timesheet.Stream.Given(Morning, new TimeEntryRemoved(Id(1), Now)).When(Log(2, "2026-04-03 09:00", "2026-04-03 12:00"))
            .Then(Logged(2, "2026-04-03 09:00", "2026-04-03 12:00"));
        Timesheet.Stream.Given(LoggedOnDay(1, "2026-04-03", 3600)).When(Log(2, "2026-04-03 09:00", "2026-04-03 12:00"))
            .Then(Logged(2, "2026-04-03 09:00", "2026-04-03 12:00"));
        Timesheet.Stream.Given(Morning).When(Log(2, OnDay("2026-04-03", 3600))).Then(LoggedOnDay(2, "2026-04-03", 3600));
    }
}
