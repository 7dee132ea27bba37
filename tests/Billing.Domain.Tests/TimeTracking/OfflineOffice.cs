using Billing.Domain.TimeTracking;
using static Billing.Domain.Tests.TimeTracking.Desk;

namespace Billing.Domain.Tests.TimeTracking;

/// <summary>An office to which a device sends what it kept, decided and folded as the API does it, but in memory.</summary>
internal sealed class OfflineOffice
{
    private readonly Dictionary<Guid, OfflineEntryState> _known = [];

    public Office Office { get; } = new();

    /// <summary>What becomes of the item: applied, already, superseded, or the code of a refusal.</summary>
    public string Sync(SyncEntry item)
    {
        var state = _known.GetValueOrDefault(item.EntryId, OfflineEntryState.NeverSeen);
        var found = Office.WeekOf(item.EntryId);
        return (OfflineEntry.Known(state, item, found?.AssistantId) ?? Decide(state, item, found)) switch
        {
            SyncOutcome.Already => "already",
            SyncOutcome.Superseded => "superseded",
            SyncOutcome.Refused refused => refused.Rejection.Code,
            SyncOutcome.Applied applied => Apply(state, item, found, applied),
            var other => throw new InvalidOperationException($"{other}"),
        };
    }

    /// <summary>Revisions and entries, with nothing that depends on the way they came.</summary>
    public string Contents() => string.Join("\n",
        _known.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}")
            .Concat(Office.Entries.OrderBy(e => e.EntryId).Select(e => $"{e with { FirstAs = null! }}")));

    private SyncOutcome Decide(OfflineEntryState state, SyncEntry item, TimesheetWeek? found)
    {
        var held = OfflineEntry.HeldIn(state, found) is { } week ? new HeldEntry(week, Office.Of(week)) : null;
        var target = item.Week is { } wished
            ? new SyncTarget(wished, Office.Of(wished), Office.Around(wished), new AgreedWork(Inbox, Globex))
            : null;
        return OfflineEntry.Decide(state, item, held, target, Juniper);
    }

    private string Apply(OfflineEntryState state, SyncEntry item, TimesheetWeek? found, SyncOutcome.Applied applied)
    {
        foreach (var @event in applied.Left) Office.Happens(OfflineEntry.HeldIn(state, found)!.Value, @event);
        foreach (var @event in applied.Entered) Office.Happens(item.Week!.Value, @event);
        _known[item.EntryId] = OfflineEntry.Evolve(state, applied.Synced);
        return "applied";
    }
}
