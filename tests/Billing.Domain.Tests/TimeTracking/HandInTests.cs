using Billing.Domain.TimeTracking;
using static Billing.Domain.Tests.TimeTracking.Desk;
using static Billing.Domain.TimeTracking.TimesheetEvent;

namespace Billing.Domain.Tests.TimeTracking;

public sealed class HandInTests
{
    private static readonly TimesheetEvent Morning = Logged(1, "2026-04-03 09:00", "2026-04-03 12:00");
    private static readonly TimesheetEvent HandedIn = new WeekHandedIn(Now);
    private static readonly HandInWeek HandIn = new(Week, Helsinki, Now);

    [Fact]
    public void Hands_a_week_in_once()
    {
        Timesheet.Stream.Given(Morning).When(s => Timesheet.Decide(s, HandIn)).Then(HandedIn);
        Timesheet.Stream.Given(Morning, HandedIn).When(s => Timesheet.Decide(s, HandIn)).ThenNothing();
        Timesheet.Stream.Given(Morning, HandedIn, new WeekReopened(Now)).When(s => Timesheet.Decide(s, HandIn)).Then(HandedIn);
    }

    [Fact]
    public void Refuses_a_week_with_a_running_timer() =>
        Timesheet.Stream.Given(Started(1, "2026-04-03 09:00")).When(s => Timesheet.Decide(s, HandIn)).ThenRefused("timer-running");

    [Fact]
    public void Refuses_a_week_that_has_not_begun_where_the_assistant_is()
    {
        var given = Timesheet.Stream.Given(Morning);
        given.When(s => Timesheet.Decide(s, HandIn with { At = At("2026-03-29 23:59") })).ThenRefused("in-the-future");
        given.When(s => Timesheet.Decide(s, HandIn with { At = At("2026-03-30 00:00") }))
            .Then(new WeekHandedIn(At("2026-03-30 00:00")));
    }

    [Fact]
    public void A_week_that_is_handed_in_stands_still()
    {
        var given = Timesheet.Stream.Given(Morning, HandedIn);
        given.When(Log(2, "2026-04-03 13:00", "2026-04-03 14:00")).ThenRefused("week-handed-in");
        given.When(Start(2)).ThenRefused("week-handed-in");
        given.When(Correct(1, OnDay("2026-04-03", 60))).ThenRefused("week-handed-in");
        given.When(new RemoveEntry(Id(1), Now)).ThenRefused("week-handed-in");
    }

    [Fact]
    public void A_neighbour_that_is_handed_in_is_not_in_the_way()
    {
        var neighbours = new AdjacentWeeks(Sheet(HandedIn), Sheet(HandedIn));
        Timesheet.Stream.Given().When(Log(2, "2026-04-03 13:00", "2026-04-03 14:00"), neighbours)
            .Then(Logged(2, "2026-04-03 13:00", "2026-04-03 14:00"));
    }

    [Fact]
    public void Reopens_a_week_once()
    {
        Timesheet.Stream.Given(Morning, HandedIn).When(s => Timesheet.Decide(s, new ReopenWeek(Now))).Then(new WeekReopened(Now));
        Timesheet.Stream.Given(Morning).When(s => Timesheet.Decide(s, new ReopenWeek(Now))).ThenNothing();
        Timesheet.Stream.Given(Morning, HandedIn, new WeekReopened(Now)).When(Log(2, "2026-04-03 13:00", "2026-04-03 14:00"))
            .Then(Logged(2, "2026-04-03 13:00", "2026-04-03 14:00"));
    }

    [Fact]
    public void Bills_all_entries_or_none()
    {
        var afternoon = Logged(2, "2026-04-03 13:00", "2026-04-03 14:00");
        var bill = new BillTime([Id(1), Id(2)], Invoice);
        var billed = new TimeBilled([Id(1), Id(2)], Invoice);
        Timesheet.Stream.Given(Morning, afternoon).When(s => Timesheet.Decide(s, bill)).Then(billed);
        Timesheet.Stream.Given(Morning, afternoon, HandedIn).When(s => Timesheet.Decide(s, bill)).Then(billed);
        Timesheet.Stream.Given(Morning, afternoon)
            .When(s => Timesheet.Decide(s, bill with { EntryIds = [Id(1), Id(1), Id(2)] })).Then(billed);
        Timesheet.Stream.Given(Morning).When(s => Timesheet.Decide(s, bill)).ThenRefused("entry-unknown");
        Timesheet.Stream.Given(Morning, afternoon with { Billable = false }).When(s => Timesheet.Decide(s, bill))
            .ThenRefused("entry-not-billable");
        Timesheet.Stream.Given(Morning, afternoon, new TimeEntryRemoved(Id(2), Now)).When(s => Timesheet.Decide(s, bill))
            .ThenRefused("entry-removed");
        Timesheet.Stream.Given(Morning, Started(2, "2026-04-03 13:00")).When(s => Timesheet.Decide(s, bill))
            .ThenRefused("timer-running");
    }

    [Fact]
    public void An_entry_stands_on_one_invoice_at_most()
    {
        TimesheetEvent billed = new TimeBilled([Id(1)], Invoice);
        var afternoon = Logged(2, "2026-04-03 13:00", "2026-04-03 14:00");
        var given = Timesheet.Stream.Given(Morning, afternoon, billed);
        given.When(s => Timesheet.Decide(s, new BillTime([Id(1)], Invoice))).ThenNothing();
        given.When(s => Timesheet.Decide(s, new BillTime([Id(2), Id(1)], OtherInvoice))).ThenRefused("entry-billed");
        given.When(s => Timesheet.Decide(s, new BillTime([Id(1), Id(2)], Invoice))).Then(new TimeBilled([Id(2)], Invoice));
        Assert.Equal(Invoice, given.State.Entries[Id(1)].InvoiceId);
        Assert.Null(given.State.Entries[Id(2)].InvoiceId);
    }

    [Fact]
    public void Only_the_invoice_they_stand_on_releases_entries()
    {
        TimesheetEvent billed = new TimeBilled([Id(1)], Invoice);
        var release = new ReleaseTime([Id(1)], Invoice);
        Timesheet.Stream.Given(Morning, billed).When(s => Timesheet.Decide(s, release)).Then(new TimeReleased([Id(1)], Invoice));
        Timesheet.Stream.Given(Morning, billed).When(s => Timesheet.Decide(s, release with { InvoiceId = OtherInvoice }))
            .ThenNothing();
        Timesheet.Stream.Given(Morning, billed, new TimeReleased([Id(1)], Invoice), new TimeBilled([Id(1)], OtherInvoice))
            .When(s => Timesheet.Decide(s, release)).ThenNothing();
        Assert.Null(Sheet(Morning, billed, new TimeReleased([Id(1)], Invoice)).Entries[Id(1)].InvoiceId);
    }

    [Fact]
    public void Folds_every_kind_of_event() => Timesheet.Stream.Takes_every_kind_of_event(
    [
        Started(2, "2026-04-02 09:00"), new TimerStopped(Id(2), At("2026-04-02 10:00"), 3600), Morning,
        new TimeEntryCorrected(
            Id(1), EngagementId, ClientId, null, true, new NodaTime.LocalDate(2026, 4, 3), null, null, 60, "Europe/Helsinki", Now),
        HandedIn, new TimeBilled([Id(1), Id(2)], Invoice), new TimeReleased([Id(1), Id(2)], Invoice), new WeekReopened(Now),
        new TimeEntryRemoved(Id(1), Now), HandedIn, new WeekReturned("Which calls?", Now), HandedIn, new WeekApproved(Now),
    ]);
}
