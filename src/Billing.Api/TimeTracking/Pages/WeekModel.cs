using Billing.Api.Http;
using Billing.Domain.TimeTracking;
using Billing.Projections.Access;
using Billing.Projections.TimeTracking;
using NodaTime;

namespace Billing.Api.TimeTracking.Pages;

/// <summary>A week as a grid: a row for each engagement, a cell for each day.</summary>
/// <param name="Rows">Those that were worked for in this week or the one before.</param>
/// <param name="LockedThrough">The books are closed through that day; null where they are not.</param>
/// <param name="New">Engagements that have no row yet.</param>
public sealed record WeekModel(
    TimesheetWeek Week, WeekView View, LocalDate Today, LocalDate? LockedThrough, IReadOnlyList<GridRow> Rows,
    IReadOnlyList<WorkChoice> New, string FormKey)
{
    /// <summary>Whether some day of it can change: what is handed in or lies in closed books does not.</summary>
    public bool IsOpen => View.HandedInAt is null && !(LockedThrough >= Week.LastDay);

    /// <summary>Whether hours of the day can be typed in by now.</summary>
    public bool IsOpenOn(LocalDate day) => IsOpen && day <= Today && !(LockedThrough >= day);

    public static WeekModel Of(QueryCall call, TimesheetWeek week)
    {
        var view = call.Service<TimeQueries>().Week(call.Book, week);
        var today = call.Now.InZone(DateTimeZoneProviders.Tzdb[call.Caller.TimeZone]).Date;
        var choices = WorkChoices.Of(call);
        // What was worked for last week is likely to be worked for again.
        var before = call.Service<TimeQueries>().Week(call.Book, week.Previous).Entries.Select(entry => entry.EngagementId)
            .Where(id => view.HandedInAt is null && choices.IsOpenOn(id, week.FirstDay));
        var ids = view.Entries.Select(entry => entry.EngagementId).Concat(before)
            .Concat(view.Running is { } timer ? [timer.EngagementId] : []).Distinct().ToList();
        return new WeekModel(
            week, view, today, call.Service<AccessQueries>().Business(call.Book)?.LockedThrough,
            [
                .. ids.Select(id => new GridRow(
                        id, choices.Name(id), [.. view.Days.Select(day => CellOf(view, id, day.Day, choices))]))
                    .OrderBy(row => row.Name, StringComparer.Ordinal).ThenBy(row => row.EngagementId),
            ],
            [.. choices.OpenOn(week.FirstDay).Where(choice => !ids.Contains(choice.EngagementId))],
            call.Service<Func<Guid>>()().ToString("D"));
    }

    private static GridField CellOf(WeekView view, Guid engagement, LocalDate day, WorkChoices choices)
    {
        var entries = view.Entries.Where(entry => entry.EngagementId == engagement && entry.WorkedOn == day).ToList();
        var runs = view.Running is { } timer && timer.EngagementId == engagement && timer.WorkedOn == day;
        var isOne = entries is [{ StartedAt: null, InvoiceId: null }] || entries.Count == 0 && choices.IsOpenOn(engagement, day);
        return new GridField(engagement, day, entries.Sum(entry => entry.DurationSeconds), entries.Count, isOne && !runs);
    }
}

public sealed record GridRow(Guid EngagementId, string Name, IReadOnlyList<GridField> Cells)
{
    public long Seconds => Cells.Sum(cell => cell.Seconds);
}

/// <summary>What one engagement was worked for on one day.</summary>
/// <param name="IsOne">
/// Whether typing over it says everything: it holds nothing yet, or a single entry of which nothing is known but how long it took.
/// Others are changed one by one.
/// </param>
public sealed record GridField(Guid EngagementId, LocalDate Day, long Seconds, int Entries, bool IsOne)
{
    /// <summary>As the grid shows it: empty for nothing.</summary>
    public string Text => TextOf(Seconds);

    public static string TextOf(long seconds) => seconds == 0 ? "" : Billing.Api.Pages.PageWords.Hours(seconds);
}
