using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.TimeTracking;
using NodaTime;
using static Billing.Domain.Tests.TimeTracking.Desk;
using static Billing.Domain.TimeTracking.TimesheetEvent;

namespace Billing.Domain.Tests.TimeTracking;

public sealed class LogTimeTests
{
    private static readonly Given<TimesheetState, TimesheetEvent> Nothing = Timesheet.Stream.Given();

    [Fact]
    public void Logs_an_interval_or_a_day_with_a_duration()
    {
        Nothing.When(Log(1, "2026-04-03 09:00", "2026-04-03 10:30")).Then(Logged(1, "2026-04-03 09:00", "2026-04-03 10:30"));
        Nothing.When(Log(1, OnDay("2026-04-03", 5400))).Then(LoggedOnDay(1, "2026-04-03", 5400));
    }

    [Fact]
    public void Fractions_of_a_second_are_cut_off()
    {
        var half = Duration.FromMilliseconds(500);
        var time = new TimeSpent.Between(At("2026-04-03 09:00") + half, At("2026-04-03 10:30") + half);
        Nothing.When(Log(1, time)).Then(Logged(1, "2026-04-03 09:00", "2026-04-03 10:30"));
        Timesheet.Stream.Given(Logged(1, "2026-04-03 09:00", "2026-04-03 10:30")).When(Log(1, time)).ThenNothing();
    }

    [Theory]
    [InlineData(0, "end-not-after-start")]
    [InlineData(-1, "end-not-after-start")]
    [InlineData(1, null)]
    [InlineData(86_400, null)]
    [InlineData(86_401, "duration-too-long")]
    public void An_interval_is_longer_than_nothing_and_at_most_a_day(long seconds, string? code)
    {
        var start = At("2026-03-31 09:00");
        var outcome = Nothing.When(Log(1, new TimeSpent.Between(start, start + Duration.FromSeconds(seconds))));
        if (code is not null) outcome.ThenRefused(code, "/endedAt");
        else
        {
            outcome.Then(Logged(1, "2026-03-31 09:00", "2026-03-31 10:00") with
            {
                EndedAt = start + Duration.FromSeconds(seconds),
                DurationSeconds = seconds,
            });
        }
    }

    [Theory]
    [InlineData(0, "duration-not-positive")]
    [InlineData(-3600, "duration-not-positive")]
    [InlineData(1, null)]
    [InlineData(86_400, null)]
    [InlineData(86_401, "duration-too-long")]
    [InlineData(long.MaxValue, "duration-too-long")]
    public void A_duration_is_longer_than_nothing_and_at_most_a_day(long seconds, string? code)
    {
        var outcome = Nothing.When(Log(1, OnDay("2026-03-31", seconds)));
        if (code is not null) outcome.ThenRefused(code, "/durationSeconds");
        else outcome.Then(LoggedOnDay(1, "2026-03-31", seconds));
    }

    [Fact]
    public void Work_is_not_logged_before_it_is_done()
    {
        Nothing.When(Log(1, "2026-04-03 17:00", "2026-04-03 18:00")).Then(Logged(1, "2026-04-03 17:00", "2026-04-03 18:00"));
        Nothing.When(Log(1, "2026-04-03 17:00", "2026-04-03 18:01")).ThenRefused("in-the-future", "/endedAt");
    }

    [Fact]
    public void A_day_is_in_the_future_by_the_assistants_calendar()
    {
        var lateInHelsinki = Log(1, OnDay("2026-04-04", 60)) with { At = At("2026-04-04 00:30") };
        Nothing.When(lateInHelsinki).Then(LoggedOnDay(1, "2026-04-04", 60) with { LoggedAt = At("2026-04-04 00:30") });
        Nothing.When(lateInHelsinki with { Zone = DateTimeZoneProviders.Tzdb["America/New_York"] })
            .ThenRefused("in-the-future", "/workedOn");
    }

    [Fact]
    public void Refuses_dates_that_no_calendar_of_work_has()
    {
        Nothing.When(Log(1, new TimeSpent.OnDay(new LocalDate(2000, 1, 2), 60))).ThenRefused("date-out-of-range", "/workedOn");
        Nothing.When(Log(1, new TimeSpent.OnDay(new LocalDate(2000, 1, 3), 60)))
            .Then(LoggedOnDay(1, "2000-01-03", 60));
        Nothing.When(Log(1, new TimeSpent.OnDay(LocalDate.MaxIsoValue, 60))).ThenRefused("date-out-of-range", "/workedOn");
        Nothing.When(Log(1, new TimeSpent.Between(Instant.MinValue, Now))).ThenRefused("date-out-of-range", "/startedAt");
        Nothing.When(Log(1, new TimeSpent.Between(Now, Instant.MaxValue))).ThenRefused("date-out-of-range", "/endedAt");
    }

    [Fact]
    public void Refuses_a_note_that_is_too_long() =>
        Nothing.When(Log(1, OnDay("2026-04-03", 60)) with { Note = new string('x', 5001) }).ThenRefused("text-too-long", "/note");

    [Fact]
    public void Logging_again_changes_nothing_whatever_happened_since()
    {
        var log = Log(1, "2026-04-03 09:00", "2026-04-03 10:00") with { At = Now + Duration.FromDays(30) };
        var logged = Logged(1, "2026-04-03 09:00", "2026-04-03 10:00");
        var corrected = new TimeEntryCorrected(
            Id(1), EngagementId, ClientId, "Calls", false, logged.WorkedOn, null, null, 60, "Europe/Helsinki", Now);
        Timesheet.Stream.Given(logged).When(log).ThenNothing();
        Timesheet.Stream.Given(logged, corrected).When(log).ThenNothing();
        Timesheet.Stream.Given(logged, new TimeEntryRemoved(Id(1), Now)).When(log).ThenNothing();
        Timesheet.Stream.Given(logged, new TimeBilled([Id(1)], Invoice), new WeekHandedIn(Now)).When(log).ThenNothing();
        Timesheet.Stream.Given(logged).When(log, client: ArchivedGlobex).ThenNothing();
    }

    [Fact]
    public void Logging_again_after_a_move_to_another_zone_and_so_another_week_changes_nothing()
    {
        var logged = Logged(1, "2026-03-30 00:30", "2026-03-30 01:00");
        var fromNewYork = Log(1, "2026-03-30 00:30", "2026-03-30 01:00") with
        {
            Zone = DateTimeZoneProviders.Tzdb["America/New_York"],
        };
        Assert.Equal("2026-W13", fromNewYork.Week.IsoText);
        Nothing.When(fromNewYork, new AdjacentWeeks(TimesheetState.Empty, Sheet(logged))).ThenNothing();
    }

    [Fact]
    public void Refuses_other_work_under_the_same_id()
    {
        var given = Timesheet.Stream.Given(Logged(1, "2026-04-03 09:00", "2026-04-03 10:00"));
        var log = Log(1, "2026-04-03 09:00", "2026-04-03 10:00");
        given.When(log with { Time = Between("2026-04-03 09:00", "2026-04-03 10:01") }).ThenRefused("id-taken", "/id");
        given.When(log with { Time = OnDay("2026-04-03", 3600) }).ThenRefused("id-taken", "/id");
        given.When(log with { Note = null }).ThenRefused("id-taken", "/id");
        given.When(log with { Billable = false }).ThenRefused("id-taken", "/id");
        given.When(log with { EngagementId = OtherEngagementId }, engagement: Calls).ThenRefused("id-taken", "/id");
        given.When(log with { Time = OnDay("2026-04-03", -1) }).ThenRefused("id-taken", "/id");
        Timesheet.Stream.Given(Started(1, "2026-04-03 09:00")).When(log).ThenRefused("id-taken", "/id");
        Timesheet.Stream.Given(LoggedOnDay(1, "2026-04-03", 60)).When(Log(1, OnDay("2026-04-02", 60)))
            .ThenRefused("id-taken", "/id");
    }

    [Fact]
    public void Work_is_for_an_engagement_that_has_not_ended_and_a_client_who_is_not_archived()
    {
        var log = Log(1, "2026-04-03 09:00", "2026-04-03 10:00");
        var logged = Logged(1, "2026-04-03 09:00", "2026-04-03 10:00");
        Nothing.When(log, engagement: Engagement.Stream.Initial).ThenRefused("engagement-unknown", "/engagementId");
        Nothing.When(log, client: ArchivedGlobex).ThenRefused("client-archived", "/engagementId");
        Nothing.When(log, engagement: EndedOn(2)).ThenRefused("engagement-ended", "/engagementId");
        Nothing.When(log, engagement: EndedOn(3)).Then(logged);
        Nothing.When(Start(1), engagement: EndedOn(2)).ThenRefused("engagement-ended", "/engagementId");
        Nothing.When(Start(1), client: ArchivedGlobex).ThenRefused("client-archived", "/engagementId");
        Nothing.When(Start(1), engagement: Engagement.Stream.Initial).ThenRefused("engagement-unknown", "/engagementId");
    }

    [Fact]
    public void Another_engagements_or_clients_state_is_a_bug()
    {
        Assert.Throws<ArgumentException>(() => Nothing.When(Log(1, OnDay("2026-04-03", 60)), engagement: Calls));
        Assert.Throws<ArgumentException>(
            () => Nothing.When(Log(1, OnDay("2026-04-03", 60)), client: Client.Stream.Initial));
    }

    private static EngagementState EndedOn(int aprilDay) =>
        Engagement.Stream.Fold([Agreed, new EngagementEvent.EngagementEnded(new LocalDate(2026, 4, aprilDay), Now)]);
}
