using Billing.Api.Http;
using Billing.Domain.TimeTracking;
using Billing.Projections.Clients;
using Billing.Projections.Engagements;
using Billing.Projections.Paging;
using Billing.Projections.TimeTracking;
using NodaTime;

namespace Billing.Api.TimeTracking.Pages;

/// <summary>What an assistant sees of a week: the timer, today, and each day by engagement.</summary>
/// <param name="Today">In the assistant's zone.</param>
/// <param name="Elapsed">How long the timer had run when the page was made.</param>
/// <param name="Entries">Of today, the newest first.</param>
/// <param name="Rows">Of the week, one for each engagement that was worked for.</param>
/// <param name="Choices">What can be worked for, in the order of the clients' names.</param>
public sealed record TimeModel(
    TimesheetWeek Week, WeekView View, LocalDate Today, bool IsThisWeek, RunningTimerView? Running, long Elapsed,
    IReadOnlyList<DayEntry> Entries, IReadOnlyList<WeekRow> Rows, IReadOnlyList<WorkChoice> Choices, string FormKey)
{
    private const int MostChoices = 500;

    public string WeekPath(int weeks) => $"/time?week={TimesheetWeek.Of(Week.AssistantId, View.FirstDay.PlusWeeks(weeks)).IsoText}";

    /// <summary>How the work is named: the client, and what it is that is done for them.</summary>
    public string Name(Guid engagementId) =>
        Choices.FirstOrDefault(choice => choice.EngagementId == engagementId)?.Name ?? "–";

    public static TimeModel Of(QueryCall call, TimesheetWeek? wished)
    {
        var caller = call.Caller;
        var zone = DateTimeZoneProviders.Tzdb[caller.TimeZone];
        var today = call.Now.InZone(zone).Date;
        var current = TimesheetWeek.Of(caller.MemberId, today);
        var week = wished ?? current;
        var view = call.Service<TimeQueries>().Week(call.Book, week);
        var running = call.Service<TimeQueries>().RunningTimer(call.Book, caller.MemberId);
        var choices = ChoicesOf(call);
        return new TimeModel(
            week, view, today, week == current, running, running is null ? 0 : (long)(call.Now - running.StartedAt).TotalSeconds,
            [
                .. view.Entries.Where(entry => entry.WorkedOn == today).OrderByDescending(entry => entry.StartedAt).Select(entry =>
                    new DayEntry(entry, entry.StartedAt?.InZone(zone).TimeOfDay, entry.EndedAt?.InZone(zone).TimeOfDay)),
            ],
            RowsOf(view, choices), choices, call.Service<Func<Guid>>()().ToString("D"));
    }

    private static IReadOnlyList<WeekRow> RowsOf(WeekView view, IReadOnlyList<WorkChoice> choices) =>
    [
        .. view.Entries.GroupBy(entry => entry.EngagementId)
            .Select(row => new WeekRow(
                choices.FirstOrDefault(choice => choice.EngagementId == row.Key)?.Name ?? "–",
                [.. view.Days.Select(day => row.Where(entry => entry.WorkedOn == day.Day).Sum(entry => entry.DurationSeconds))]))
            .OrderBy(row => row.Name, StringComparer.Ordinal),
    ];

    private static IReadOnlyList<WorkChoice> ChoicesOf(QueryCall call)
    {
        var page = new PageRequest(null, MostChoices);
        var clients = call.Service<ClientQueries>().Clients(call.Book, page).Items.ToDictionary(client => client.ClientId);
        return
        [
            .. call.Service<EngagementQueries>().Engagements(call.Book, page).Items
                .Where(engagement => clients.ContainsKey(engagement.ClientId))
                .Select(engagement => new WorkChoice(
                    engagement.EngagementId, clients[engagement.ClientId].Name ?? "–", engagement.Name ?? "–", engagement.LastDay))
                .OrderBy(choice => choice.Name, StringComparer.Ordinal),
        ];
    }
}

/// <param name="From">Null, like the end, where only the duration is known.</param>
public sealed record DayEntry(TimeEntryView Entry, LocalTime? From, LocalTime? To);

/// <param name="Seconds">Of each of the seven days.</param>
public sealed record WeekRow(string Name, IReadOnlyList<long> Seconds);

/// <param name="LastDay">Null while it goes on.</param>
public sealed record WorkChoice(Guid EngagementId, string Client, string Work, LocalDate? LastDay)
{
    public string Name => $"{Client} / {Work}";
}
