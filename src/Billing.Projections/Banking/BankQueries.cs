using Billing.Domain.Banking;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Paging;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Banking;

/// <param name="Status">One of <see cref="BankLineStatus"/>.</param>
/// <param name="PaymentIds">The payments that it is; empty until it is matched.</param>
/// <param name="Reason">Why it was set aside.</param>
/// <param name="Version">Of the line's stream.</param>
public sealed record BankLineView(
    Guid LineId, string? Account, LocalDate BookedOn, Money Amount, string? Payer, string? Text, string? BankReference,
    string Status, IReadOnlyList<Guid> PaymentIds, string? Reason, Instant ImportedAt, long Version);

/// <summary>Which lines are wanted; null leaves that side open.</summary>
public sealed record BankLineFilter(string? Status = null, LocalDate? From = null, LocalDate? EndExclusive = null);

public sealed class BankQueries(ReadDatabase database)
{
    private const string Columns = """
        SELECT line_id, account, booked_on, amount_minor, currency, payer, words, bank_reference, status, payment_ids, reason,
            imported_at, version FROM bank_lines
        """;

    public BankLineView? Line(BookId book, Guid lineId) => database.Read(book, (session, key) =>
        session.Row($"{Columns} WHERE book = ?1 AND line_id = ?2", Read, key, lineId));

    public Page<BankLineView> Lines(BookId book, BankLineFilter filter, PageRequest page) =>
        database.Read(book, (session, key) => Page<BankLineView>.Of(
            session.Rows(
                $"""
                {Columns} WHERE book = ?1 AND line_id > ?2 AND (?4 IS NULL OR status = ?4)
                    AND (?5 IS NULL OR booked_on >= ?5) AND (?6 IS NULL OR booked_on < ?6)
                ORDER BY line_id LIMIT ?3
                """,
                Read, key, page.Start, page.Fetched, filter.Status, filter.From, filter.EndExclusive),
            page, line => line.LineId));

    /// <summary>Every invoice that waits for money.</summary>
    public IReadOnlyList<OpenInvoice> OpenInvoices(BookId book) => database.Read(book, (session, key) => session.Rows(
        """
        SELECT i.invoice_id, i.client_id, i.number, c.name, i.open_minor, i.currency, i.issued_on
        FROM invoices i LEFT JOIN clients c ON c.book = i.book AND c.client_id = i.client_id
        WHERE i.book = ?1 AND i.open_minor <> 0 AND i.number IS NOT NULL ORDER BY i.invoice_id
        """,
        row => new OpenInvoice(row.Id(), row.Id(), row.Text(), row.OptionalText(), row.Money(), row.Date()), key));

    private static BankLineView Read(Statement row) => new(
        row.Id(), row.OptionalText(), row.Date(), row.Money(), row.OptionalText(), row.OptionalText(), row.OptionalText(), row.Text(),
        ListText.Ids(row.OptionalText()), row.OptionalText(), row.Instant(), row.Long());
}
