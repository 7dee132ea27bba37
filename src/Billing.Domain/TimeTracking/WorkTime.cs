using System.Diagnostics;
using NodaTime;
using NodaTime.Text;

namespace Billing.Domain.TimeTracking;

/// <summary>When and how long work was done, in whole seconds, with the day it belongs to.</summary>
internal sealed record WorkTime(LocalDate WorkedOn, Instant? StartedAt, Instant? EndedAt, long DurationSeconds)
{
    /// <summary>No single piece of work is longer than a day.</summary>
    public const long MaxSeconds = 24 * 3600;

    private static readonly LocalDateTimePattern LocalPattern =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd' 'HH':'mm':'ss");

    public static WorkTime Of(TimeSpent time, DateTimeZone zone) => time switch
    {
        TimeSpent.Between between => Between(CutToSecond(between.StartedAt), CutToSecond(between.EndedAt), zone),
        TimeSpent.OnDay onDay => new(onDay.WorkedOn, null, null, onDay.DurationSeconds),
        _ => throw new UnreachableException(),
    };

    /// <summary>Elapsed time: on a DST night it differs from what the clock on the wall says.</summary>
    public static WorkTime Between(Instant startedAt, Instant endedAt, DateTimeZone zone) => new(
        startedAt.InZone(zone).Date, startedAt, endedAt, endedAt.ToUnixTimeSeconds() - startedAt.ToUnixTimeSeconds());

    public static Instant CutToSecond(Instant instant) => Instant.FromUnixTimeSeconds(instant.ToUnixTimeSeconds());

    /// <summary>What the clock on the wall says, for refusals: <c>2026-03-30 09:00:00</c>.</summary>
    public static string Local(Instant instant, DateTimeZone zone) =>
        LocalPattern.Format(instant.InZone(zone).LocalDateTime);

    /// <summary>Null where the time lies in the years we keep, is longer than nothing and not longer than a day.</summary>
    public static Rejection? Refuse(TimeSpent time) => time switch
    {
        TimeSpent.Between between => RefuseInstant(between.StartedAt, "/startedAt")
            ?? RefuseInstant(between.EndedAt, "/endedAt")
            ?? RefuseBetween(CutToSecond(between.StartedAt), CutToSecond(between.EndedAt)),
        TimeSpent.OnDay onDay => RefuseDay(onDay.WorkedOn)
            ?? (onDay.DurationSeconds <= 0
                ? Invalid("duration-not-positive", "Work takes longer than no time.", "/durationSeconds")
                : RefuseLength(onDay.DurationSeconds, "/durationSeconds")),
        _ => throw new UnreachableException(),
    };

    public static Rejection? RefuseInstant(Instant instant, string field) =>
        instant < TimesheetWeek.EarliestInstant || instant >= TimesheetWeek.LatestInstant ? OutOfRange(field) : null;

    public static Rejection? RefuseBetween(Instant startedAt, Instant endedAt) => endedAt <= startedAt
        ? Invalid("end-not-after-start", "Work ends after it starts, by a second at least.", "/endedAt")
        : RefuseLength(endedAt.ToUnixTimeSeconds() - startedAt.ToUnixTimeSeconds(), "/endedAt");

    private static Rejection? RefuseDay(LocalDate day) =>
        day < TimesheetWeek.EarliestDay || day > TimesheetWeek.LatestDay ? OutOfRange("/workedOn") : null;

    private static Rejection? RefuseLength(long durationSeconds, string field) => durationSeconds > MaxSeconds
        ? Invalid("duration-too-long", "One entry holds at most 24 hours; split it into several.", field)
        : null;

    private static Rejection OutOfRange(string field) =>
        Invalid("date-out-of-range", "Timesheets are kept for the years 2000 to 2199.", field);

    private static Rejection Invalid(string code, string detail, string field) =>
        new(code, detail, field, RejectionKind.Invalid);
}
