using Billing.Domain.Access;
using Billing.Domain.TimeTracking;
using static Billing.Domain.Tests.TimeTracking.Desk;
using static Billing.Domain.TimeTracking.TimesheetEvent;

namespace Billing.Domain.Tests.TimeTracking;

/// <summary>What starting does while another timer runs, and what continuing takes over.</summary>
public sealed class SwitchingTests
{
    private static readonly TimerStarted Running = Started(1, "2026-04-03 09:00");
    private static readonly BusinessState StopsFirst =
        With(TimekeepingPolicy.Default with { WhileRunning = TimekeepingPolicy.StopFirst });

    [Fact]
    public void Starting_is_refused_while_a_timer_runs_unless_the_practice_has_it_otherwise()
    {
        Assert.Null(StopBefore(Sheet(Running), Start(2)));
        Timesheet.Stream.Given(Running).When(Start(2)).ThenRefused("timer-running");
        Assert.Equal(new StopTimer(Id(1), null, Now), StopBefore(Sheet(Running), Start(2), business: StopsFirst));
    }

    [Fact]
    public void Switching_stops_the_running_timer_whatever_the_policy_is()
    {
        var wish = Start(2, "2026-04-03 11:00") with { StopsRunning = true };
        Assert.Equal(new StopTimer(Id(1), At("2026-04-03 11:00"), Now), StopBefore(Sheet(Running), wish));

        var stopped = new TimerStopped(Id(1), At("2026-04-03 11:00"), 7200);
        Timesheet.Stream.Given(Running).When(StopBefore(Sheet(Running), wish)!).Then(stopped);
        Timesheet.Stream.Given(Running, stopped).When(wish).Then(Started(2, "2026-04-03 11:00"));
    }

    [Fact]
    public void The_timer_that_is_stopped_may_have_begun_in_any_week_before()
    {
        var wish = Start(2) with { StopsRunning = true };
        var monday = Started(1, "2026-03-23 09:00");
        Assert.Equal(Id(1), StopBefore(Sheet(), wish, new AdjacentWeeks(Sheet(monday), Sheet()))?.EntryId);
        var elsewhere = Sheet(Started(1, "2026-03-09 09:00")).Running;
        Assert.Equal(Id(1), StopBefore(Sheet(), wish, AdjacentWeeks.Empty with { RunningElsewhere = elsewhere })?.EntryId);
    }

    [Fact]
    public void Nothing_is_stopped_where_nothing_runs_or_the_start_is_a_retry()
    {
        Assert.Null(StopBefore(Sheet(), Start(2) with { StopsRunning = true }));
        Assert.Null(StopBefore(Sheet(Running), Start(1, "2026-04-03 09:00") with { StopsRunning = true }));
        Assert.Null(StopBefore(
            Sheet(Running, Logged(2, "2026-04-02 09:00", "2026-04-02 10:00")), Start(2) with { StopsRunning = true }));
    }

    [Fact]
    public void Continuing_takes_over_what_the_work_was_and_not_when()
    {
        var entry = Logged(1, "2026-04-02 09:00", "2026-04-02 10:00") with { Billable = false, Tags = ["calls"] };
        var (start, refusal) = Timesheet.Continuation(Sheet(entry), Continue(1));
        Assert.Null(refusal);
        Timesheet.Stream.Given(entry).When(start!)
            .Then(new TimerStarted(
                Id(2), Assistant, EngagementId, ClientId, "Mails", false, Now, new(2026, 4, 3), "Europe/Helsinki", ["calls"]));
    }

    [Fact]
    public void Only_an_entry_can_be_continued()
    {
        Refused("entry-unknown", Sheet());
        Refused("timer-running", Sheet(Running));
        Refused("entry-removed", Sheet(Logged(1, "2026-04-02 09:00", "2026-04-02 10:00"), new TimeEntryRemoved(Id(1), Now)));

        static void Refused(string code, TimesheetState state)
        {
            var (start, refusal) = Timesheet.Continuation(state, Continue(1));
            Assert.Null(start);
            Assert.Equal(code, refusal?.Code);
        }
    }

    private static ContinueTimer Continue(int id) => new(Id(2), Assistant, Id(id), Helsinki, StartedAt: null, Now);

    private static StopTimer? StopBefore(
        TimesheetState state, StartTimer wish, AdjacentWeeks? adjacent = null, BusinessState? business = null) =>
        Timesheet.StopBefore(state, wish, adjacent ?? AdjacentWeeks.Empty, business ?? Juniper);
}
