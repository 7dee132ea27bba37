using Billing.Domain.Access;
using Billing.Domain.TimeTracking;
using NodaTime;
using static Billing.Domain.Tests.TimeTracking.Desk;
using static Billing.Domain.TimeTracking.TimerResolution;
using static Billing.Domain.TimeTracking.TimesheetEvent;

namespace Billing.Domain.Tests.TimeTracking;

/// <summary>Started on Thursday at 9:00 and noticed on Friday at 18:00.</summary>
public sealed class ForgottenTimerTests
{
    private static readonly TimerStarted Forgotten = Started(1, "2026-04-02 09:00") with { Tags = ["calls"] };

    [Fact]
    public void A_timer_is_forgotten_from_the_second_on_that_the_policy_names()
    {
        var policy = new TimekeepingPolicy("refuse", 3600, 1800);
        var start = At("2026-04-02 09:00");
        Assert.False(ForgottenTimer.Is(start, policy, start + Duration.FromSeconds(3599)));
        Assert.True(ForgottenTimer.Is(start, policy, start + Duration.FromSeconds(3600)));
        Assert.Equal(start + Duration.FromSeconds(1800), ForgottenTimer.CutAt(start, policy, start + Duration.FromHours(1)));
        Assert.Equal(start + Duration.FromSeconds(60), ForgottenTimer.CutAt(start, policy, start + Duration.FromSeconds(60)));
    }

    [Fact]
    public void Keeping_ends_it_now_or_when_the_work_ended()
    {
        Stopped(new Keep(At("2026-04-02 17:30")), At("2026-04-02 17:30"), 30_600);
        var morning = Started(1, "2026-04-03 09:00");
        Assert.Equal(new StopTimer(Id(1), null, Now, IsSaid: true), Plan(new Keep(null), Sheet(morning)).Stop);
    }

    [Fact]
    public void More_than_a_day_is_no_entry_and_the_refusal_says_what_to_do()
    {
        var refusal = Timesheet.Stream.Given(Forgotten).When(Plan(new Keep(null)).Stop!).ThenRefused("timer-forgotten", "/endedAt");
        Assert.Contains("cut it, or split it", refusal.Detail, StringComparison.Ordinal);
        Timesheet.Stream.Given(Forgotten).When(Plan(new Keep(At("2026-04-03 09:01"))).Stop!)
            .ThenRefused("duration-too-long", "/endedAt");
    }

    [Theory]
    [InlineData(43_199, 43_199, null)]
    [InlineData(43_200, 43_200, 43_200L)]
    [InlineData(79_200, 79_200, 79_200L)]
    public void Stopping_a_forgotten_timer_keeps_its_time_and_notes_how_long_it_ran(long ran, long seconds, long? noted)
    {
        var now = Forgotten.StartedAt + Duration.FromSeconds(ran);
        Timesheet.Stream.Given(Forgotten).When(new StopTimer(Id(1), null, now), business: With(TimekeepingPolicy.Default))
            .Then(new TimerStopped(Id(1), now, seconds, noted));
    }

    [Theory]
    [InlineData(43_199, 43_199, null)]
    [InlineData(43_200, 28_800, 43_200L)]
    [InlineData(79_200, 28_800, 79_200L)]
    [InlineData(118_800, 28_800, 118_800L)]
    public void A_policy_that_caps_ends_the_entry_at_the_cap(long ran, long seconds, long? noted)
    {
        var now = Forgotten.StartedAt + Duration.FromSeconds(ran);
        Timesheet.Stream.Given(Forgotten)
            .When(new StopTimer(Id(1), null, now), business: With(TimekeepingPolicy.Default with { WhenForgotten = "cap" }))
            .Then(new TimerStopped(Id(1), Forgotten.StartedAt + Duration.FromSeconds(seconds), seconds, noted));
    }

    [Fact]
    public void Whoever_says_when_the_work_ended_is_believed()
    {
        var caps = With(TimekeepingPolicy.Default with { WhenForgotten = "cap" });
        var ended = At("2026-04-03 07:00");
        Timesheet.Stream.Given(Forgotten).When(new StopTimer(Id(1), ended, Now, IsSaid: true), business: caps)
            .Then(new TimerStopped(Id(1), ended, 79_200));
    }

    [Fact]
    public void A_start_that_stops_a_forgotten_timer_does_not_say_when_its_work_ended()
    {
        var policy = new TimekeepingPolicy("stop-first", 43_200, 28_800, "cap");
        var stop = Timesheet.StopBefore(
            Sheet(Forgotten), Start(2) with { StartedAt = At("2026-04-03 07:00") }, AdjacentWeeks.Empty, With(policy))!;
        Timesheet.Stream.Given(Forgotten).When(stop, business: With(policy))
            .Then(new TimerStopped(Id(1), At("2026-04-02 17:00"), 28_800, 79_200));
    }

    [Fact]
    public void Cutting_ends_it_at_the_policys_cap_or_at_a_given_time()
    {
        Stopped(new Cut(null), At("2026-04-02 17:00"), 8 * 3600);
        Stopped(new Cut(At("2026-04-02 12:00")), At("2026-04-02 12:00"), 3 * 3600);
        Assert.Equal(
            At("2026-04-02 10:00"),
            ForgottenTimer.Plan(
                Sheet(Forgotten), new ResolveTimer(Id(1), new Cut(null), Now), With(new TimekeepingPolicy("refuse", 7200, 3600)))
                .Stop!.EndedAt);
    }

    [Fact]
    public void Splitting_makes_an_entry_of_each_piece_and_the_first_keeps_the_timers_id()
    {
        var plan = Plan(new Split(
        [
            Piece(9, "2026-04-02 09:00", "2026-04-02 12:00"), Piece(2, "2026-04-02 13:00", "2026-04-02 17:00"),
            Piece(3, "2026-04-03 09:00", "2026-04-03 10:00"),
        ]));
        var stopped = new TimerStopped(Id(1), At("2026-04-02 12:00"), 3 * 3600);
        Timesheet.Stream.Given(Forgotten).When(plan.Stop!).Then(stopped);
        Assert.Equal(2, plan.Others.Count);
        var afternoon = Logged(2, "2026-04-02 13:00", "2026-04-02 17:00") with { Tags = ["calls"] };
        Timesheet.Stream.Given(Forgotten, stopped).When(plan.Others[0]).Then(afternoon);
        Timesheet.Stream.Given(Forgotten, stopped, afternoon).When(plan.Others[1])
            .Then(Logged(3, "2026-04-03 09:00", "2026-04-03 10:00") with { Tags = ["calls"] });
    }

    [Fact]
    public void Pieces_that_touch_are_fine()
    {
        var plan = Plan(new Split(
            [Piece(9, "2026-04-02 09:00", "2026-04-02 12:00"), Piece(2, "2026-04-02 12:00", "2026-04-02 13:00")]));
        Assert.Null(plan.Refusal);
    }

    [Fact]
    public void Pieces_begin_with_the_timer_and_come_one_after_the_other()
    {
        var morning = Piece(9, "2026-04-02 09:00", "2026-04-02 12:00");
        Refused("pieces-out-of-range", "/pieces", morning);
        Refused("pieces-out-of-range", "/pieces", [.. Enumerable.Repeat(morning, ForgottenTimer.MostPieces + 1)]);
        Refused(
            "piece-outside-timer", "/pieces/0/startedAt", Piece(9, "2026-04-02 09:01", "2026-04-02 12:00"),
            Piece(2, "2026-04-02 13:00", "2026-04-02 14:00"));
        Refused("pieces-out-of-order", "/pieces/1/startedAt", morning, Piece(2, "2026-04-02 11:59", "2026-04-02 13:00"));
        Refused("id-taken", "/pieces/1/id", morning, Piece(1, "2026-04-02 13:00", "2026-04-02 14:00"));
        Refused(
            "id-taken", "/pieces/2/id", morning, Piece(2, "2026-04-02 13:00", "2026-04-02 14:00"),
            Piece(2, "2026-04-30 13:00", "2026-04-30 14:00"));

        static void Refused(string code, string field, params TimerPiece[] pieces)
        {
            var plan = Plan(new Split(pieces));
            Assert.Equal((code, field), (plan.Refusal?.Code, plan.Refusal?.Field));
        }
    }

    [Fact]
    public void Only_a_running_timer_is_resolved() =>
        Assert.Equal("timer-unknown", Plan(new Keep(null), Sheet()).Refusal?.Code);

    private static void Stopped(TimerResolution resolution, Instant at, long seconds) =>
        Timesheet.Stream.Given(Forgotten).When(Plan(resolution).Stop!).Then(new TimerStopped(Id(1), at, seconds));

    private static ResolutionPlan Plan(TimerResolution resolution, TimesheetState? state = null) =>
        ForgottenTimer.Plan(state ?? Sheet(Forgotten), new ResolveTimer(Id(1), resolution, Now), Juniper);

    private static TimerPiece Piece(int id, string start, string end) => new(Id(id), At(start), At(end));
}
