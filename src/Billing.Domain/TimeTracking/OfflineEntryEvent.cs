using NodaTime;

namespace Billing.Domain.TimeTracking;

/// <summary>What devices that were offline have said of one entry.</summary>
public abstract record OfflineEntryEvent
{
    private OfflineEntryEvent() { }

    /// <summary>A revision was applied; what it changed stands on the timesheets in the same append.</summary>
    /// <param name="Revision">Counted by the device, from 1; the highest one wins.</param>
    /// <param name="Timesheet">Name of the stream that holds the entry now; null where the revision removes it.</param>
    public sealed record OfflineEntrySynced(
        Guid EntryId, Guid AssistantId, long Revision, string? Timesheet, Instant SyncedAt) : OfflineEntryEvent;
}
