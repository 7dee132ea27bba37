using System.Collections.Concurrent;
using Billing.Domain.TimeTracking;
using Billing.EventStore.Port;
using Billing.Projections.Access;
using Billing.Projections.Running;
using Billing.Projections.TimeTracking;

namespace Billing.Api.TimeTracking;

/// <summary>
/// Finds where an entry or a timer is kept, and who keeps it. It looks into the read models: what is decided there is where
/// to look, never what is so.
/// </summary>
public sealed class TimeDirectory(TimeQueries time, AccessQueries access, ProjectionRunner projections)
{
    private const int MostRemembered = 10_000;
    private readonly ConcurrentDictionary<(BookId, Guid), Seen> _timers = new();

    /// <summary>
    /// Every decision about time asks for it, so it is remembered for as long as the read models stand where they stood.
    /// </summary>
    public RunningTimer? RunningTimer(BookId book, Guid assistantId)
    {
        // Told before looking: what is seen may be newer than the position, never older.
        var position = projections.Position;
        if (_timers.TryGetValue((book, assistantId), out var seen) && seen.Position == position) return seen.Timer;
        var timer = Find(book, assistantId);
        if (_timers.Count > MostRemembered) _timers.Clear();
        _timers[(book, assistantId)] = new Seen(position, timer);
        return timer;
    }

    /// <summary>The week of an entry, or of a timer that runs, whosever it is; null where it is neither.</summary>
    public TimesheetWeek? WeekOf(BookId book, Guid entryId) =>
        TimesheetWeek.TryParseStreamName(time.TimesheetOf(book, entryId), out var week) ? week : null;

    private RunningTimer? Find(BookId book, Guid assistantId) =>
        time.RunningTimer(book, assistantId) is { } timer
            ? new RunningTimer(
                timer.EntryId, timer.AssistantId, timer.EngagementId, timer.ClientId, timer.Note, timer.Billable,
                timer.StartedAt, timer.WorkedOn, timer.TimeZone, timer.Tags)
            : null;

    /// <summary>A member who has not left; null for anyone else.</summary>
    public MemberView? Member(BookId book, Guid memberId) =>
        access.Member(book, memberId) is { LeftAt: null } member ? member : null;

    private sealed record Seen(long Position, RunningTimer? Timer);
}
