using Billing.Domain.RecurringInvoices;
using Billing.EventStore.Port;
using Billing.Projections.Paging;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.RecurringInvoices;

/// <param name="Status">One of <see cref="RecurringStatus"/>.</param>
/// <param name="Mode">One of <see cref="RecurringMode"/>.</param>
/// <param name="Done">How many periods are behind it, the skipped ones included.</param>
/// <param name="NextFrom">First day of the next period; null, like its last day and the day on which it is invoiced, where none is
/// left.</param>
/// <param name="LastInvoiceId">The one that was made last.</param>
/// <param name="Version">Of the recurring invoice's stream.</param>
public sealed record RecurringInvoiceView(
    Guid RecurringId, Guid ClientId, string? Name, string Status, string Mode, int Done, LocalDate? NextFrom, LocalDate? NextThrough,
    LocalDate? RunsOn, Guid? LastInvoiceId, long Version);

/// <summary>A practice that has something to invoice again and again, and the first day on which something of it is.</summary>
public sealed record RecurringPractice(BookId Book, LocalDate FirstRunsOn);

public sealed class RecurringInvoiceQueries(ReadDatabase database)
{
    private const string Columns = """
        SELECT recurring_id, client_id, name, is_paused, mode, done, next_from, next_through, runs_on, last_invoice_id, version
        FROM recurring_invoices
        """;

    private const string Running = "runs_on IS NOT NULL AND is_paused = 0";

    public RecurringInvoiceView? RecurringInvoice(BookId book, Guid recurringId) => database.Read(book, (session, key) =>
        session.Row($"{Columns} WHERE book = ?1 AND recurring_id = ?2", Read, key, recurringId));

    public Page<RecurringInvoiceView> RecurringInvoices(BookId book, Guid? clientId, PageRequest page) =>
        database.Read(book, (session, key) => Page<RecurringInvoiceView>.Of(
            session.Rows(
                $"""
                {Columns} WHERE book = ?1 AND recurring_id > ?2 AND (?4 IS NULL OR client_id = ?4)
                ORDER BY recurring_id LIMIT ?3
                """,
                Read, key, page.Start, page.Fetched, clientId),
            page, view => view.RecurringId));

    /// <summary>Those whose next period is to be invoiced on that day or before, the longest due first.</summary>
    public IReadOnlyList<RecurringInvoiceView> Due(BookId book, LocalDate day) => database.Read(book, (session, key) => session.Rows(
        $"{Columns} WHERE book = ?1 AND {Running} AND runs_on <= ?2 ORDER BY runs_on, recurring_id", Read, key, day));

    /// <summary>Those with a period to come that is not paused.</summary>
    public IReadOnlyList<RecurringPractice> Practices() => database.Read(session => session.Rows(
        $"""
        SELECT b.book_id, MIN(r.runs_on) FROM recurring_invoices r JOIN books b USING (book)
        WHERE {Running} GROUP BY b.book_id
        """,
        row => new RecurringPractice(new BookId(row.Id()), row.Date())));

    private static RecurringInvoiceView Read(Statement row)
    {
        var (id, clientId, name, isPaused, mode) = (row.Id(), row.Id(), row.OptionalText(), row.Bool(), row.Text());
        var (done, from, through, runsOn) = (row.Int(), row.Date(), row.OptionalDate(), row.OptionalDate());
        var status = RecurringStatus.Of(runsOn is not null, isPaused);
        return new RecurringInvoiceView(
            id, clientId, name, status, mode, done, runsOn is null ? null : from, through, runsOn, row.OptionalId(), row.Long());
    }
}
