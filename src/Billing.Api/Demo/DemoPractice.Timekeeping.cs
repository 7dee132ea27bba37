using Billing.Api.Access;
using Billing.Api.TimeTracking;
using Billing.Domain.Access;
using Billing.Domain.TimeTracking;
using NodaTime;

namespace Billing.Api.Demo;

/// <content>How the practice keeps its time: the first days of October, after everything was billed.</content>
public sealed partial class DemoPractice
{
    private static readonly LocalDate Thursday = new(2026, 10, 1);
    private static readonly LocalDate Friday = new(2026, 10, 2);

    private async Task ShowTimekeeping(IReadOnlyList<DemoClient> clients)
    {
        await Send(At(Thursday, 7), c => new SetTimekeepingPolicyCommand(c, new SetTimekeepingPolicy(
            new TimekeepingPolicy(
                TimekeepingPolicy.StopFirst, ForgottenAfterSeconds: 10 * 3600, CapSeconds: 8 * 3600, TimekeepingPolicy.Cap),
            c.Now)));
        await Send(At(Thursday, 7), c => new LockPeriodCommand(c, new LockPeriod(
            new LocalDate(2026, 3, 31), "First quarter filed", c.Now)));
        await MeetWeeks();
        await RunTimers(clients);
        await SetGridAndSync(clients);
    }

    /// <summary>One week is approved, one sent back, and one waits for the owner.</summary>
    private async Task MeetWeeks()
    {
        var (good, doubtful) = (new LocalDate(2026, 9, 21), new LocalDate(2026, 9, 14));
        var handedIn = new[] { (_ana, "Asia/Manila", good), (_ana, "Asia/Manila", doubtful), (_ben, Zone, good) };
        foreach (var (assistant, zone, day) in handedIn)
        {
            await Send(At(Thursday, 8), c => new HandInWeekCommand(
                c, new HandInWeek(TimesheetWeek.Of(assistant, day), DateTimeZoneProviders.Tzdb[zone], c.Now)));
        }
        await Send(At(Thursday, 9), c => new ApproveWeekCommand(c, TimesheetWeek.Of(_ana, good), new ApproveWeek(c.Now)));
        await Send(At(Thursday, 9), c => new ReturnWeekCommand(
            c, TimesheetWeek.Of(_ana, doubtful), new ReturnWeek("Which of the calls on Tuesday were for Acme?", c.Now)));
    }

    /// <summary>Starting a second timer stops the first; the third is forgotten.</summary>
    private async Task RunTimers(IReadOnlyList<DemoClient> clients)
    {
        var zone = DateTimeZoneProviders.Tzdb[Zone];
        var tags = new[] { "calls", "phone" };
        await Send(At(Thursday, 10), c => new StartTimerCommand(c, new StartTimer(
            _newId(), _ben, clients[0].EngagementId, "Insurance follow-up calls", Billable: true, zone, null, c.Now, tags)));
        await Send(At(Thursday, 11, 20), c => new StartTimerCommand(c, new StartTimer(
            _newId(), _ben, clients[3].EngagementId, "Newsletter draft", Billable: true, zone, null, c.Now, ["writing"])));
        await Send(At(Thursday, 13), c => new StartTimerCommand(c, new StartTimer(
            _newId(), _ben, clients[2].EngagementId, "Docket check", Billable: true, zone, null, c.Now)));
    }

    /// <summary>Ana writes a cell of her week, and her phone sends what it kept on the way home.</summary>
    private async Task SetGridAndSync(IReadOnlyList<DemoClient> clients)
    {
        var zone = DateTimeZoneProviders.Tzdb["Asia/Manila"];
        await Send(At(Friday, 12), c => new SetGridCommand(c, new SetGrid(
            TimesheetWeek.Of(_ana, Thursday),
            [new GridCell(_newId(), clients[1].EngagementId, Thursday, 2 * 3600 + 30 * 60, "Open house reminders")], zone, c.Now)));
        await Send(At(Friday, 12), c => new SyncEntryCommand(c, new SyncEntry(
            _newId(), _ana, Revision: 1, new SyncedWork(
                clients[0].EngagementId, new TimeSpent.OnDay(Friday, 45 * 60), "Call from the road", Billable: true, ["calls"]),
            zone, c.Now), FoundIn: null));
    }
}
