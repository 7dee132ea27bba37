using System.Collections.Immutable;
using NodaTime;

namespace Billing.Domain.TimeTracking;

/// <summary>How far a week has come.</summary>
public enum WeekStage
{
    /// <summary>Work is written down and corrected.</summary>
    Open,

    /// <summary>The assistant is done with it; it waits for the owner.</summary>
    HandedIn,

    /// <summary>The owner has agreed.</summary>
    Approved,
}

/// <summary>One assistant's week.</summary>
/// <param name="Entries">By id; without the removed ones and the running timer.</param>
/// <param name="Running">The timer that began in this week and still runs.</param>
/// <param name="Removed">
/// What was removed, by id, so that neither a retry nor another entry brings an id back. What was removed while it stood on
/// an invoice keeps that invoice's id.
/// </param>
public sealed record TimesheetState(
    WeekEntries Entries, RunningTimer? Running, WeekStage Stage,
    ImmutableDictionary<Guid, TimeEntry> Removed)
{
    public static TimesheetState Empty { get; } =
        new(WeekEntries.Empty, null, WeekStage.Open, ImmutableDictionary<Guid, TimeEntry>.Empty);

    /// <summary>Handed in, approved or not: nothing unbilled in it changes.</summary>
    public bool IsHandedIn => Stage != WeekStage.Open;
}

/// <summary>Work that was done.</summary>
/// <param name="Note">Null where there is none, or once the client's key is erased.</param>
/// <param name="WorkedOn">The day on which it began, in its zone.</param>
/// <param name="StartedAt">Null, like <paramref name="EndedAt"/>, where only a date and a duration are known.</param>
/// <param name="DurationSeconds">Elapsed time.</param>
/// <param name="InvoiceId">The finalised invoice it stands on; null while it is unbilled.</param>
/// <param name="FirstAs">What it was first written down as, timer or entry, to know a retry by.</param>
public sealed record TimeEntry(
    Guid EntryId, Guid AssistantId, Guid EngagementId, Guid ClientId, string? Note, bool Billable, LocalDate WorkedOn,
    Instant? StartedAt, Instant? EndedAt, long DurationSeconds, string TimeZone, Guid? InvoiceId, TimesheetEvent FirstAs)
{
    /// <summary>As <see cref="TagList"/> keeps them.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}

/// <summary>Work under way; its duration is not known yet, so it takes all time from its start on.</summary>
/// <param name="Tags">As <see cref="TagList"/> keeps them; null where there are none.</param>
public sealed record RunningTimer(
    Guid EntryId, Guid AssistantId, Guid EngagementId, Guid ClientId, string? Note, bool Billable, Instant StartedAt,
    LocalDate WorkedOn, string TimeZone, IReadOnlyList<string>? Tags = null)
{
    /// <summary>The fact that it was started with.</summary>
    internal TimesheetEvent.TimerStarted AsStarted() =>
        new(EntryId, AssistantId, EngagementId, ClientId, Note, Billable, StartedAt, WorkedOn, TimeZone, Tags);
}
