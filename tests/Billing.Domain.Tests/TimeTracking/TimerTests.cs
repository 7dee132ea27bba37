using Billing.Domain.TimeTracking;
using NodaTime;
using static Billing.Domain.Tests.TimeTracking.Desk;
using static Billing.Domain.TimeTracking.TimesheetEvent;

namespace Billing.Domain.Tests.TimeTracking;

public sealed class TimerTests
{
    private static readonly StopTimer Stop = new(Id(1), null, Now);

    [Fact]
    public void Starts_now_to_the_second_and_on_the_assistants_day() =>
        Timesheet.Stream.Given().When(Start(1) with { At = Now + Duration.FromMilliseconds(999) })
            .Then(Started(1, "2026-04-03 18:00"));

    [Fact]
    public void Starts_in_the_past_where_that_is_said() =>
        Timesheet.Stream.Given().When(Start(1, "2026-04-03 09:00")).Then(Started(1, "2026-04-03 09:00"));

    [Fact]
    public void Refuses_to_start_in_the_future()
    {
        Timesheet.Stream.Given().When(Start(1, "2026-04-03 18:01")).ThenRefused("in-the-future", "/startedAt");
        Timesheet.Stream.Given().When(Start(1) with { StartedAt = Instant.MaxValue })
            .ThenRefused("date-out-of-range", "/startedAt");
    }

    [Fact]
    public void Starting_again_changes_nothing_while_it_runs_and_afterwards()
    {
        var later = Start(1) with { At = Now + Duration.FromHours(1) };
        TimesheetEvent[] ran = [Started(1, "2026-04-03 09:00"), new TimerStopped(Id(1), At("2026-04-03 10:00"), 3600)];
        Timesheet.Stream.Given(Started(1, "2026-04-03 09:00")).When(later).ThenNothing();
        Timesheet.Stream.Given(Started(1, "2026-04-03 09:00")).When(Start(1, "2026-04-03 09:00")).ThenNothing();
        Timesheet.Stream.Given(ran).When(later).ThenNothing();
        Timesheet.Stream.Given([.. ran, new TimeEntryRemoved(Id(1), Now)]).When(later).ThenNothing();
        Timesheet.Stream.Given().When(later, new AdjacentWeeks(Sheet(ran), TimesheetState.Empty)).ThenNothing();
    }

    [Fact]
    public void Refuses_another_timer_under_the_same_id()
    {
        var given = Timesheet.Stream.Given(Started(1, "2026-04-03 09:00"));
        given.When(Start(1) with { Note = "Calls" }).ThenRefused("id-taken", "/id");
        given.When(Start(1) with { Billable = false }).ThenRefused("id-taken", "/id");
        given.When(Start(1, "2026-04-03 09:01")).ThenRefused("id-taken", "/id");
        given.When(Start(1) with { EngagementId = OtherEngagementId }, engagement: Calls).ThenRefused("id-taken", "/id");
        Timesheet.Stream.Given(Logged(1, "2026-04-03 09:00", "2026-04-03 10:00")).When(Start(1)).ThenRefused("id-taken", "/id");
    }

    [Fact]
    public void Only_one_timer_runs_in_this_week_the_ones_around_or_any_other()
    {
        TimesheetEvent running = Started(1, "2026-04-03 09:00");
        var empty = TimesheetState.Empty;
        Timesheet.Stream.Given(running).When(Start(2)).ThenRefused("timer-running");
        var none = Timesheet.Stream.Given();
        none.When(Start(2), new AdjacentWeeks(Sheet(running), empty)).ThenRefused("timer-running");
        none.When(Start(2), new AdjacentWeeks(empty, Sheet(running))).ThenRefused("timer-running");
        var rejection = none.When(Start(2), new AdjacentWeeks(empty, empty, Sheet(running).Running)).ThenRefused("timer-running");
        Assert.Contains($"{Id(1):D} runs since 2026-04-03 09:00:00 (Europe/Helsinki)", rejection.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_timer_known_from_elsewhere_counts_no_more_once_its_week_says_that_it_stopped()
    {
        TimesheetEvent started = Started(1, "2026-04-03 09:00");
        var lagging = new AdjacentWeeks(TimesheetState.Empty, TimesheetState.Empty, Sheet(started).Running);
        Timesheet.Stream.Given(started, new TimerStopped(Id(1), At("2026-04-03 10:00"), 3600)).When(Start(2), lagging)
            .Then(Started(2, "2026-04-03 18:00"));
    }

    [Fact]
    public void Refuses_to_start_over_work_that_is_logged_already_but_not_where_it_touches()
    {
        var given = Timesheet.Stream.Given(Logged(1, "2026-04-03 16:00", "2026-04-03 17:00"));
        given.When(Start(2, "2026-04-03 16:59")).ThenRefused("time-overlap", "/startedAt");
        given.When(Start(2, "2026-04-03 12:00")).ThenRefused("time-overlap", "/startedAt");
        given.When(Start(2, "2026-04-03 17:00")).Then(Started(2, "2026-04-03 17:00"));
    }

    [Fact]
    public void Stops_now_or_when_it_is_said_that_it_ended()
    {
        var running = Timesheet.Stream.Given(Started(1, "2026-04-03 09:00"));
        running.When(Stop).Then(new TimerStopped(Id(1), Now, 9 * 3600));
        running.When(Stop with { At = Now + Duration.FromMilliseconds(999) }).Then(new TimerStopped(Id(1), Now, 9 * 3600));
        running.When(Stop with { EndedAt = At("2026-04-03 09:01") })
            .Then(new TimerStopped(Id(1), At("2026-04-03 09:01"), 60));
    }

    [Fact]
    public void A_stopped_timer_is_an_entry()
    {
        var sheet = Sheet(Started(1, "2026-04-03 09:00"), new TimerStopped(Id(1), At("2026-04-03 10:00"), 3600));
        Assert.Null(sheet.Running);
        var expected = new TimeEntry(
            Id(1), Assistant, EngagementId, ClientId, "Mails", true, new LocalDate(2026, 4, 3), At("2026-04-03 09:00"),
            At("2026-04-03 10:00"), 3600, "Europe/Helsinki", null, Started(1, "2026-04-03 09:00"));
        Assert.Equal(expected, Assert.Single(sheet.Entries).Value);
    }

    [Fact]
    public void Refuses_to_end_in_the_future_or_before_it_began()
    {
        var running = Timesheet.Stream.Given(Started(1, "2026-04-03 09:00"));
        running.When(Stop with { EndedAt = At("2026-04-03 18:01") }).ThenRefused("in-the-future", "/endedAt");
        running.When(Stop with { EndedAt = At("2026-04-03 09:00") }).ThenRefused("end-not-after-start", "/endedAt");
        running.When(Stop with { EndedAt = Instant.MinValue }).ThenRefused("date-out-of-range", "/endedAt");
        running.When(Stop with { At = At("2026-04-03 09:00") + Duration.FromMilliseconds(999) }).ThenRefused("timer-too-short");
        running.When(Stop with { At = At("2026-04-03 09:00") + Duration.FromSeconds(1) })
            .Then(new TimerStopped(Id(1), At("2026-04-03 09:00") + Duration.FromSeconds(1), 1));
    }

    [Fact]
    public void A_timer_that_was_forgotten_for_more_than_a_day_needs_its_end_said()
    {
        var running = Timesheet.Stream.Given(Started(1, "2026-03-31 09:00"));
        running.When(Stop with { At = At("2026-04-01 09:00") })
            .Then(new TimerStopped(Id(1), At("2026-04-01 09:00"), 24 * 3600, RanSeconds: 24 * 3600));
        var rejection = running.When(Stop with { At = At("2026-04-01 09:00") + Duration.FromSeconds(1) })
            .ThenRefused("timer-forgotten", "/endedAt");
        Assert.Contains("2026-03-31 09:00:00", rejection.Detail, StringComparison.Ordinal);
        running.When(Stop with { EndedAt = At("2026-03-31 17:00") })
            .Then(new TimerStopped(Id(1), At("2026-03-31 17:00"), 8 * 3600));
        running.When(Stop with { EndedAt = At("2026-04-01 09:01") }).ThenRefused("duration-too-long", "/endedAt");
    }

    [Fact]
    public void A_running_timer_can_be_thrown_away() =>
        Timesheet.Stream.Given(Started(1, "2026-04-03 09:00"))
            .When(new RemoveEntry(Id(1), Now)).Then(new TimeEntryRemoved(Id(1), Now));

    [Fact]
    public void Stopping_again_changes_nothing_but_another_end_is_a_correction()
    {
        var stopped = Timesheet.Stream.Given(
            Started(1, "2026-04-03 09:00"), new TimerStopped(Id(1), At("2026-04-03 10:00"), 3600));
        stopped.When(Stop).ThenNothing();
        stopped.When(Stop with { EndedAt = At("2026-04-03 10:00") }).ThenNothing();
        stopped.When(Stop with { EndedAt = At("2026-04-03 10:01") }).ThenRefused("timer-stopped", "/endedAt");
    }

    [Fact]
    public void Only_a_timer_can_be_stopped()
    {
        Timesheet.Stream.Given().When(Stop).ThenRefused("timer-unknown");
        Timesheet.Stream.Given(Logged(1, "2026-04-03 09:00", "2026-04-03 10:00")).When(Stop).ThenRefused("timer-unknown");
        Timesheet.Stream.Given(Started(2, "2026-04-03 09:00")).When(Stop).ThenRefused("timer-unknown");
        Timesheet.Stream.Given(Started(1, "2026-04-03 09:00"), new TimeEntryRemoved(Id(1), Now)).When(Stop)
            .ThenRefused("entry-removed");
    }

    [Fact]
    public void Refuses_to_stop_over_work_that_was_logged_in_between() =>
        Timesheet.Stream.Given(Started(1, "2026-04-03 09:00"), Logged(2, "2026-04-03 12:00", "2026-04-03 13:00"))
            .When(Stop).ThenRefused("time-overlap", "/startedAt");
}
