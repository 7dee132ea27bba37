using Billing.Domain.Access;
using Billing.Domain.TimeTracking;
using NodaTime;
using NodaTime.Text;
using static Billing.Domain.Tests.TimeTracking.Desk;
using static Billing.Domain.TimeTracking.TimesheetEvent;

namespace Billing.Domain.Tests.TimeTracking;

/// <summary>What other trackers got wrong about time, as data; each row names whose it was.</summary>
public sealed class PublishedTimeTests
{
    /// <summary>22 hours before the week's Friday evening.</summary>
    private static readonly TimerStarted Forgotten = Started(1, "2026-04-02 20:00");

    [Theory]
    [InlineData(
        "kimai: 03:05 EEST to 06:00 EET on the autumn night is 3 h 55 min, not 2 h 55", "Europe/Helsinki",
        "2026-10-25T00:05:00Z", "2026-10-25T04:00:00Z", "2026-10-25", 14_100)]
    [InlineData(
        "east of UTC 00:30 on the 1st is in the month before", "Asia/Kathmandu",
        "2026-03-31T18:45:00Z", "2026-03-31T19:45:00Z", "2026-04-01", 3_600)]
    public void Elapsed_time_is_counted_and_belongs_to_its_local_day(
        string source, string zone, string start, string end, string day, long seconds)
    {
        var time = new TimeSpent.Between(InstantPattern.General.Parse(start).Value, InstantPattern.General.Parse(end).Value);
        var wish = Log(1, time) with { Zone = DateTimeZoneProviders.Tzdb[zone], At = time.EndedAt };
        var decision = Timesheet.Decide(TimesheetState.Empty, wish, AdjacentWeeks.Empty, Inbox, Globex, Juniper);
        var logged = Assert.IsType<TimeEntryLogged>(
            Assert.Single(Assert.IsType<Decision<TimesheetEvent>.Accepted>(decision).Events));
        Assert.True((LocalDatePattern.Iso.Parse(day).Value, seconds) == (logged.WorkedOn, logged.DurationSeconds), source);
    }

    [Theory]
    [InlineData("Kimai forgets the running timer", "16:00", "17:00", "time-overlap")]
    [InlineData("solidtime forgets the running timer", "08:00", "09:01", "time-overlap")]
    [InlineData("touching intervals are legal", "08:00", "09:00", null)]
    public void A_running_timer_counts_in_the_overlap_test(string source, string start, string end, string? code)
    {
        var outcome = Timesheet.Stream.Given(Started(1, "2026-04-03 09:00"))
            .When(Log(2, $"2026-04-03 {start}", $"2026-04-03 {end}"));
        Assert.NotEmpty(source);
        if (code is null) outcome.Then(Logged(2, $"2026-04-03 {start}", $"2026-04-03 {end}"));
        else outcome.ThenRefused(code, "/startedAt");
    }

    [Theory]
    [InlineData("warned", TimekeepingPolicy.Warn, 79_200)]
    [InlineData("capped by policy", TimekeepingPolicy.Cap, 28_800)]
    public void A_timer_that_was_forgotten_for_22_hours_is_noticed_when_it_is_stopped(string how, string policy, long seconds)
    {
        var practice = With(TimekeepingPolicy.Default with { WhenForgotten = policy });
        Assert.NotEmpty(how);
        Timesheet.Stream.Given(Forgotten).When(new StopTimer(Id(1), null, Now), business: practice).Then(new TimerStopped(
            Id(1), Forgotten.StartedAt + Duration.FromSeconds(seconds), seconds, RanSeconds: 79_200));
    }

    [Fact]
    public void The_correction_of_a_timer_that_was_forgotten_offers_to_keep_to_cut_and_to_split_it()
    {
        Assert.Equal([79_200], Entries(new TimerResolution.Keep(null)));
        Assert.Equal([28_800], Entries(new TimerResolution.Cut(null)));
        Assert.Equal([3_600, 7_200], Entries(new TimerResolution.Split(
        [
            new TimerPiece(Id(9), Forgotten.StartedAt, At("2026-04-02 21:00")),
            new TimerPiece(Id(2), At("2026-04-03 09:00"), At("2026-04-03 11:00")),
        ])));
    }

    private static List<long> Entries(TimerResolution resolution)
    {
        var plan = ForgottenTimer.Plan(Sheet(Forgotten), new ResolveTimer(Id(1), resolution, Now), Juniper);
        var stopped = Assert.IsType<Decision<TimesheetEvent>.Accepted>(
            Timesheet.Decide(Sheet(Forgotten), plan.Stop!, AdjacentWeeks.Empty, Juniper));
        return
        [
            Assert.IsType<TimerStopped>(Assert.Single(stopped.Events)).DurationSeconds,
            .. plan.Others.Select(piece => ((TimeSpent.Between)piece.Time).EndedAt - ((TimeSpent.Between)piece.Time).StartedAt)
                .Select(elapsed => (long)elapsed.TotalSeconds),
        ];
    }
}
