using NodaTime;

namespace Billing.Domain.TimeTracking;

/// <summary>
/// Nobody works on two things at once. Intervals that touch do not overlap; the running timer takes all time from its
/// start on; entries with a date and a duration only take no particular time.
/// </summary>
internal static class TimeOverlap
{
    /// <summary>More would make the refusal unreadable.</summary>
    private const int NamedConflicts = 5;

    /// <param name="endedAt">Null for a timer, which is open-ended.</param>
    /// <param name="zone">In which the refusal tells the times.</param>
    public static Rejection? Refuse(
        Guid entryId, Instant startedAt, Instant? endedAt, Surroundings around, DateTimeZone zone)
    {
        var conflicts = around.Entries
            .Where(entry => entry.EntryId != entryId && entry.StartedAt is not null
                && startedAt < entry.EndedAt && (endedAt is null || entry.StartedAt < endedAt))
            .OrderBy(entry => entry.StartedAt)
            .Select(entry => $"entry {entry.EntryId:D} from {Local(entry.StartedAt!.Value)} to {Local(entry.EndedAt!.Value)}")
            .ToList();
        if (around.Running is { } timer && timer.EntryId != entryId && (endedAt is null || timer.StartedAt < endedAt))
            conflicts.Add($"the timer {timer.EntryId:D}, which runs since {Local(timer.StartedAt)}");
        if (conflicts.Count == 0) return null;

        var named = string.Join("; ", conflicts.Take(NamedConflicts));
        var unnamed = conflicts.Count > NamedConflicts ? $"; and {conflicts.Count - NamedConflicts} more" : "";
        return new Rejection(
            "time-overlap",
            $"This overlaps with {named}{unnamed} ({zone.Id}). Change the times, or correct or remove those first.",
            "/startedAt");

        string Local(Instant instant) => WorkTime.Local(instant, zone);
    }
}
