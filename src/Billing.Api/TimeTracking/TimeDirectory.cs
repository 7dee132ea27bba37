using Billing.Domain.TimeTracking;
using Billing.EventStore.Port;
using Billing.Projections.Access;
using Billing.Projections.TimeTracking;

namespace Billing.Api.TimeTracking;

/// <summary>
/// Finds where an entry or a timer is kept, and who keeps it. It looks into the read models: what is decided there is where
/// to look, never what is so.
/// </summary>
public sealed class TimeDirectory(TimeQueries time, AccessQueries access)
{
    public RunningTimer? RunningTimer(BookId book, Guid assistantId) =>
        time.RunningTimer(book, assistantId) is { } timer
            ? new RunningTimer(
                timer.EntryId, timer.AssistantId, timer.EngagementId, timer.ClientId, timer.Note, timer.Billable,
                timer.StartedAt, timer.WorkedOn, timer.TimeZone)
            : null;

    /// <summary>The week of an entry, or of the assistant's running timer; null where it is neither.</summary>
    public TimesheetWeek? WeekOf(BookId book, Guid entryId, Guid assistantId)
    {
        var timesheet = time.Entry(book, entryId)?.Timesheet;
        if (timesheet is null && time.RunningTimer(book, assistantId) is { } timer && timer.EntryId == entryId)
            timesheet = timer.Timesheet;
        return TimesheetWeek.TryParseStreamName(timesheet, out var week) ? week : null;
    }

    /// <summary>A member who has not left; null for anyone else.</summary>
    public MemberView? Member(BookId book, Guid memberId) =>
        access.Member(book, memberId) is { LeftAt: null } member ? member : null;
}
