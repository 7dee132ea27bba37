using System.Globalization;
using Billing.Domain.TimeTracking;
using NodaTime;
using NodaTime.Text;

namespace Billing.Api.Exchange;

/// <summary>A duration of a file, and by how much it may be rounded.</summary>
internal readonly record struct WrittenDuration(long Seconds, long SlackSeconds);

/// <summary>How files write clocks and durations, and when that was.</summary>
internal static class WrittenTimes
{
    private const long HourSeconds = 3600, MinuteSeconds = 60, DayHours = 24;

    private static readonly LocalTimePattern[] Clocks = Array.ConvertAll(
        ["H:mm:ss", "H:mm", "h:mm:ss tt", "h:mm tt", "h:mm:sstt", "h:mmtt"], LocalTimePattern.CreateWithInvariantCulture);

    private static readonly LocalDateTimePattern Shown = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd HH':'mm':'ss");

    /// <summary>Of 24 or of 12 hours, with seconds or without. The blank before AM may be one that does not break.</summary>
    public static LocalTime? Clock(string text)
    {
        var plain = text.Replace('\u202F', ' ').Replace('\u00A0', ' ').Replace("a.m.", "AM", StringComparison.OrdinalIgnoreCase)
            .Replace("p.m.", "PM", StringComparison.OrdinalIgnoreCase).ToUpperInvariant();
        foreach (var clock in Clocks)
            if (clock.Parse(plain).TryGetValue(default, out var time)) return time;
        return null;
    }

    /// <summary>
    /// A clock (1:30, 1:30:15) or hours with decimals. A whole number above 24 is seconds: so older exports of Kimai have it, and
    /// nothing takes that many hours.
    /// </summary>
    public static WrittenDuration? Duration(string text, char point)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            var parts = text.Split(':');
            if (parts.Length > 3 || !parts.All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
                return null;
            var numbers = Array.ConvertAll(parts, part => long.Parse(part, CultureInfo.InvariantCulture));
            if (numbers.Skip(1).Any(number => number >= MinuteSeconds)) return null;
            var seconds = numbers[0] * HourSeconds + numbers[1] * MinuteSeconds + numbers.ElementAtOrDefault(2);
            return new WrittenDuration(seconds, parts.Length == 2 ? MinuteSeconds - 1 : 0);
        }
        if (!WrittenNumbers.TryRead(text, point, out var hours) || hours is < 0 or > int.MaxValue) return null;
        var decimals = text.LastIndexOf(point) is var at and >= 0 ? text.Length - at - 1 : 0;
        if (decimals == 0 && hours > DayHours) return new WrittenDuration((long)hours, 0);
        var halfPlace = Enumerable.Range(0, Math.Min(decimals, 9)).Aggregate(HourSeconds / 2m, (half, _) => half / 10);
        return new WrittenDuration(
            (long)Math.Round(hours * HourSeconds, MidpointRounding.AwayFromZero), decimals == 0 ? 0 : (long)Math.Ceiling(halfPlace));
    }

    /// <summary>When that was of which the clock on the wall said this. What it said twice is told apart by the duration alone.</summary>
    public static (TimeSpent.Between? Time, RowFault? Fault) Between(
        LocalDateTime start, LocalDateTime end, DateTimeZone zone, WrittenDuration? duration)
    {
        var (starts, ends) = (Instants(start, zone), Instants(end, zone));
        if (starts.Count == 0 || ends.Count == 0)
        {
            var skipped = Shown.Format(starts.Count == 0 ? start : end);
            return (null, new RowFault(
                "time-skipped",
                $"{skipped} was never in {zone.Id}: the clocks were put forward then. Check timeZone, or correct the row."));
        }
        var possible = starts.SelectMany(s => ends.Select(e => new TimeSpent.Between(s, e))).ToList();
        if (possible.Count > 1 && duration is { } said)
            possible = possible.FindAll(time => Math.Abs(SecondsOf(time) - said.Seconds) < Math.Max(said.SlackSeconds + 1, MinuteSeconds));
        if (possible.Count == 1) return (possible[0], null);
        var twice = Shown.Format(starts.Count > 1 ? start : end);
        return (null, new RowFault(
            "time-twice", $"{twice} was twice in {zone.Id}: the clocks were put back then. Log this one by hand, with its offset."));
    }

    /// <summary>What the file's own duration says of the times that were read; null where it agrees.</summary>
    public static (RowFault? Fault, RowFault? Doubt) Compare(TimeSpent.Between time, WrittenDuration said, DateTimeZone zone)
    {
        var difference = Math.Abs(SecondsOf(time) - said.Seconds);
        if (difference <= said.SlackSeconds) return (null, null);
        var detail = $"From start to end it is {DurationText.Of(SecondsOf(time))} in {zone.Id}, and the file's duration is "
            + $"{DurationText.Of(said.Seconds)}.";
        return difference < MinuteSeconds
            ? (null, new RowFault("duration-differs", $"{detail} Start and end were taken."))
            : (new RowFault("duration-differs", $"{detail} Check timeZone, or correct the row."), null);
    }

    private static long SecondsOf(TimeSpent.Between time) => (long)(time.EndedAt - time.StartedAt).TotalSeconds;

    private static List<Instant> Instants(LocalDateTime local, DateTimeZone zone)
    {
        var mapping = zone.MapLocal(local);
        return mapping.Count switch
        {
            0 => [],
            1 => [mapping.Single().ToInstant()],
            _ => [mapping.First().ToInstant(), mapping.Last().ToInstant()],
        };
    }
}
