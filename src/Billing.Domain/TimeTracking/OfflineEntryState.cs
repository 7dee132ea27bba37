namespace Billing.Domain.TimeTracking;

/// <param name="Revision">The highest that was applied; 0 before the first.</param>
/// <param name="AssistantId">Whose entry it is; null before the first revision.</param>
/// <param name="Timesheet">Name of the stream that holds the entry; null where it is removed or was never seen.</param>
public sealed record OfflineEntryState(long Revision, Guid? AssistantId, string? Timesheet)
{
    public static OfflineEntryState NeverSeen { get; } = new(0, null, null);

    /// <summary>The week in which the device's last word put the entry.</summary>
    public TimesheetWeek? Week => TimesheetWeek.TryParseStreamName(Timesheet, out var week) ? week : null;
}
