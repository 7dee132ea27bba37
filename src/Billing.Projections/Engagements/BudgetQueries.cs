using Billing.Domain.Engagements;
using Billing.EventStore.Port;
using Billing.Projections.Storage;
using Billing.Projections.TimeTracking;
using NodaTime;

namespace Billing.Projections.Engagements;

/// <summary>A budget and whose it is.</summary>
public sealed record BookedBudget(BookId Book, BudgetTerms Terms, long Version);

/// <summary>An entry as a budget needs it, to be priced.</summary>
public sealed record BudgetEntryView(
    Guid EntryId, Guid AssistantId, LocalDate WorkedOn, Instant? StartedAt, long DurationSeconds, bool Billable, string TimeZone,
    IReadOnlyList<string> Tags);

/// <param name="Measure">One of <see cref="BudgetMeasure"/>.</param>
/// <param name="Used">Seconds, or minor units of the currency, when it was noticed.</param>
/// <param name="Version">Of the budget's stream, as of the alert.</param>
public sealed record BudgetAlertView(
    Guid EngagementId, string Measure, int Percent, LocalDate PeriodStart, long Used, long Limit, string Currency,
    Instant NoticedAt, long Version);

public sealed class BudgetQueries(ReadDatabase database)
{
    private const string Columns = """
        engagement_id, seconds, money_minor, currency, per, first_day, threshold_percents, version
        """;

    /// <summary>The budgets of every business, for whoever looks after their thresholds.</summary>
    public IReadOnlyList<BookedBudget> All() => database.Read(session => session.Rows(
        $"SELECT b.book_id, {Columns} FROM budgets g JOIN books b USING (book)", Read));

    public BookedBudget? Of(BookId book, Guid engagementId) => database.Read(session => session.Row(
        $"SELECT b.book_id, {Columns} FROM budgets g JOIN books b USING (book) WHERE b.book_id = ?1 AND g.engagement_id = ?2",
        Read, book.Value, engagementId));

    /// <summary>All that was worked on an engagement from a day on, in the order of the days.</summary>
    public IReadOnlyList<BudgetEntryView> Entries(BookId book, Guid engagementId, LocalDate from) =>
        database.Read(book, (session, key) => session.Rows(
            """
            SELECT entry_id, assistant_id, worked_on, started_at, duration_seconds, billable, time_zone, tags FROM time_entries
            WHERE book = ?1 AND engagement_id = ?2 AND worked_on >= ?3 ORDER BY worked_on, entry_id
            """,
            row => new BudgetEntryView(
                row.Id(), row.Id(), row.Date(), row.OptionalInstant(), row.Long(), row.Bool(), row.Text(),
                TagText.Tags(row.OptionalText())),
            key, engagementId, from));

    /// <summary>Latest first.</summary>
    /// <param name="engagementId">Null for all.</param>
    public IReadOnlyList<BudgetAlertView> Alerts(BookId book, Guid? engagementId, int limit) =>
        database.Read(book, (session, key) => session.Rows(
            """
            SELECT engagement_id, measure, percent, period_start, used, most, currency, noticed_at, version FROM budget_alerts
            WHERE book = ?1 AND (?2 IS NULL OR engagement_id = ?2) ORDER BY noticed_at DESC, engagement_id, version DESC LIMIT ?3
            """,
            row => new BudgetAlertView(
                row.Id(), row.Text(), row.Int(), row.Date(), row.Long(), row.Long(), row.Text(), row.Instant(), row.Long()),
            key, engagementId, limit));

    private static BookedBudget Read(Statement row)
    {
        var (book, engagement) = (new BookId(row.Id()), row.Id());
        var terms = new BudgetTerms(
            engagement, row.OptionalLong(), row.OptionalLong(), row.Text(), row.Text(), row.Date(), ListText.Numbers(row.Text()));
        return new BookedBudget(book, terms, row.Long());
    }
}
