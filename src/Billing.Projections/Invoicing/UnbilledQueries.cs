using Billing.EventStore.Port;
using Billing.Projections.Expenses;
using Billing.Projections.Storage;
using Billing.Projections.TimeTracking;
using NodaTime;

namespace Billing.Projections.Invoicing;

/// <summary>
/// Billable work and expenses to be rebilled that stand on no invoice. What drafts have selected counts as unbilled.
/// </summary>
public sealed class UnbilledQueries(ReadDatabase database)
{
    private const string OpenEntries = "invoice_id IS NULL AND billable = 1";
    private const string OpenExpenses = "invoice_id IS NULL AND rebill = 1";

    /// <summary>
    /// In the order of the index of what is unbilled, which holds every column on SQLite: the entries of a client lie far apart
    /// in a large table.
    /// </summary>
    internal const string EntriesOfClient = $"""
        {TimeQueries.EntryColumns} WHERE book = ?1 AND client_id = ?2 AND {OpenEntries} AND worked_on <= ?3
        ORDER BY worked_on, started_at NULLS FIRST, entry_id
        """;

    /// <param name="through">The last day that counts.</param>
    public UnbilledWorkView Work(BookId book, Guid clientId, LocalDate through) =>
        database.Read(book, (session, key) => new UnbilledWorkView(
            clientId,
            session.Rows(EntriesOfClient, TimeQueries.ReadEntry, key, clientId, through),
            session.Rows(
                $"""
                {ExpenseQueries.Columns} WHERE book = ?1 AND client_id = ?2 AND {OpenExpenses} AND paid_on <= ?3
                ORDER BY paid_on, expense_id
                """,
                ExpenseQueries.Read, key, clientId, through)));

    /// <summary>
    /// Every client with something to bill. The signs before the days keep SQLite from going through all days of the practice
    /// instead of the index of what is unbilled.
    /// </summary>
    /// <param name="through">The last day that counts.</param>
    public IReadOnlyList<UnbilledTotalView> Totals(BookId book, LocalDate through) =>
        database.Read(book, (session, key) => session.Rows(
            $"""
            SELECT client_id, SUM(is_entry), CAST(SUM(duration_seconds) AS BIGINT), COUNT(*) - SUM(is_entry), MIN(day) FROM (
                SELECT client_id, 1 AS is_entry, duration_seconds, worked_on AS day
                FROM time_entries WHERE book = ?1 AND {OpenEntries} AND +worked_on <= ?2
                UNION ALL
                SELECT client_id, 0, 0, paid_on
                FROM expenses WHERE book = ?1 AND client_id IS NOT NULL AND {OpenExpenses} AND +paid_on <= ?2) AS open_work
            GROUP BY client_id ORDER BY client_id
            """,
            row => new UnbilledTotalView(row.Id(), row.Int(), row.Long(), row.Int(), row.Date()),
            key, through));
}
