using Billing.Domain.Engagements;
using Billing.Domain.TimeTracking;
using NodaTime;
using static Billing.Domain.Tests.TimeTracking.Desk;
using static Billing.Domain.TimeTracking.TimesheetEvent;

namespace Billing.Domain.Tests.TimeTracking;

public sealed class CorrectionTests
{
    private static readonly TimeEntryLogged Morning = Logged(1, "2026-04-03 09:00", "2026-04-03 12:00");
    private static readonly Given<TimesheetState, TimesheetEvent> Given = Timesheet.Stream.Given(Morning);
    private static readonly CorrectEntry Shorter = Correct(1, Between("2026-04-03 09:00", "2026-04-03 11:00"));

    private static readonly TimeEntryCorrected Shortened = new(
        Id(1), EngagementId, ClientId, "Mails", true, new LocalDate(2026, 4, 3), At("2026-04-03 09:00"),
        At("2026-04-03 11:00"), 7200, "Europe/Helsinki", Now);

    [Fact]
    public void Corrects_an_entry_in_full()
    {
        Given.When(Shorter).Then(Shortened);
        Given.When(Shorter with { EngagementId = OtherEngagementId, Note = null, Billable = false }, engagement: Calls)
            .Then(Shortened with { EngagementId = OtherEngagementId, Note = null, Billable = false });
        Given.When(Shorter with { Time = OnDay("2026-04-02", 60) }).Then(Shortened with
        {
            WorkedOn = new LocalDate(2026, 4, 2),
            StartedAt = null,
            EndedAt = null,
            DurationSeconds = 60,
        });
        var entry = Sheet(Morning, Shortened with { Note = "Calls", Billable = false }).Entries[Id(1)];
        Assert.Equal((7200, "Calls", false), (entry.DurationSeconds, entry.Note, entry.Billable));
    }

    [Fact]
    public void Correcting_again_changes_nothing_even_in_a_billed_week_that_is_handed_in()
    {
        Given.When(Correct(1, Between("2026-04-03 09:00", "2026-04-03 12:00"))).ThenNothing();
        Timesheet.Stream.Given(Morning, Shortened, new TimeBilled([Id(1)], Invoice), new WeekHandedIn(Now)).When(Shorter)
            .ThenNothing();
    }

    [Fact]
    public void An_entry_may_overlap_itself_but_nothing_else()
    {
        var given = Timesheet.Stream.Given(Morning, Logged(2, "2026-04-03 12:00", "2026-04-03 13:00"));
        given.When(Shorter with { Time = Between("2026-04-03 08:00", "2026-04-03 12:00") }).Then(Shortened with
        {
            StartedAt = At("2026-04-03 08:00"),
            EndedAt = At("2026-04-03 12:00"),
            DurationSeconds = 4 * 3600,
        });
        given.When(Shorter with { Time = Between("2026-04-03 09:00", "2026-04-03 12:01") })
            .ThenRefused("time-overlap", "/startedAt");
    }

    [Fact]
    public void Times_days_and_notes_are_judged_as_when_logging()
    {
        Given.When(Shorter with { Time = Between("2026-04-03 09:00", "2026-04-03 09:00") })
            .ThenRefused("end-not-after-start", "/endedAt");
        Given.When(Shorter with { Time = Between("2026-04-03 09:00", "2026-04-03 18:01") })
            .ThenRefused("in-the-future", "/endedAt");
        Given.When(Shorter with { Time = OnDay("2026-04-04", 60) }).ThenRefused("in-the-future", "/workedOn");
        Given.When(Shorter with { Note = "bell\a" }).ThenRefused("text-unprintable", "/note");
        Timesheet.Stream.Given(Morning, LoggedOnDay(2, "2026-04-02", 23 * 3600))
            .When(Shorter with { Time = OnDay("2026-04-02", 3601) }).ThenRefused("day-full");
    }

    [Fact]
    public void Stays_within_its_week()
    {
        Given.When(Shorter with { Time = OnDay("2026-03-30", 60) }).Then(Shortened with
        {
            WorkedOn = new LocalDate(2026, 3, 30),
            StartedAt = null,
            EndedAt = null,
            DurationSeconds = 60,
        });
        Given.When(Shorter with { Time = OnDay("2026-03-29", 60) }).ThenRefused("another-week", "/workedOn");
        Given.When(Shorter with { Time = Between("2026-03-29 23:59", "2026-03-30 01:00") })
            .ThenRefused("another-week", "/startedAt");
        Given.When(Shorter with { Time = OnDay("2026-04-06", 60), At = Now + Duration.FromDays(9) })
            .ThenRefused("another-week", "/workedOn");
    }

    [Fact]
    public void Keeps_the_zone_it_was_logged_in_wherever_the_assistant_is_now()
    {
        var monday = Logged(1, "2026-03-30 00:30", "2026-03-30 01:30");
        Timesheet.Stream.Given(monday).When(Correct(1, Between("2026-03-30 00:15", "2026-03-30 01:30"))).Then(Shortened with
        {
            WorkedOn = new LocalDate(2026, 3, 30),
            StartedAt = At("2026-03-30 00:15"),
            EndedAt = At("2026-03-30 01:30"),
            DurationSeconds = 4500,
        });
    }

    [Fact]
    public void What_stays_as_it_was_is_not_judged_again()
    {
        var ended = Engagement.Stream.Fold([Agreed, new EngagementEvent.EngagementEnded(new LocalDate(2026, 4, 1), Now)]);
        Given.When(Shorter, client: ArchivedGlobex).Then(Shortened);
        Given.When(Shorter, engagement: ended).Then(Shortened);
        Given.When(Shorter with { Time = OnDay("2026-04-02", 60) }, engagement: ended)
            .ThenRefused("engagement-ended", "/engagementId");
        Given.When(Shorter with { EngagementId = OtherEngagementId }, engagement: Calls, client: ArchivedGlobex)
            .ThenRefused("client-archived", "/engagementId");
        Timesheet.Stream.Given(LoggedOnDay(1, "2026-04-03", 86_400), LoggedOnDay(2, "2026-04-03", 3600))
            .When(Correct(1, OnDay("2026-04-03", 86_400)) with { Note = "Calls" })
            .Then(Shortened with { Note = "Calls", StartedAt = null, EndedAt = null, DurationSeconds = 86_400 });
    }

    [Fact]
    public void Only_an_entry_can_be_corrected()
    {
        Timesheet.Stream.Given().When(Shorter).ThenRefused("entry-unknown");
        Timesheet.Stream.Given(Morning, new TimeEntryRemoved(Id(1), Now)).When(Shorter).ThenRefused("entry-removed");
        Timesheet.Stream.Given(Started(1, "2026-04-03 09:00")).When(Shorter).ThenRefused("timer-running");
        Assert.Throws<ArgumentException>(() => Given.When(Shorter, engagement: Calls));
    }

    [Fact]
    public void Removes_an_entry_once_and_remembers_it()
    {
        var remove = new RemoveEntry(Id(1), Now);
        Given.When(remove).Then(new TimeEntryRemoved(Id(1), Now));
        Timesheet.Stream.Given(Morning, new TimeEntryRemoved(Id(1), Now)).When(remove).ThenNothing();
        Timesheet.Stream.Given().When(remove).ThenRefused("entry-unknown");
        var sheet = Sheet(Morning, new TimeEntryRemoved(Id(1), Now));
        Assert.Empty(sheet.Entries);
        Assert.Equal([Id(1)], sheet.Removed.Keys);
    }
}
