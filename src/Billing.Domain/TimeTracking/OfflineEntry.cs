using System.Diagnostics;
using Billing.Domain.Access;
using static Billing.Domain.TimeTracking.OfflineEntryEvent;

namespace Billing.Domain.TimeTracking;

/// <summary>
/// What devices that were offline have said of one entry. The highest revision wins, in whatever order revisions come; that
/// of an entry which is gone, or was never seen, is kept too (adr/0020). The stream is <c>offline-entry-{entry}</c>.
/// </summary>
public static class OfflineEntry
{
    public static readonly StreamType<OfflineEntryState, OfflineEntryEvent> Stream =
        new("offline-entry", OfflineEntryState.NeverSeen, Evolve);

    public static OfflineEntryState Evolve(OfflineEntryState state, OfflineEntryEvent @event) => @event switch
    {
        OfflineEntrySynced e => new OfflineEntryState(e.Revision, e.AssistantId, e.Timesheet),
        _ => throw new UnreachableException(),
    };

    /// <summary>Why there is nothing to apply; null where there is.</summary>
    /// <param name="owner">Whose entry that id is, as far as is known from elsewhere; null where it is not known.</param>
    public static SyncOutcome? Known(OfflineEntryState state, SyncEntry item, Guid? owner)
    {
        if (item.Revision < 1) return new SyncOutcome.Refused(RevisionNotPositive);
        if ((state.AssistantId ?? item.AssistantId) != item.AssistantId || (owner ?? item.AssistantId) != item.AssistantId)
            return new SyncOutcome.Refused(Timesheet.IdTaken);
        if (item.Revision < state.Revision) return new SyncOutcome.Superseded(state.Revision);
        return item.Revision == state.Revision ? new SyncOutcome.Already() : null;
    }

    /// <summary>
    /// The week in which the entry was when it was last heard of; null where it is in none. Where a device has put it is certain; one
    /// that no device has sent, or that was written down anew after a device had removed it, is where it was found.
    /// </summary>
    public static TimesheetWeek? HeldIn(OfflineEntryState state, TimesheetWeek? found) => state.Week ?? found;

    /// <summary>What applying an item writes, all of it in one append.</summary>
    /// <param name="held">As <see cref="HeldIn"/> has it.</param>
    /// <param name="target">The week of the item's time; null where the item removes.</param>
    public static SyncOutcome Decide(
        OfflineEntryState state, SyncEntry item, HeldEntry? held, SyncTarget? target, BusinessState business)
    {
        // What was found may lag behind a removal by a device.
        if (state is { Revision: > 0, Week: null } && held?.State.Entries.ContainsKey(item.EntryId) == false) held = null;
        var synced = new OfflineEntrySynced(item.EntryId, item.AssistantId, item.Revision, target?.Week.StreamName, item.At);
        if (target is null)
        {
            return held is null
                ? new SyncOutcome.Applied([], [], synced)
                : Outcome(Timesheet.Decide(held.State, new RemoveEntry(item.EntryId, item.At), business),
                    left => new SyncOutcome.Applied(left, [], synced));
        }
        if (RefusePlace(state, item, held, target) is { } refusal) return new SyncOutcome.Refused(refusal);
        return Outcome(Enter(item, target, business), entered => held is null || held.Week == target.Week
            ? new SyncOutcome.Applied([], entered, synced)
            : Outcome(Timesheet.Decide(held.State, new RemoveEntry(item.EntryId, item.At), business),
                left => new SyncOutcome.Applied(left, entered, synced)));
    }

    private static Decision<TimesheetEvent> Enter(SyncEntry item, SyncTarget target, BusinessState business)
    {
        var (work, agreed) = (item.Work!, target.Work);
        return target.State.Entries.ContainsKey(item.EntryId)
            ? Timesheet.Decide(
                target.State,
                new CorrectEntry(
                    item.EntryId, target.Week, work.EngagementId, work.Time, work.Note, work.Billable, item.At, work.Tags),
                target.Adjacent, agreed.Engagement, agreed.Client, business)
            : Timesheet.Restore(
                target.State,
                new LogTime(
                    item.EntryId, item.AssistantId, work.EngagementId, work.Time, work.Note, work.Billable, item.Zone, item.At,
                    work.Tags),
                target.Adjacent, agreed.Engagement, agreed.Client, business);
    }

    /// <summary>
    /// A device brings back only what a device has removed, and nothing that stands on an invoice: that the entry is gone is
    /// what its client will be credited for.
    /// </summary>
    private static Rejection? RefusePlace(OfflineEntryState state, SyncEntry item, HeldEntry? held, SyncTarget target)
    {
        if (target.State.Entries.ContainsKey(item.EntryId)) return null;
        if (held is not null && !held.State.Entries.ContainsKey(item.EntryId))
            return Timesheet.NotAnEntry(held.State, item.EntryId);
        if (target.State.Running?.EntryId == item.EntryId) return Timesheet.NotAnEntry(target.State, item.EntryId);
        return target.State.Removed.TryGetValue(item.EntryId, out var removed)
            && (state.Revision == 0 || removed.InvoiceId is not null)
                ? Timesheet.EntryRemoved
                : null;
    }

    private static SyncOutcome Outcome(
        Decision<TimesheetEvent> decision, Func<IReadOnlyList<TimesheetEvent>, SyncOutcome> applied) => decision switch
        {
            Decision<TimesheetEvent>.Accepted { Events: var events } => applied(events),
            Decision<TimesheetEvent>.Rejected { Rejection: var why } => new SyncOutcome.Refused(why),
            _ => throw new UnreachableException(),
        };

    private static Rejection RevisionNotPositive { get; } = new(
        "revision-not-positive", "Revisions count from 1; send a higher one with each change.", "/revision",
        RejectionKind.Invalid);
}
