using Billing.Domain.TimeTracking;
using static Billing.Domain.Tests.TimeTracking.Desk;
using static Billing.Domain.TimeTracking.TimesheetEvent;

namespace Billing.Domain.Tests.TimeTracking;

public sealed class ApprovalTests
{
    private static readonly TimesheetEvent Morning = Logged(1, "2026-04-03 09:00", "2026-04-03 12:00");
    private static readonly TimesheetEvent HandedIn = new WeekHandedIn(Now);
    private static readonly TimesheetEvent Approved = new WeekApproved(Now);
    private static readonly ReturnWeek Return = new("Which calls?", Now);

    [Fact]
    public void Approves_a_week_that_is_handed_in_once()
    {
        var approve = new ApproveWeek(Now);
        Timesheet.Stream.Given(Morning, HandedIn).When(s => Timesheet.Decide(s, approve)).Then(Approved);
        Timesheet.Stream.Given(Morning, HandedIn, Approved).When(s => Timesheet.Decide(s, approve)).ThenNothing();
        Timesheet.Stream.Given(Morning).When(s => Timesheet.Decide(s, approve)).ThenRefused("week-not-handed-in");
    }

    [Fact]
    public void Sends_a_week_back_with_a_reason_so_that_it_is_open_again()
    {
        Timesheet.Stream.Given(Morning, HandedIn).When(s => Timesheet.Decide(s, Return))
            .Then(new WeekReturned("Which calls?", Now));
        Timesheet.Stream.Given(Morning, HandedIn).When(s => Timesheet.Decide(s, Return with { Reason = "" }))
            .ThenRefused("text-missing", "/reason");
        Timesheet.Stream.Given(Morning).When(s => Timesheet.Decide(s, Return)).ThenRefused("week-not-handed-in");
        Timesheet.Stream.Given(Morning, HandedIn, Approved).When(s => Timesheet.Decide(s, Return)).ThenRefused("week-approved");

        var returned = Timesheet.Stream.Given(Morning, HandedIn, new WeekReturned("Which calls?", Now));
        returned.When(new RemoveEntry(Id(1), Now)).Then(new TimeEntryRemoved(Id(1), Now));
        returned.When(s => Timesheet.Decide(s, new HandInWeek(Week, Helsinki, Now))).Then(HandedIn);
    }

    [Fact]
    public void An_approved_week_is_as_fixed_as_one_that_is_handed_in()
    {
        var given = Timesheet.Stream.Given(Morning, HandedIn, Approved);
        given.When(Log(2, "2026-04-03 13:00", "2026-04-03 14:00")).ThenRefused("week-handed-in");
        given.When(Start(2)).ThenRefused("week-handed-in");
        given.When(Correct(1, OnDay("2026-04-03", 60))).ThenRefused("week-handed-in");
        given.When(new RemoveEntry(Id(1), Now)).ThenRefused("week-handed-in");
        given.When(s => Timesheet.Decide(s, new HandInWeek(Week, Helsinki, Now))).ThenNothing();
    }

    [Fact]
    public void Reopens_an_approved_week_too()
    {
        Timesheet.Stream.Given(Morning, HandedIn, Approved).When(s => Timesheet.Decide(s, new ReopenWeek(Now)))
            .Then(new WeekReopened(Now));
        Timesheet.Stream.Given(Morning, HandedIn, Approved, new WeekReopened(Now)).When(new RemoveEntry(Id(1), Now))
            .Then(new TimeEntryRemoved(Id(1), Now));
    }
}
