using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Paging;
using Billing.Projections.Storage;

namespace Billing.Projections.Invoicing;

public sealed class InvoiceQueries(ReadDatabase database)
{
    /// <summary>A page shows no more of one client.</summary>
    public const int MostIssued = 500;

    private const string Columns = """
        SELECT invoice_id, client_id, kind, status, currency, number, issued_on, due_on, total_minor, retainer_applied_minor,
            paid_minor, open_minor, credited_minor, written_off_minor, retainer_id, retainer_ids, through_day, selected_time,
            selected_expenses, note, drafted_at,
            finalized_at, voided_on, void_reason, checkout_payment_id, checkout_amount_minor, version,
            written_off_on, sent_at, viewed_at, tax_minor, purchase_order, credit_applied_minor, instalments
        FROM invoices
        """;

    public InvoiceView? Invoice(BookId book, Guid invoiceId) => database.Read(book, (session, key) =>
        session.Row($"{Columns} WHERE book = ?1 AND invoice_id = ?2", Read, key, invoiceId));

    public Page<InvoiceView> Invoices(BookId book, InvoiceFilter filter, PageRequest page) =>
        database.Read(book, (session, key) => Page<InvoiceView>.Of(
            session.Rows(
                $"""
                {Columns} WHERE book = ?1 AND invoice_id > ?2 AND (?4 IS NULL OR client_id = ?4) AND (?5 IS NULL OR status = ?5)
                    AND (?6 IS NULL OR (open_minor > 0 AND due_on < ?6))
                ORDER BY invoice_id LIMIT ?3
                """,
                Read, key, page.Start, page.Fetched, filter.ClientId, filter.Status, filter.OverdueOn),
            page, invoice => invoice.InvoiceId));

    /// <summary>A client's invoices that have a number, the newest first; no more than <see cref="MostIssued"/>.</summary>
    public IReadOnlyList<InvoiceView> Issued(BookId book, Guid clientId) => database.Read(book, (session, key) => session.Rows(
        $"{Columns} WHERE book = ?1 AND client_id = ?2 AND number IS NOT NULL ORDER BY issued_on DESC, invoice_id DESC LIMIT ?3",
        Read, key, clientId, MostIssued));

    /// <summary>Which of a client's invoices has the number; null where none has.</summary>
    public Guid? WithNumber(BookId book, Guid clientId, string number) => database.Read(book, (session, key) => session.Row(
        "SELECT invoice_id FROM invoices WHERE book = ?1 AND client_id = ?2 AND number = ?3", row => (Guid?)row.Id(),
        key, clientId, number));

    /// <summary>Everything that is still to be paid, in the order of the due days.</summary>
    public IReadOnlyList<InvoiceView> Open(BookId book) => database.Read(book, (session, key) => session.Rows(
        $"{Columns} WHERE book = ?1 AND open_minor <> 0 ORDER BY due_on, invoice_id", Read, key));

    /// <summary>The links ever made to an invoice, the revoked ones too.</summary>
    public IReadOnlyList<ShareLinkView> Links(BookId book, Guid invoiceId) => database.Read(book, (session, key) => session.Rows(
        "SELECT link_id, invoice_id, shared_at, revoked_at FROM share_links WHERE book = ?1 AND invoice_id = ?2 ORDER BY link_id",
        row => new ShareLinkView(row.Id(), row.Id(), row.Instant(), row.OptionalInstant()),
        key, invoiceId));

    /// <summary>What a link opens, in whichever business; null where there is no such link.</summary>
    /// <param name="tokenHash">SHA-256 of the link's secret, lower-case hexadecimal.</param>
    public ShareGrant? FindLink(string tokenHash) => database.Read(session => session.Row(
        """
        SELECT b.book_id, l.link_id, l.invoice_id, l.revoked_at
        FROM share_links l JOIN books b USING (book) WHERE l.token_hash = ?1
        """,
        row => new ShareGrant(new BookId(row.Id()), row.Id(), row.Id(), IsRevoked: row.OptionalInstant() is not null),
        tokenHash));

    /// <summary>Invoices with something open that was due before the day, the longest due first.</summary>
    public IReadOnlyList<Guid> Overdue(BookId book, NodaTime.LocalDate day) => database.Read(book, (session, key) => session.Rows(
        "SELECT invoice_id FROM invoices WHERE book = ?1 AND open_minor <> 0 AND due_on < ?2 ORDER BY due_on, invoice_id",
        row => row.Id(), key, day));

    /// <summary>Sales tax on invoices that stand and are no deposits, less what was written off of it, one amount for each
    /// currency.</summary>
    public IReadOnlyList<Money> SalesTax(BookId book) => database.Read(book, (session, key) => session.Rows(
        """
        SELECT CAST(SUM(tax_minor - written_off_tax_minor) AS BIGINT), currency FROM invoices
        WHERE book = ?1 AND status <> ?2 AND kind <> ?3 GROUP BY currency ORDER BY currency
        """,
        row => row.Money(), key, InvoiceStatus.Voided, InvoiceKind.Deposit));

    /// <summary>What was given up of invoices that are not deposits, without sales tax, one amount for each currency.</summary>
    public IReadOnlyList<Money> WrittenOff(BookId book) => database.Read(book, (session, key) => session.Rows(
        """
        SELECT CAST(SUM(written_off_minor - written_off_tax_minor) AS BIGINT), currency FROM invoices
        WHERE book = ?1 AND written_off_minor <> 0 AND kind <> ?2 GROUP BY currency ORDER BY currency
        """,
        row => row.Money(), key, InvoiceKind.Deposit));

    private static InvoiceView Read(Statement row)
    {
        var (invoiceId, clientId, kind, status) = (row.Id(), row.Id(), row.Text(), row.Text());
        var currency = Currency.Of(row.Text());
        var view = new InvoiceView(
            invoiceId, clientId, kind, status, row.OptionalText(), row.OptionalDate(), row.OptionalDate(),
            new Money(row.Long(), currency), new Money(row.Long(), currency), new Money(row.Long(), currency),
            new Money(row.Long(), currency), new Money(row.Long(), currency), new Money(row.Long(), currency), row.OptionalId(),
            ListText.Ids(row.OptionalText()), row.OptionalDate(),
            ListText.Times(row.OptionalText()), ListText.Ids(row.OptionalText()), row.OptionalText(), row.Instant(),
            row.OptionalInstant(), row.OptionalDate(), row.OptionalText(), ReadCheckout(row), row.Long(),
            row.OptionalDate())
        {
            SentAt = row.OptionalInstant(),
            ViewedAt = row.OptionalInstant(),
            Tax = new Money(row.Long(), currency),
            PurchaseOrder = row.OptionalText(),
            CreditApplied = new Money(row.Long(), currency),
        };
        var plan = ListText.Instalments(row.OptionalText());
        return status == InvoiceStatus.Voided ? view : view with { Instalments = InstalmentView.Of(plan, view.Open) };
    }

    private static OpenAttempt? ReadCheckout(Statement row)
    {
        var (paymentId, amountMinor) = (row.OptionalId(), row.OptionalLong());
        return paymentId is { } id ? new OpenAttempt(id, amountMinor!.Value) : null;
    }
}
