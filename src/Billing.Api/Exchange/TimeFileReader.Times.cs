using System.Globalization;
using Billing.Domain.TimeTracking;
using NodaTime;
using NodaTime.Text;

namespace Billing.Api.Exchange;

/// <summary>When a row's work was done: instants, clocks in the file's zone, or a day with hours.</summary>
internal sealed partial class TimeFileReader
{
    private static readonly OffsetDateTimePattern[] Offsets = [OffsetDateTimePattern.ExtendedIso, OffsetDateTimePattern.Rfc3339];

    private TimeRow OnDay(TimeRow row, TableRow fields, string dateForm, char point)
    {
        if (WrittenDates.Read(fields[_day], dateForm) is not { } day) return DayUnreadable(row, fields[_day], dateForm);
        if (WrittenTimes.Duration(fields[_hours], point) is not { } hours)
            return row.Faulty("hours-unreadable", $"'{fields[_hours]}' are no hours, such as 1.5 or 1:30.");
        return Timed(row, new TimeSpent.OnDay(day, hours.Seconds));
    }

    private static TimeRow Timed(TimeRow row, TimeSpent.OnDay time) => row with
    {
        Time = time,
        Key = string.Create(CultureInfo.InvariantCulture, $"{LocalDatePattern.Iso.Format(time.WorkedOn)} {time.DurationSeconds}"),
    };

    private TimeRow AtInstants(TimeRow row, TableRow fields)
    {
        if (Instant(fields[_start]) is not { } start || Instant(fields[_end]) is not { } end)
        {
            return row.Faulty(
                "time-unreadable", $"'{row.When}' are no two instants with an offset, such as 2026-03-02T09:00:00Z.");
        }
        var key = $"{InstantPattern.ExtendedIso.Format(start)} {InstantPattern.ExtendedIso.Format(end)}";
        return row with { Time = new TimeSpent.Between(start, end), Key = key };
    }

    private TimeRow AtClocks(TimeRow row, TableRow fields, string dateForm, char point)
    {
        if (WrittenDates.Read(fields[_day], dateForm) is not { } day) return DayUnreadable(row, fields[_day], dateForm);
        if (WrittenTimes.Clock(fields[_startTime]) is not { } from) return TimeUnreadable(row, fields[_startTime]);
        if (WrittenTimes.Clock(fields[_endTime]) is not { } to) return TimeUnreadable(row, fields[_endTime]);
        // Without a day of its own, an end before the start is on the next day.
        var endDay = _endDay < 0 ? day.PlusDays(to < from ? 1 : 0) : WrittenDates.Read(fields[_endDay], dateForm);
        if (endDay is not { } until) return DayUnreadable(row, fields[_endDay], dateForm);
        if (Measured(_duration, fields, point, out var duration) is { } unreadable) return Faulty(row, unreadable);
        if (Measured(_break, fields, point, out var pause) is { } noBreak) return Faulty(row, noBreak);

        var (start, end) = (day.At(from), until.At(to));
        row = row with { Key = $"{LocalDateTimePattern.GeneralIso.Format(start)} {LocalDateTimePattern.GeneralIso.Format(end)}" };
        // What the duration leaves out is the break, so that with one the two don't compare.
        var (time, fault) = WrittenTimes.Between(start, end, _zone, pause is null ? duration : null);
        if (time is null) return Faulty(row, fault!);
        if (pause is { } taken) return WithoutBreak(row with { Time = time }, day, taken.Seconds);
        if (duration is not { } said || time.EndedAt <= time.StartedAt) return row with { Time = time };
        var (differs, doubt) = WrittenTimes.Compare(time, said, _zone);
        return row with { Time = differs is null ? time : null, Fault = differs, Doubt = doubt };
    }

    private static TimeRow WithoutBreak(TimeRow row, LocalDate day, long pauseSeconds)
    {
        var worked = row.DurationSeconds - pauseSeconds;
        return Timed(row, new TimeSpent.OnDay(day, worked)) with
        {
            Key = row.Key,
            Doubt = new RowFault(
                "break-taken-out", "There is a break in it, so it was taken as a duration on its day, without the times."),
        };
    }

    /// <summary>A duration that a column may hold; null where it holds none, or nothing.</summary>
    /// <returns>Why it can't be read.</returns>
    private static RowFault? Measured(int column, TableRow fields, char point, out WrittenDuration? duration)
    {
        duration = null;
        if (fields[column].Length == 0) return null;
        if (WrittenTimes.Duration(fields[column], point) is not { } read)
            return new RowFault("hours-unreadable", $"'{fields[column]}' is no duration, such as 1:30 or 1.5.");
        if (read.Seconds > 0) duration = read;
        return null;
    }

    private static Instant? Instant(string text)
    {
        foreach (var pattern in Offsets)
            if (pattern.Parse(text.Replace(' ', 'T')).TryGetValue(default, out var read)) return read.ToInstant();
        return null;
    }

    private static TimeRow Faulty(TimeRow row, RowFault fault) => row with { Fault = fault };

    private static TimeRow DayUnreadable(TimeRow row, string text, string dateForm) =>
        row.Faulty("date-unreadable", $"'{text}' is no day written {dateForm}.");

    private static TimeRow TimeUnreadable(TimeRow row, string text) =>
        row.Faulty("time-unreadable", $"'{text}' is no time of the day, such as 14:05, 14:05:30 or 2:05 PM.");
}
