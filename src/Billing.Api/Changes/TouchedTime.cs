using System.Diagnostics;
using Billing.Domain.TimeTracking;

namespace Billing.Api.Changes;

/// <summary>What an event of a timesheet touches: entries, the timer, the week.</summary>
internal static class TouchedTime
{
    private const string Entries = "/v1/time-entries/{id:guid}";

    /// <param name="timesheet">Such as <c>0199…-2026-W14</c>.</param>
    public static IEnumerable<Touched> Of(TimesheetEvent @event, string timesheet)
    {
        var week = WeekOf(timesheet);
        var ofAssistant = $"?assistant={week.AssistantId:D}";
        return @event switch
        {
            TimesheetEvent.TimerStarted e => [Timer(e.EntryId, ChangeKind.Created)],
            TimesheetEvent.TimerStopped e => [Timer(e.EntryId, ChangeKind.Removed), Entry(e.EntryId, ChangeKind.Created)],
            TimesheetEvent.TimeEntryLogged e => [Entry(e.EntryId, ChangeKind.Created)],
            TimesheetEvent.TimeEntryCorrected e => [Entry(e.EntryId, ChangeKind.Changed)],
            TimesheetEvent.TimeEntryRemoved e => [Entry(e.EntryId, ChangeKind.Removed)],
            TimesheetEvent.TimeBilled e => e.EntryIds.Select(id => Entry(id, ChangeKind.Changed)),
            TimesheetEvent.TimeReleased e => e.EntryIds.Select(id => Entry(id, ChangeKind.Changed)),
            TimesheetEvent.WeekHandedIn or TimesheetEvent.WeekReopened or TimesheetEvent.WeekApproved or TimesheetEvent.WeekReturned =>
                [new("week", "/v1/weeks/{week}", week.IsoText, ChangeKind.Changed, ofAssistant)],
            _ => throw new UnreachableException(),
        };

        Touched Timer(Guid id, string kind) => new("timer", "/v1/timer", $"{id:D}", kind, ofAssistant);
    }

    /// <summary>Whose week it is, and which.</summary>
    public static TimesheetWeek WeekOf(string timesheet) => TimesheetWeek.TryParseStreamId(timesheet, out var week)
        ? week
        : throw new InvalidOperationException($"{timesheet} is no timesheet.");

    private static Touched Entry(Guid id, string kind) => new("time-entry", Entries, $"{id:D}", kind);
}
