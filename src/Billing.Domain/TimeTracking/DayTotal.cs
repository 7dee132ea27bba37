using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Billing.Domain.TimeTracking;

/// <summary>
/// Nobody works longer in a day than the day is: 24 hours, 23 or 25 on DST days. Intervals count with the part that lies
/// in the day, so that night work is shared out between two days; entries with a duration only count in full.
/// </summary>
internal static class DayTotal
{
    public static Rejection? Refuse(Guid entryId, WorkTime time, Surroundings around, DateTimeZone zone, Instant at)
    {
        var timer = around.Running is { } running && running.EntryId != entryId ? running : null;
        for (var day = time.WorkedOn; day <= LastDay(time, zone); day = day.PlusDays(1))
        {
            var (from, until) = (StartOf(day, zone), StartOf(day.PlusDays(1), zone));
            var total = Within(time.WorkedOn, time.StartedAt, time.EndedAt, time.DurationSeconds)
                + (timer is null ? 0 : Within(timer.WorkedOn, timer.StartedAt, at, 0));
            foreach (var week in around.Weeks)
                foreach (var e in week.Entries.AsSpan())
                    if (e.EntryId != entryId) total += Within(e.WorkedOn, e.StartedAt, e.EndedAt, e.DurationSeconds);
            var length = until.ToUnixTimeSeconds() - from.ToUnixTimeSeconds();
            if (total > length) return Full(day, total, length, zone);

            long Within(LocalDate workedOn, Instant? startedAt, Instant? endedAt, long durationSeconds)
            {
                if (startedAt is not { } start || endedAt is not { } end) return workedOn == day ? durationSeconds : 0;
                return Math.Max(
                    0, Instant.Min(end, until).ToUnixTimeSeconds() - Instant.Max(start, from).ToUnixTimeSeconds());
            }
        }
        return null;
    }

    private static Rejection Full(LocalDate day, long totalSeconds, long lengthSeconds, DateTimeZone zone) => new(
        "day-full",
        $"This would make {Hours(totalSeconds)} of work on {LocalDatePattern.Iso.Format(day)}, which has "
        + $"{Hours(lengthSeconds)} in {zone.Id}. Correct or remove other entries of that day first.");

    private static string Hours(long seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:{seconds / 60 % 60:D2}:{seconds % 60:D2} h");

    private static LocalDate LastDay(WorkTime time, DateTimeZone zone) =>
        time.EndedAt is { } end ? end.Minus(Duration.FromSeconds(1)).InZone(zone).Date : time.WorkedOn;

    /// <summary>Where midnight is skipped, as in Havana, or all of a day, as once in Samoa, it starts at the jump.</summary>
    private static Instant StartOf(LocalDate day, DateTimeZone zone)
    {
        var midnight = zone.MapLocal(day.AtMidnight());
        return midnight.Count == 0 ? midnight.LateInterval.Start : midnight.First().ToInstant();
    }
}
