using Billing.Domain.Payments;
using Billing.EventStore.Port;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Payments;

/// <summary>A client and whose it is.</summary>
public sealed record BookedClient(BookId Book, Guid ClientId);

/// <summary>An invoice and whose it is.</summary>
public sealed record BookedInvoice(BookId Book, Guid InvoiceId);

/// <summary>Of all practices, for whoever collects.</summary>
public sealed class CollectionQueries(ReadDatabase database)
{
    /// <summary>Open invoices of clients who agreed, that are due by then or are collected without waiting for it, the oldest
    /// first. Whether one is charged is decided on its stream.</summary>
    public IReadOnlyList<BookedInvoice> ToCollect(LocalDate latestDay) => database.Read(session => session.Rows(
        $"""
        SELECT b.book_id, i.invoice_id FROM invoices i
        JOIN collections c ON c.book = i.book AND c.client_id = i.client_id JOIN books b ON b.book = i.book
        WHERE i.open_minor > 0 AND i.number IS NOT NULL AND c.is_off = 0 AND c.kept_methods > 0 AND i.finalized_at >= c.agreed_since
            AND (i.due_on <= ?1 OR c.collects_on = '{CollectsOn.Finalized}')
        ORDER BY i.due_on, i.invoice_id
        """,
        row => new BookedInvoice(new BookId(row.Id()), row.Id()), latestDay));

    /// <summary>Clients who took their agreement back while Stripe keeps a method of theirs.</summary>
    public IReadOnlyList<BookedClient> ToForget() => database.Read(session => session.Rows(
        """
        SELECT b.book_id, c.client_id FROM collections c JOIN books b ON b.book = c.book
        WHERE c.agreed_since IS NULL AND c.kept_methods > 0 ORDER BY c.book, c.client_id
        """,
        row => new BookedClient(new BookId(row.Id()), row.Id())));

    /// <summary>Which client a customer of Stripe's is; null for none of ours.</summary>
    public BookedClient? FindByCustomer(string customerId) => database.Read(session => session.Row(
        "SELECT b.book_id, c.client_id FROM collections c JOIN books b ON b.book = c.book WHERE c.customer_id = ?1",
        row => new BookedClient(new BookId(row.Id()), row.Id()), customerId));
}
