using Billing.Api.Http;
using Billing.Domain.TimeTracking;
using Billing.Projections.TimeTracking;
using NodaTime;

namespace Billing.Api.TimeTracking.Pages;

/// <summary>What an assistant sees of a week: the timer, today, and each day by engagement.</summary>
/// <param name="Today">In the assistant's zone.</param>
/// <param name="Elapsed">How long the timer had run when the page was made.</param>
/// <param name="Entries">Of today, the newest first.</param>
/// <param name="Rows">Of the week, one for each engagement that was worked for.</param>
public sealed record TimeModel(
    TimesheetWeek Week, WeekView View, LocalDate Today, RunningTimerView? Running, long Elapsed,
    IReadOnlyList<TimeEntryView> Entries, bool IsTodayHandedIn, IReadOnlyList<WeekRow> Rows, WorkChoices Choices, string FormKey)
{
    /// <summary>The engagement that was last worked for.</summary>
    public Guid? Latest => Running?.EngagementId ?? View.Entries.MaxBy(entry => (entry.WorkedOn, entry.StartedAt))?.EngagementId;

    public static TimeModel Of(QueryCall call, TimesheetWeek? wished)
    {
        var caller = call.Caller;
        var today = call.Now.InZone(DateTimeZoneProviders.Tzdb[caller.TimeZone]).Date;
        var current = TimesheetWeek.Of(caller.MemberId, today);
        var week = wished ?? current;
        var view = call.Service<TimeQueries>().Week(call.Book, week);
        var ofToday = week == current ? view : call.Service<TimeQueries>().Week(call.Book, current);
        var running = call.Service<TimeQueries>().RunningTimer(call.Book, caller.MemberId);
        var choices = WorkChoices.Of(call);
        return new TimeModel(
            week, view, today, running, running is null ? 0 : (long)(call.Now - running.StartedAt).TotalSeconds,
            [.. ofToday.Entries.Where(entry => entry.WorkedOn == today).OrderByDescending(entry => entry.StartedAt)],
            ofToday.HandedInAt is not null, RowsOf(view, choices), choices, call.Service<Func<Guid>>()().ToString("D"));
    }

    private static IReadOnlyList<WeekRow> RowsOf(WeekView view, WorkChoices choices) =>
    [
        .. view.Entries.GroupBy(entry => entry.EngagementId)
            .Select(row => new WeekRow(
                choices.Name(row.Key),
                [.. view.Days.Select(day => row.Where(entry => entry.WorkedOn == day.Day).Sum(entry => entry.DurationSeconds))]))
            .OrderBy(row => row.Name, StringComparer.Ordinal),
    ];
}

/// <param name="Seconds">Of each of the seven days.</param>
public sealed record WeekRow(string Name, IReadOnlyList<long> Seconds);

/// <summary>Addresses of an assistant's pages.</summary>
public static class TimePaths
{
    public const string Clock = "/time";

    public static string Week(TimesheetWeek week) => $"{Clock}/week/{week.IsoText}";

    public static string Day(LocalDate day) => $"{Clock}/day/{Iso(day)}";

    public static string Iso(LocalDate day) => NodaTime.Text.LocalDatePattern.Iso.Format(day);
}
