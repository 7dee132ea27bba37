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
            note, time_zone, invoice_id, version FROM time_entries
        """;

    public WeekView Week(BookId book, TimesheetWeek week) => database.Read(book, (session, key) =>
    {
        var entries = session.Rows(
            $"""
            {EntryColumns} WHERE book = ?1 AND assistant_id = ?2 AND worked_on BETWEEN ?3 AND ?4
            ORDER BY worked_on, started_at NULLS FIRST, entry_id
            """,
            ReadEntry, key, week.AssistantId, week.FirstDay, week.LastDay);
        var (handedInAt, version) = session.Row(
            "SELECT handed_in_at, version FROM weeks WHERE book = ?1 AND timesheet = ?2",
            row => (row.OptionalInstant(), row.Long()), key, week.StreamName);
        var running = FindTimer(session, key, week.AssistantId);
        return new WeekView(
            week.StreamName, week.AssistantId, week.FirstDay, entries,
            [.. Enumerable.Range(0, 7).Select(i => Total(week.FirstDay.PlusDays(i), entries))],
            entries.Sum(e => e.DurationSeconds), entries.Where(e => e.Billable).Sum(e => e.DurationSeconds),
            running is not null && week.Contains(running.WorkedOn) ? running : null, handedInAt, version);
    });

    /// <summary>The one timer that runs for the assistant, whenever it was started.</summary>
    public RunningTimerView? RunningTimer(BookId book, Guid assistantId) =>
        database.Read(book, (session, key) => FindTimer(session, key, assistantId));

    public TimeEntryView? Entry(BookId book, Guid entryId) => database.Read(book, (session, key) =>
        session.Row($"{EntryColumns} WHERE book = ?1 AND entry_id = ?2", ReadEntry, key, entryId));

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
        return new TimeEntryView(
            entryId, TimesheetWeek.Of(assistantId, day).StreamName, assistantId, engagementId, clientId, day,
            row.OptionalInstant(), row.OptionalInstant(), row.Long(), row.Bool(), row.OptionalText(), row.Text(),
            row.OptionalId(), row.Long());
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
            filter.IsBilled switch { null => "", true => " AND invoice_id IS NOT NULL", false => " AND invoice_id IS NULL" });

        string When(bool isAsked, string condition, SqlValue value)
        {
            if (!isAsked) return "";
            values.Add(value);
            return string.Create(CultureInfo.InvariantCulture, $" AND {condition}?{values.Count}");
        }
    }

    private static RunningTimerView? FindTimer(Session session, long key, Guid assistantId) => session.Row(
        """
        SELECT entry_id, engagement_id, client_id, worked_on, started_at, billable, note, time_zone, version
        FROM running_timers WHERE book = ?1 AND assistant_id = ?2 ORDER BY started_at DESC
        """,
        row =>
        {
            var (entryId, engagementId, clientId, day) = (row.Id(), row.Id(), row.Id(), row.Date());
            return new RunningTimerView(
                entryId, TimesheetWeek.Of(assistantId, day).StreamName, assistantId, engagementId, clientId, day,
                row.Instant(), row.Bool(), row.OptionalText(), row.Text(), row.Long());
        },
        key, assistantId);

    private static DayTotalView Total(LocalDate day, List<TimeEntryView> entries)
    {
        var ofDay = entries.Where(e => e.WorkedOn == day).ToList();
        return new DayTotalView(
            day, ofDay.Sum(e => e.DurationSeconds), ofDay.Where(e => e.Billable).Sum(e => e.DurationSeconds));
    }
}
