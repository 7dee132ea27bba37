using System.Diagnostics;
using NodaTime;

namespace Billing.Domain.TimeTracking;

/// <summary>An entry as it should be, as a device says it after it was offline.</summary>
/// <param name="EntryId">Chosen by the device.</param>
/// <param name="Revision">Counted by the device, from 1.</param>
/// <param name="Work">Null where the entry should be gone.</param>
/// <param name="Zone">The assistant's.</param>
public sealed record SyncEntry(
    Guid EntryId, Guid AssistantId, long Revision, SyncedWork? Work, DateTimeZone Zone, Instant At)
{
    /// <summary>The week in which the entry should be; null where it should be gone.</summary>
    public TimesheetWeek? Week => Work?.Time switch
    {
        null => null,
        TimeSpent.Between between => TimesheetWeek.Of(AssistantId, between.StartedAt, Zone),
        TimeSpent.OnDay onDay => TimesheetWeek.Of(AssistantId, onDay.WorkedOn),
        _ => throw new UnreachableException(),
    };
}

public sealed record SyncedWork(
    Guid EngagementId, TimeSpent Time, string? Note, bool Billable, IReadOnlyList<string>? Tags);

/// <summary>The week that holds an entry, with its state.</summary>
public sealed record HeldEntry(TimesheetWeek Week, TimesheetState State);

/// <summary>The week in which an entry should be, with all that a decision about it needs.</summary>
public sealed record SyncTarget(TimesheetWeek Week, TimesheetState State, AdjacentWeeks Adjacent, AgreedWork Work);

/// <summary>What becomes of one item.</summary>
public abstract record SyncOutcome
{
    private SyncOutcome() { }

    /// <param name="Left">For the week that held the entry and holds it no more.</param>
    /// <param name="Entered">For the week in which the entry should be; none where it is so already.</param>
    public sealed record Applied(
        IReadOnlyList<TimesheetEvent> Left, IReadOnlyList<TimesheetEvent> Entered, OfflineEntryEvent Synced) : SyncOutcome;

    /// <summary>This revision was applied before.</summary>
    public sealed record Already : SyncOutcome;

    /// <param name="Revision">The higher one that was applied before.</param>
    public sealed record Superseded(long Revision) : SyncOutcome;

    public sealed record Refused(Rejection Rejection) : SyncOutcome;
}
