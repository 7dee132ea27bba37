using Billing.Domain.Access;
using Billing.Domain.TimeTracking;
using static Billing.Domain.Tests.TimeTracking.Desk;
using static Billing.Domain.TimeTracking.TimesheetEvent;

namespace Billing.Domain.Tests.TimeTracking;

/// <summary>The books are closed through Thursday; it is Friday.</summary>
public sealed class PeriodLockTests
{
    private static readonly BusinessState Locked = LockedThrough("2026-04-02");
    private static readonly TimesheetEvent Thursday = Logged(1, "2026-04-02 09:00", "2026-04-02 12:00");
    private static readonly TimesheetEvent Friday = Logged(2, "2026-04-03 09:00", "2026-04-03 12:00");

    [Fact]
    public void Nothing_is_logged_in_a_closed_period()
    {
        var given = Timesheet.Stream.Given();
        var refusal = given.When(Log(3, OnDay("2026-04-02", 60)), business: Locked).ThenRefused("period-locked", "/workedOn");
        Assert.Contains("2026-04-02", refusal.Detail, StringComparison.Ordinal);
        given.When(Log(3, "2026-04-02 23:59", "2026-04-03 01:00"), business: Locked).ThenRefused("period-locked", "/startedAt");
        given.When(Log(3, "2026-04-03 00:00", "2026-04-03 01:00"), business: Locked)
            .Then(Logged(3, "2026-04-03 00:00", "2026-04-03 01:00"));
    }

    [Fact]
    public void Nothing_is_corrected_in_or_into_or_out_of_a_closed_period()
    {
        var given = Timesheet.Stream.Given(Thursday, Friday);
        given.When(Correct(1, OnDay("2026-04-02", 60)), business: Locked).ThenRefused("period-locked");
        given.When(Correct(1, OnDay("2026-04-03", 60)), business: Locked).ThenRefused("period-locked");
        given.When(Correct(2, OnDay("2026-04-02", 60)), business: Locked).ThenRefused("period-locked", "/workedOn");
        Timesheet.Stream.Given(Thursday, new TimeBilled([Id(1)], Invoice))
            .When(Correct(1, OnDay("2026-04-02", 60)), business: Locked).ThenRefused("period-locked");
    }

    [Fact]
    public void Nothing_is_removed_from_a_closed_period()
    {
        Timesheet.Stream.Given(Thursday, Friday).When(new RemoveEntry(Id(1), Now), Locked).ThenRefused("period-locked");
        Timesheet.Stream.Given(Thursday, Friday).When(new RemoveEntry(Id(2), Now), Locked).Then(new TimeEntryRemoved(Id(2), Now));
        Timesheet.Stream.Given(Started(3, "2026-04-02 22:00")).When(new RemoveEntry(Id(3), Now), Locked)
            .ThenRefused("period-locked");
    }

    [Fact]
    public void No_timer_is_started_or_stopped_in_a_closed_period()
    {
        Timesheet.Stream.Given().When(Start(3, "2026-04-02 22:00"), business: Locked).ThenRefused("period-locked", "/startedAt");
        Timesheet.Stream.Given().When(Start(3, "2026-04-03 08:00"), business: Locked).Then(Started(3, "2026-04-03 08:00"));
        Timesheet.Stream.Given(Started(3, "2026-04-02 22:00")).When(new StopTimer(Id(3), At("2026-04-02 23:00"), Now), business: Locked)
            .ThenRefused("period-locked");
    }

    [Fact]
    public void What_was_done_before_can_be_sent_again()
    {
        Timesheet.Stream.Given(Thursday).When(Log(1, "2026-04-02 09:00", "2026-04-02 12:00"), business: Locked).ThenNothing();
        Timesheet.Stream.Given(Thursday).When(Correct(1, Between("2026-04-02 09:00", "2026-04-02 12:00")), business: Locked)
            .ThenNothing();
    }
}
