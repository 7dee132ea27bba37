using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.TimeTracking;
using NodaTime;
using static Billing.Domain.Tests.TimeTracking.Desk;
using static Billing.Domain.TimeTracking.TimesheetEvent;

namespace Billing.Domain.Tests.TimeTracking;

/// <summary>Billed time can always be corrected as a fact; what the invoice says does not change by it.</summary>
public sealed class BilledTimeTests
{
    private static readonly TimeEntryLogged Morning = Logged(1, "2026-04-03 09:00", "2026-04-03 12:00");
    private static readonly TimesheetEvent Billed = new TimeBilled([Id(1)], Invoice);
    private static readonly TimesheetEvent Removed = new TimeEntryRemoved(Id(1), Now);
    private static readonly CorrectEntry Shorter = Correct(1, Between("2026-04-03 09:00", "2026-04-03 11:00"));

    private static readonly TimeEntryCorrected Shortened = new(
        Id(1), EngagementId, ClientId, "Mails", true, new LocalDate(2026, 4, 3), At("2026-04-03 09:00"),
        At("2026-04-03 11:00"), 7200, "Europe/Helsinki", Now);

    public static TheoryData<string> Stages => ["open", "handed in", "approved"];

    [Theory]
    [MemberData(nameof(Stages))]
    public void A_billed_entry_is_corrected_in_a_week_of_any_stage_and_keeps_its_invoice(string stage)
    {
        var given = Timesheet.Stream.Given([Morning, Billed, .. Until(stage)]);
        given.When(Shorter).Then(Shortened);
        Assert.Equal(Invoice, Sheet([Morning, Billed, .. Until(stage), Shortened]).Entries[Id(1)].InvoiceId);
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void A_billed_entry_is_removed_in_a_week_of_any_stage_and_keeps_its_invoice(string stage)
    {
        Timesheet.Stream.Given([Morning, Billed, .. Until(stage)]).When(new RemoveEntry(Id(1), Now)).Then(Removed);
        Assert.Equal(Invoice, Sheet([Morning, Billed, .. Until(stage), Removed]).Removed[Id(1)].InvoiceId);
    }

    [Fact]
    public void What_is_unbilled_in_the_same_week_stands_still()
    {
        var given = Timesheet.Stream.Given(Morning, Logged(2, "2026-04-03 13:00", "2026-04-03 14:00"), Billed, new WeekHandedIn(Now));
        given.When(Correct(2, OnDay("2026-04-03", 60))).ThenRefused("week-handed-in");
        given.When(new RemoveEntry(Id(2), Now)).ThenRefused("week-handed-in");
    }

    [Fact]
    public void A_billed_entry_becomes_no_other_clients_work()
    {
        var other = Id(0xC2);
        var engagement = Engagement.Stream.Fold([Agreed with { EngagementId = OtherEngagementId, ClientId = other }]);
        var client = Client.Stream.Fold([ClientAdded with { ClientId = other }]);
        var wish = Shorter with { EngagementId = OtherEngagementId };
        var refusal = Timesheet.Stream.Given(Morning, Billed).When(wish, engagement: engagement, client: client)
            .ThenRefused("entry-billed", "/engagementId");
        Assert.Contains($"{Invoice:D}", refusal.Detail, StringComparison.Ordinal);
        Timesheet.Stream.Given(Morning, Billed, new TimeReleased([Id(1)], Invoice))
            .When(wish, engagement: engagement, client: client)
            .Then(Shortened with { EngagementId = OtherEngagementId, ClientId = other });
        Timesheet.Stream.Given(Morning, Billed).When(wish, engagement: Calls)
            .Then(Shortened with { EngagementId = OtherEngagementId });
    }

    [Fact]
    public void Voiding_releases_what_is_still_there_and_brings_nothing_back()
    {
        var afternoon = Logged(2, "2026-04-03 13:00", "2026-04-03 14:00");
        var both = new TimeBilled([Id(1), Id(2)], Invoice);
        var given = Timesheet.Stream.Given(Morning, afternoon, both, Removed);
        given.When(s => Timesheet.Decide(s, new ReleaseTime([Id(1), Id(2)], Invoice))).Then(new TimeReleased([Id(2)], Invoice));

        var released = Sheet(Morning, afternoon, both, Removed, new TimeReleased([Id(2)], Invoice));
        Assert.Null(released.Entries[Id(2)].InvoiceId);
        Assert.Equal([Id(1)], released.Removed.Keys);
        Timesheet.Stream.Given(Morning, Billed, Removed).When(s => Timesheet.Decide(s, new ReleaseTime([Id(1)], Invoice)))
            .ThenNothing();
    }

    [Fact]
    public void Nothing_is_billed_twice_whatever_is_corrected_removed_and_released_in_between()
    {
        Timesheet.Stream.Given(Morning, Billed, Shortened).When(s => Timesheet.Decide(s, new BillTime([Id(1)], OtherInvoice)))
            .ThenRefused("entry-billed");
        Timesheet.Stream.Given(Morning, Billed, Removed).When(s => Timesheet.Decide(s, new BillTime([Id(1)], OtherInvoice)))
            .ThenRefused("entry-removed");
        var again = new TimeBilled([Id(1)], OtherInvoice);
        var given = Timesheet.Stream.Given(Morning, Billed, Shortened, new TimeReleased([Id(1)], Invoice), again);
        given.When(s => Timesheet.Decide(s, new ReleaseTime([Id(1)], Invoice))).ThenNothing();
        given.When(s => Timesheet.Decide(s, new BillTime([Id(1)], Invoice))).ThenRefused("entry-billed");
    }

    private static TimesheetEvent[] Until(string stage) => stage switch
    {
        "open" => [],
        "handed in" => [new WeekHandedIn(Now)],
        _ => [new WeekHandedIn(Now), new WeekApproved(Now)],
    };
}
