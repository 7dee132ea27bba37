using System.Diagnostics;
using static Billing.Domain.TimeTracking.TimesheetEvent;

namespace Billing.Domain.TimeTracking;

/// <summary>One assistant's week. The stream is <c>timesheet-{assistant}-{year}-W{week}</c>.</summary>
public static partial class Timesheet
{
    public static readonly StreamType<TimesheetState, TimesheetEvent> Stream =
        new("timesheet", TimesheetState.Empty, Evolve);

    public static TimesheetState Evolve(TimesheetState state, TimesheetEvent @event) => @event switch
    {
        TimerStarted e => state with
        {
            Running = new RunningTimer(
                e.EntryId, e.AssistantId, e.EngagementId, e.ClientId, e.Note, e.Billable, e.StartedAt, e.WorkedOn,
                e.TimeZone, e.Tags),
        },
        TimerStopped e when state.Running is { } timer => state with
        {
            Running = null,
            Entries = state.Entries.With(Stopped(timer, e)),
        },
        TimeEntryLogged e => state with
        {
            Entries = state.Entries.With(Logged(e)),
            Removed = state.Removed.Remove(e.EntryId),
        },
        TimeEntryCorrected e => state with
        {
            Entries = state.Entries.With(Corrected(state.Entries[e.EntryId], e)),
        },
        TimeEntryRemoved e when e.EntryId == state.Running?.EntryId => state with
        {
            Running = null,
            Removed = state.Removed.SetItem(e.EntryId, Discarded(state.Running)),
        },
        TimeEntryRemoved e => state with
        {
            Entries = state.Entries.Without(e.EntryId),
            Removed = state.Removed.SetItem(e.EntryId, state.Entries[e.EntryId]),
        },
        TimeBilled e => state with { Entries = OnInvoice(state.Entries, e.EntryIds, e.InvoiceId) },
        TimeReleased e => state with { Entries = OnInvoice(state.Entries, e.EntryIds, null) },
        WeekHandedIn => state with { Stage = WeekStage.HandedIn },
        WeekApproved => state with { Stage = WeekStage.Approved },
        WeekReopened or WeekReturned => state with { Stage = WeekStage.Open },
        _ => throw new UnreachableException(),
    };

    private static TimeEntry Logged(TimeEntryLogged e) => new(
        e.EntryId, e.AssistantId, e.EngagementId, e.ClientId, e.Note, e.Billable, e.WorkedOn, e.StartedAt, e.EndedAt,
        e.DurationSeconds, e.TimeZone, InvoiceId: null, FirstAs: e)
    {
        Tags = e.Tags ?? [],
    };

    private static TimeEntry Corrected(TimeEntry entry, TimeEntryCorrected e) => entry with
    {
        EngagementId = e.EngagementId,
        ClientId = e.ClientId,
        Note = e.Note,
        Billable = e.Billable,
        WorkedOn = e.WorkedOn,
        StartedAt = e.StartedAt,
        EndedAt = e.EndedAt,
        DurationSeconds = e.DurationSeconds,
        TimeZone = e.TimeZone,
        Tags = e.Tags ?? [],
    };

    private static TimeEntry Stopped(RunningTimer timer, TimerStopped e) => new(
        timer.EntryId, timer.AssistantId, timer.EngagementId, timer.ClientId, timer.Note, timer.Billable, timer.WorkedOn,
        timer.StartedAt, e.StoppedAt, e.DurationSeconds, timer.TimeZone, InvoiceId: null, FirstAs: timer.AsStarted())
    {
        Tags = timer.Tags ?? [],
    };

    /// <summary>A timer that was thrown away took no time.</summary>
    private static TimeEntry Discarded(RunningTimer timer) =>
        Stopped(timer, new TimerStopped(timer.EntryId, timer.StartedAt, DurationSeconds: 0));

    private static WeekEntries OnInvoice(WeekEntries entries, IReadOnlyList<Guid> entryIds, Guid? invoiceId) =>
        entries.Changed(entryIds, entry => entry with { InvoiceId = invoiceId });
}
