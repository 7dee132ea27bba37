using Billing.Domain.Values;
using static Billing.Domain.TimeTracking.TimesheetEvent;

namespace Billing.Domain.TimeTracking;

/// <summary>
/// A week that is handed in stands still, until it is sent back or reopened; so does one that is approved, until it is
/// reopened. Its entries can be billed either way.
/// </summary>
public static partial class Timesheet
{
    /// <param name="state">Of the command's week.</param>
    public static Decision<TimesheetEvent> Decide(TimesheetState state, HandInWeek command)
    {
        if (state.IsHandedIn) return Decision<TimesheetEvent>.AlreadyDone;
        if (state.Running is { } timer) return TimerRunning(timer, "stop it before its week is handed in");
        if (command.Week.FirstDay > command.At.InZone(command.Zone).Date)
            return new Rejection("in-the-future", "This week has not begun yet, so there is nothing to hand in.");
        return new WeekHandedIn(command.At);
    }

    /// <param name="state">Of the week that is approved.</param>
    public static Decision<TimesheetEvent> Decide(TimesheetState state, ApproveWeek command) => state.Stage switch
    {
        WeekStage.Approved => Decision<TimesheetEvent>.AlreadyDone,
        WeekStage.HandedIn => new WeekApproved(command.At),
        _ => NotHandedIn,
    };

    /// <param name="state">Of the week that is sent back.</param>
    public static Decision<TimesheetEvent> Decide(TimesheetState state, ReturnWeek command)
    {
        if (Wording.RefuseName(command.Reason, "/reason") is { } invalid) return invalid;
        return state.Stage switch
        {
            WeekStage.HandedIn => new WeekReturned(command.Reason, command.At),
            WeekStage.Approved => new Rejection("week-approved", "This week is approved; reopen it instead."),
            _ => NotHandedIn,
        };
    }

    public static Decision<TimesheetEvent> Decide(TimesheetState state, ReopenWeek command) =>
        state.IsHandedIn ? new WeekReopened(command.At) : Decision<TimesheetEvent>.AlreadyDone;

    /// <summary>All of the entries go onto the invoice, or none.</summary>
    public static Decision<TimesheetEvent> Decide(TimesheetState state, BillTime command)
    {
        var added = new List<Guid>();
        foreach (var entryId in command.EntryIds.Distinct())
        {
            if (!state.Entries.TryGetValue(entryId, out var entry)) return NotAnEntry(state, entryId);
            if (entry.InvoiceId == command.InvoiceId) continue;
            if (RefuseBilling(entry) is { } refusal) return refusal;
            added.Add(entryId);
        }
        return added.Count == 0 ? Decision<TimesheetEvent>.AlreadyDone : new TimeBilled(added, command.InvoiceId);
    }

    /// <summary>
    /// Only the invoice they stand on can release entries; what another one has taken since stays there, and what was removed
    /// since is no work any more that could be billed.
    /// </summary>
    public static Decision<TimesheetEvent> Decide(TimesheetState state, ReleaseTime command)
    {
        var released = command.EntryIds.Distinct()
            .Where(id => state.Entries.TryGetValue(id, out var entry) && entry.InvoiceId == command.InvoiceId)
            .ToList();
        return released.Count == 0 ? Decision<TimesheetEvent>.AlreadyDone : new TimeReleased(released, command.InvoiceId);
    }

    private static Rejection NotHandedIn { get; } = new(
        "week-not-handed-in", "This week is not handed in, so there is nothing to approve or to send back.");

    private static Rejection? RefuseBilling(TimeEntry entry)
    {
        if (entry.InvoiceId is { } other)
            return new Rejection("entry-billed", $"Entry {entry.EntryId:D} stands on invoice {other:D} already.");
        return entry.Billable
            ? null
            : new Rejection("entry-not-billable", $"Entry {entry.EntryId:D} is not billable; correct it, or leave it out.");
    }
}
