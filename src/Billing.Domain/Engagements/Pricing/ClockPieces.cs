using NodaTime;

namespace Billing.Domain.Engagements.Pricing;

/// <summary>A part of an entry within one local day and one offset from UTC.</summary>
/// <param name="Start">Seconds after the entry's start.</param>
/// <param name="End">The same, exclusive.</param>
/// <param name="SecondOfDay">Where on the local clock it starts; null where only the day is known.</param>
internal readonly record struct ClockPiece(long Start, long End, LocalDate Day, long? SecondOfDay)
{
    private const long DaySeconds = 24 * 3600;

    /// <summary>
    /// Cuts an entry at each local midnight and each change of the clock, so that within a piece the clock runs evenly: an
    /// hour that the clock shows twice counts twice, one that it leaps over not at all.
    /// </summary>
    public static IReadOnlyList<ClockPiece> Of(Work work, DateTimeZone zone)
    {
        if (work.StartedAt is not { } start) return [new(0, work.DurationSeconds, work.WorkedOn, null)];
        var pieces = new List<ClockPiece>();
        var first = start.ToUnixTimeSeconds();
        var end = first + work.DurationSeconds;
        for (var at = first; at < end;)
        {
            var instant = Instant.FromUnixTimeSeconds(at);
            var interval = zone.GetZoneInterval(instant);
            var local = at + interval.WallOffset.Seconds;
            var secondOfDay = ((local % DaySeconds) + DaySeconds) % DaySeconds;
            var until = Math.Min(end, at + DaySeconds - secondOfDay);
            if (interval.HasEnd) until = Math.Min(until, interval.End.ToUnixTimeSeconds());
            pieces.Add(new(at - first, until - first, instant.WithOffset(interval.WallOffset).Date, secondOfDay));
            at = until;
        }
        return pieces;
    }

    /// <summary>The part of it that lies between two minutes of the local day.</summary>
    public (long Start, long End)? Within(int fromMinute, int toMinute)
    {
        if (SecondOfDay is not { } second) return null;
        var start = Math.Max(Start, Start + (fromMinute * 60L) - second);
        var end = Math.Min(End, Start + (toMinute * 60L) - second);
        return start < end ? (start, end) : null;
    }
}
