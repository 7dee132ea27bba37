using System.Globalization;
using Billing.Domain.TimeTracking;
using Billing.EventStore.Port;
using Billing.Projections.Paging;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.TimeTracking;

public sealed class TimeQueries(ReadDatabase database)
{
    internal const string EntryColumns = """
        SELECT entry_id, assistant_id, engagement_id, client_id, worked_on, started_at, ended_at, duration_seconds, billable,
            note, tags, time_zone, invoice_id, version FROM time_entries
        """;

    private const string TimerColumns = """
        SELECT entry_id, assistant_id, engagement_id, client_id, worked_on, started_at, billable, note, tags, time_zone, version
        FROM running_timers
        """;

    /// <summary>More weeks than anybody looks through at once.</summary>
    private const int MostWeeks = 500;

    public WeekView Week(BookId book, TimesheetWeek week) => database.Read(book, (session, key) =>
    {
        var entries = session.Rows(
            $"""
            {EntryColumns} WHERE book = ?1 AND assistant_id = ?2 AND worked_on BETWEEN ?3 AND ?4
            ORDER BY worked_on, started_at NULLS FIRST, entry_id
            """,
            ReadEntry, key, week.AssistantId, week.FirstDay, week.LastDay);
        var stage = session.Row(
            """
            SELECT handed_in_at, approved_at, returned_at, return_reason, version
            FROM weeks WHERE book = ?1 AND timesheet = ?2
            """,
            ReadStage, key, week.StreamName);
        var running = FindTimer(session, key, week.AssistantId);
        return new WeekView(
            week.StreamName, week.AssistantId, week.FirstDay, entries,
            [.. Enumerable.Range(0, 7).Select(i => Total(week.FirstDay.PlusDays(i), entries))],
            entries.Sum(e => e.DurationSeconds), entries.Where(e => e.Billable).Sum(e => e.DurationSeconds),
            running is not null && week.Contains(running.WorkedOn) ? running : null,
            stage?.HandedInAt, stage?.ApprovedAt, stage?.ReturnedAt, stage?.ReturnReason, stage?.Version ?? 0);
    });

    /// <summary>The weeks of everyone that have come so far, those that came first before the others.</summary>
    public IReadOnlyList<WeekStatusView> Weeks(BookId book, WeekStatus status) => database.Read(book, (session, key) =>
    {
        var condition = status switch
        {
            WeekStatus.HandedIn => "handed_in_at IS NOT NULL AND approved_at IS NULL",
            WeekStatus.Approved => "approved_at IS NOT NULL",
            _ => "returned_at IS NOT NULL",
        };
        var weeks = session.Rows(
            $"""
            SELECT timesheet, handed_in_at, approved_at, returned_at, return_reason, version
            FROM weeks WHERE book = ?1 AND {condition}
            ORDER BY COALESCE(approved_at, returned_at, handed_in_at), timesheet LIMIT {MostWeeks}
            """,
            row => (Timesheet: row.Text(), Stage: ReadStage(row)), key);
        return weeks.ConvertAll(found =>
        {
            _ = TimesheetWeek.TryParseStreamName(found.Timesheet, out var week);
            var (total, billable) = session.Row(
                """
                SELECT CAST(COALESCE(SUM(duration_seconds), 0) AS BIGINT),
                    CAST(COALESCE(SUM(duration_seconds * billable), 0) AS BIGINT)
                FROM time_entries WHERE book = ?1 AND assistant_id = ?2 AND worked_on BETWEEN ?3 AND ?4
                """,
                row => (row.Long(), row.Long()), key, week.AssistantId, week.FirstDay, week.LastDay);
            return new WeekStatusView(
                found.Timesheet, week.AssistantId, week.IsoText, week.FirstDay, total, billable, found.Stage.HandedInAt,
                found.Stage.ApprovedAt, found.Stage.ReturnedAt, found.Stage.ReturnReason, found.Stage.Version);
        });
    });

    /// <summary>Every timer that runs in the practice, the longest first.</summary>
    public IReadOnlyList<RunningTimerView> RunningTimers(BookId book) => database.Read(book, (session, key) =>
        session.Rows($"{TimerColumns} WHERE book = ?1 ORDER BY started_at, entry_id", ReadTimer, key));

    /// <summary>The one timer that runs for the assistant, whenever it was started.</summary>
    public RunningTimerView? RunningTimer(BookId book, Guid assistantId) =>
        database.Read(book, (session, key) => FindTimer(session, key, assistantId));

    /// <summary>The stream that keeps an entry, or a timer that runs, whosever it is; null where the id is neither's.</summary>
    public string? TimesheetOf(BookId book, Guid entryId) => database.Read(book, (session, key) =>
        FindEntry(session, key, entryId)?.Timesheet
            ?? session.Row($"{TimerColumns} WHERE book = ?1 AND entry_id = ?2", ReadTimer, key, entryId)?.Timesheet);

    public TimeEntryView? Entry(BookId book, Guid entryId) =>
        database.Read(book, (session, key) => FindEntry(session, key, entryId));

    public Page<TimeEntryView> Entries(BookId book, TimeEntryFilter filter, PageRequest page) =>
        database.Read(book, (session, key) =>
        {
            List<SqlValue> values = [key, page.Start, page.Fetched];
            var sql = $"{EntryColumns} WHERE book = ?1 AND entry_id > ?2{Conditions(filter, values)} ORDER BY entry_id LIMIT ?3";
            return Page<TimeEntryView>.Of(session.Rows(sql, ReadEntry, [.. values]), page, entry => entry.EntryId);
        });

    internal static TimeEntryView ReadEntry(Statement row)
    {
        var (entryId, assistantId, engagementId, clientId, day) = (row.Id(), row.Id(), row.Id(), row.Id(), row.Date());
        var (startedAt, endedAt, seconds, billable) = (row.OptionalInstant(), row.OptionalInstant(), row.Long(), row.Bool());
        var (note, tags) = (row.OptionalText(), row.OptionalText());
        return new TimeEntryView(
            entryId, TimesheetWeek.Of(assistantId, day).StreamName, assistantId, engagementId, clientId, day, startedAt,
            endedAt, seconds, billable, note, row.Text(), row.OptionalId(), row.Long())
        {
            Tags = TagText.Tags(tags),
        };
    }

    /// <summary>Only what is asked for stands in the query, so that SQLite can choose the index that fits.</summary>
    private static string Conditions(TimeEntryFilter filter, List<SqlValue> values)
    {
        return string.Concat(
            When(filter.ClientId is not null, "client_id = ", filter.ClientId),
            When(filter.EngagementId is not null, "engagement_id = ", filter.EngagementId),
            When(filter.AssistantId is not null, "assistant_id = ", filter.AssistantId),
            When(filter.From is not null, "worked_on >= ", filter.From),
            When(filter.EndExclusive is not null, "worked_on < ", filter.EndExclusive),
            filter.Tag is { } tag ? Tagged(TagText.Sought(tag)) : "",
            filter.IsBilled switch { null => "", true => " AND invoice_id IS NOT NULL", false => " AND invoice_id IS NULL" });

        string Tagged(string sought)
        {
            values.Add(sought);
            return string.Create(CultureInfo.InvariantCulture, $" AND replace(tags, ?{values.Count}, '') <> tags");
        }

        string When(bool isAsked, string condition, SqlValue value)
        {
            if (!isAsked) return "";
            values.Add(value);
            return string.Create(CultureInfo.InvariantCulture, $" AND {condition}?{values.Count}");
        }
    }

    private static TimeEntryView? FindEntry(Session session, long key, Guid entryId) =>
        session.Row($"{EntryColumns} WHERE book = ?1 AND entry_id = ?2", ReadEntry, key, entryId);

    private static RunningTimerView? FindTimer(Session session, long key, Guid assistantId) => session.Row(
        $"{TimerColumns} WHERE book = ?1 AND assistant_id = ?2 ORDER BY started_at DESC", ReadTimer, key, assistantId);

    private static RunningTimerView ReadTimer(Statement row)
    {
        var (entryId, assistantId, engagementId, clientId, day) = (row.Id(), row.Id(), row.Id(), row.Id(), row.Date());
        var (startedAt, billable, note, tags) = (row.Instant(), row.Bool(), row.OptionalText(), row.OptionalText());
        return new RunningTimerView(
            entryId, TimesheetWeek.Of(assistantId, day).StreamName, assistantId, engagementId, clientId, day, startedAt,
            billable, note, row.Text(), row.Long())
        {
            Tags = TagText.Tags(tags),
        };
    }

    private static Stage ReadStage(Statement row) => new(
        row.OptionalInstant(), row.OptionalInstant(), row.OptionalInstant(), row.OptionalText(), row.Long());

    private static DayTotalView Total(LocalDate day, List<TimeEntryView> entries)
    {
        var ofDay = entries.Where(e => e.WorkedOn == day).ToList();
        return new DayTotalView(
            day, ofDay.Sum(e => e.DurationSeconds), ofDay.Where(e => e.Billable).Sum(e => e.DurationSeconds));
    }

    private sealed record Stage(
        Instant? HandedInAt, Instant? ApprovedAt, Instant? ReturnedAt, string? ReturnReason, long Version);
}
