using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Invoicing;

/// <summary>Credit of a client that can pay an invoice.</summary>
/// <param name="InvoiceId">The invoice that it stands on.</param>
/// <param name="CreditNoteId">The credit note that it is of; null for what payments brought too much.</param>
/// <param name="Number">Of the credit note, or of the invoice.</param>
/// <param name="IssuedOn">The day of the same document.</param>
/// <param name="Left">What pays no other invoice yet and did not go back.</param>
/// <param name="RefundAsked">What of it a refund asks for already.</param>
public sealed record ClientCreditView(Guid InvoiceId, Guid? CreditNoteId, string Number, LocalDate IssuedOn, Money Left, Money RefundAsked);

public sealed class ClientCreditQueries(ReadDatabase database)
{
    /// <summary>All that a client has in hand, by the days of the documents.</summary>
    public IReadOnlyList<ClientCreditView> OfClient(BookId book, Guid clientId) => database.Read(book, (session, key) =>
    {
        var overpaid = session.Rows(
            """
            SELECT i.invoice_id, i.number, i.issued_on, i.overpaid_minor, i.currency,
                CAST(COALESCE((
                    SELECT SUM(r.amount_minor) FROM payments p JOIN payment_refunds r ON r.book = p.book AND r.payment_id = p.payment_id
                    WHERE p.book = i.book AND p.invoice_id = i.invoice_id AND r.status = 'attempted' AND r.credit_note_id IS NULL
                ), 0) AS BIGINT)
            FROM invoices i WHERE i.book = ?1 AND i.client_id = ?2 AND i.overpaid_minor <> 0
            """,
            row => Read(row, null), key, clientId);
        var credited = session.Rows(
            """
            SELECT credit_note_id, invoice_id, number, issued_on, client_credit_minor - credit_used_minor, currency, 0 FROM credit_notes
            WHERE book = ?1 AND client_id = ?2 AND client_credit_minor <> credit_used_minor
            """,
            row => Read(row, row.Id()), key, clientId);
        return overpaid.Concat(credited)
            .OrderBy(credit => credit.IssuedOn).ThenBy(credit => credit.Number, StringComparer.Ordinal).ToList();
    });

    /// <summary>The invoices that credit of an invoice's client may stand on, and which could pay that invoice.</summary>
    public IReadOnlyList<Guid> HoldersFor(BookId book, Guid invoiceId) => database.Read(book, (session, key) =>
        session.Row("SELECT client_id FROM invoices WHERE book = ?1 AND invoice_id = ?2", row => (Guid?)row.Id(), key, invoiceId))
        is { } client ? HoldersOf(book, client) : [];

    /// <summary>The invoices that credit of the client may stand on.</summary>
    public IReadOnlyList<Guid> HoldersOf(BookId book, Guid clientId) =>
        [.. OfClient(book, clientId).Select(credit => credit.InvoiceId).Distinct()];

    /// <summary>All that clients have in hand, one amount for each currency.</summary>
    public IReadOnlyList<Money> InHand(BookId book) => database.Read(book, (session, key) => session.Rows(
        """
        SELECT CAST(SUM(minor) AS BIGINT), currency FROM (
            SELECT overpaid_minor AS minor, currency FROM invoices WHERE book = ?1
            UNION ALL SELECT client_credit_minor - credit_used_minor, currency FROM credit_notes WHERE book = ?1
        ) credit GROUP BY currency ORDER BY currency
        """,
        row => row.Money(), key));

    private static ClientCreditView Read(Statement row, Guid? creditNoteId)
    {
        var (invoiceId, number, day, left) = (row.Id(), row.Text(), row.Date(), row.Money());
        return new ClientCreditView(invoiceId, creditNoteId, number, day, left, new Money(row.Long(), left.Currency));
    }
}
