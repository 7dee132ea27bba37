using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Paging;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Invoicing;

/// <summary>A document that takes some or all of an invoice back. Its four parts sum to its total.</summary>
/// <param name="Tax">What of the total is sales tax.</param>
/// <param name="Reduced">What it took off what was still due.</param>
/// <param name="RefundDue">Of what had been paid: what is, or was, owed back to the client.</param>
/// <param name="ClientCredit">Of what had been paid: what the client has in hand from then on.</param>
/// <param name="SettledOutside">Of what had been paid: what was given back by hand on the day of issue.</param>
/// <param name="RefundedOn">When what it owed was given back; null while it was not.</param>
public sealed record CreditNoteView(
    Guid CreditNoteId, Guid InvoiceId, Guid ClientId, string Number, LocalDate IssuedOn, Money Total, Money Tax, Money Reduced,
    Money RefundDue, Money ClientCredit, Money SettledOutside, LocalDate? RefundedOn, string? RefundMethod, string? Reason);

public sealed class CreditNoteQueries(ReadDatabase database)
{
    private const string Columns = """
        SELECT credit_note_id, invoice_id, client_id, number, issued_on, currency, total_minor, tax_minor, reduced_minor, refund_due_minor,
            client_credit_minor, settled_outside_minor, refunded_on, refund_method, reason
        FROM credit_notes
        """;

    public Page<CreditNoteView> CreditNotes(BookId book, Guid? clientId, PageRequest page) =>
        database.Read(book, (session, key) => Page<CreditNoteView>.Of(
            session.Rows(
                $"""
                {Columns} WHERE book = ?1 AND credit_note_id > ?2 AND (?4 IS NULL OR client_id = ?4)
                ORDER BY credit_note_id LIMIT ?3
                """,
                Read, key, page.Start, page.Fetched, clientId),
            page, note => note.CreditNoteId));

    /// <summary>In the order of their numbers.</summary>
    public IReadOnlyList<CreditNoteView> OfInvoice(BookId book, Guid invoiceId) => database.Read(book, (session, key) => session.Rows(
        $"{Columns} WHERE book = ?1 AND invoice_id = ?2 ORDER BY number", Read, key, invoiceId));

    /// <summary>What credit notes owe clients and was not given back yet, one amount for each currency.</summary>
    public IReadOnlyList<Money> RefundsDue(BookId book) => database.Read(book, (session, key) => session.Rows(
        """
        SELECT CAST(SUM(refund_due_minor) AS BIGINT), currency FROM credit_notes
        WHERE book = ?1 AND refunded_on IS NULL GROUP BY currency ORDER BY currency
        """,
        row => row.Money(), key));

    /// <summary>Sales tax that credit notes of other invoices than deposits took back, one amount for each currency.</summary>
    public IReadOnlyList<Money> SalesTax(BookId book) => database.Read(book, (session, key) => session.Rows(
        """
        SELECT CAST(SUM(note.tax_minor) AS BIGINT), note.currency FROM credit_notes AS note
        JOIN invoices AS invoice ON invoice.book = note.book AND invoice.invoice_id = note.invoice_id
        WHERE note.book = ?1 AND invoice.kind <> ?2 GROUP BY note.currency ORDER BY note.currency
        """,
        row => row.Money(), key, InvoiceKind.Deposit));

    private static CreditNoteView Read(Statement row)
    {
        var (noteId, invoiceId, clientId, number, issuedOn) = (row.Id(), row.Id(), row.Id(), row.Text(), row.Date());
        var currency = Currency.Of(row.Text());
        return new CreditNoteView(
            noteId, invoiceId, clientId, number, issuedOn, new Money(row.Long(), currency), new Money(row.Long(), currency),
            new Money(row.Long(), currency), new Money(row.Long(), currency), new Money(row.Long(), currency),
            new Money(row.Long(), currency), row.OptionalDate(),
            row.OptionalText(), row.OptionalText());
    }
}
