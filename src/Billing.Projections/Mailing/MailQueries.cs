using Billing.EventStore.Port;
using Billing.Projections.Paging;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Mailing;

/// <param name="Kind">
/// invoice, receipt, reminder, credit-note, quote, failed-charge, or to the practice itself failed-charge-notice or tax-reminder.
/// </param>
/// <param name="ClientId">Null where it goes to the practice itself.</param>
/// <param name="Status">waiting, sending, sent, failed, unknown or bounced.</param>
/// <param name="StepDays">Of a reminder: days after the due day, negative before it.</param>
/// <param name="Reason">Why it was not sent, why that is not known, or why it came back.</param>
/// <param name="NextAt">When it is tried, while it waits.</param>
/// <param name="Version">Of the mail's stream.</param>
public sealed record MailView(
    Guid MailId, string Kind, string Status, string Language, Guid? ClientId, Guid? InvoiceId, Guid? PaymentId, int? StepDays,
    string? Recipient, string? Subject, int Attempts, string? Reason, Instant AskedAt, Instant? AttemptedAt, Instant? NextAt,
    Instant? SentAt, long Version)
{
    public Guid? CreditNoteId { get; init; }
    public Guid? QuoteId { get; init; }

    /// <summary>Where it last came back from; null where it never did.</summary>
    public string? BouncedAddress { get; init; }
    public Instant? BouncedAt { get; init; }

    /// <summary>As RFC 3463 has it, such as <c>5.1.1</c>; null where nobody said.</summary>
    public string? BounceStatus { get; init; }
}

public sealed record MailFilter(Guid? ClientId = null, string? Status = null);

/// <summary>A mail and whose it is.</summary>
public sealed record BookedMail(BookId Book, MailView Mail);

/// <summary>What a practice mails by itself.</summary>
public sealed record MailingPractice(BookId Book, bool SendsReceipts, bool SendsReminders, bool SendsFailedCharges, Instant SetAt);

public sealed class MailQueries(ReadDatabase database)
{
    private const string Columns = """
        mail_id, kind, status, language, client_id, invoice_id, payment_id, step_days, recipient, subject, attempts, reason,
        asked_at, attempted_at, next_at, sent_at, version, credit_note_id, quote_id,
        bounced_address, bounced_at, bounce_status
        """;

    public MailView? Mail(BookId book, Guid mailId) => database.Read(book, (session, key) => session.Row(
        $"SELECT {Columns} FROM mails WHERE book = ?1 AND mail_id = ?2", Read, key, mailId));

    public Page<MailView> Mails(BookId book, MailFilter filter, PageRequest page) => database.Read(book, (session, key) =>
        Page<MailView>.Of(
            session.Rows(
                $"""
                SELECT {Columns} FROM mails
                WHERE book = ?1 AND mail_id > ?2 AND (?4 IS NULL OR client_id = ?4) AND (?5 IS NULL OR status = ?5)
                ORDER BY mail_id LIMIT ?3
                """,
                Read, key, page.Start, page.Fetched, filter.ClientId, filter.Status),
            page, mail => mail.MailId));

    /// <summary>In the order in which they were asked for.</summary>
    public IReadOnlyList<MailView> OfInvoice(BookId book, Guid invoiceId) => database.Read(book, (session, key) => session.Rows(
        $"SELECT {Columns} FROM mails WHERE book = ?1 AND invoice_id = ?2 ORDER BY asked_at, mail_id", Read, key, invoiceId));

    /// <summary>In the order in which they were asked for.</summary>
    public IReadOnlyList<MailView> OfQuote(BookId book, Guid quoteId) => database.Read(book, (session, key) => session.Rows(
        $"SELECT {Columns} FROM mails WHERE book = ?1 AND quote_id = ?2 ORDER BY asked_at, mail_id", Read, key, quoteId));

    /// <summary>The practice whose mail it is; null where there is none.</summary>
    public BookId? BookOf(Guid mailId) => database.Read(session => session.Row(
        "SELECT b.book_id FROM mails m JOIN books b USING (book) WHERE m.mail_id = ?1", row => (BookId?)new BookId(row.Id()), mailId));

    /// <summary>Addresses that mail came back from, and that took none since.</summary>
    public IReadOnlySet<string> ReturningAddresses(BookId book) => database.Read(book, (session, key) => session.Rows(
        """
        SELECT DISTINCT m.bounced_address FROM mails m
        WHERE m.book = ?1 AND m.bounced_address IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM mails n WHERE n.book = m.book AND n.status = 'sent' AND n.sent_at > m.bounced_at
                AND lower(n.recipient) = lower(m.bounced_address))
        """,
        row => row.Text(), key)).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Mails of all practices that wait and whose time has come, the oldest first.</summary>
    public IReadOnlyList<BookedMail> ToSend(Instant now, int limit) => database.Read(session => session.Rows(
        $"""
        SELECT b.book_id, {Columns} FROM mails m JOIN books b USING (book)
        WHERE m.status = 'waiting' AND m.next_at <= ?1 ORDER BY m.next_at LIMIT ?2
        """,
        ReadBooked, now.ToUnixTimeTicks(), limit));

    /// <summary>Mails of all practices whose attempt began before that time and has not ended.</summary>
    public IReadOnlyList<BookedMail> Unended(Instant attemptedBefore) => database.Read(session => session.Rows(
        $"""
        SELECT b.book_id, {Columns} FROM mails m JOIN books b USING (book)
        WHERE m.status = 'sending' AND m.attempted_at < ?1 ORDER BY m.attempted_at
        """,
        ReadBooked, attemptedBefore.ToUnixTimeTicks()));

    public IReadOnlyList<MailingPractice> Practices() => database.Read(session => session.Rows(
        """
        SELECT b.book_id, p.sends_receipts, p.sends_reminders, p.sends_failed_charges, p.set_at
        FROM mail_policies p JOIN books b USING (book)
        WHERE p.sends_receipts <> 0 OR p.sends_reminders <> 0 OR p.sends_failed_charges <> 0
        """,
        row => new MailingPractice(new BookId(row.Id()), row.Bool(), row.Bool(), row.Bool(), row.Instant())));

    /// <summary>Payments of clients with an address that succeeded, were begun after that time, and have no receipt.</summary>
    public IReadOnlyList<Guid> WithoutReceipt(BookId book, Instant beganAfter) => database.Read(book, (session, key) => session.Rows(
        """
        SELECT payment_id FROM payments p
        WHERE book = ?1 AND status = 'succeeded' AND began_at > ?2 AND NOT EXISTS (
            SELECT 1 FROM mails m
            WHERE m.book = p.book AND m.invoice_id = p.invoice_id AND m.payment_id = p.payment_id AND m.kind = 'receipt')
            AND EXISTS (SELECT 1 FROM clients c WHERE c.book = p.book AND c.client_id = p.client_id AND c.email IS NOT NULL)
        ORDER BY payment_id
        """,
        row => row.Id(), key, beganAfter.ToUnixTimeTicks()));

    /// <summary>Charges without the client that failed, were begun after that time, and of which nobody was told. Something is open on
    /// the invoice still, and the client or the practice has an address.</summary>
    public IReadOnlyList<Guid> FailedUntold(BookId book, Instant beganAfter) => database.Read(book, (session, key) => session.Rows(
        """
        SELECT payment_id FROM payments p
        WHERE book = ?1 AND status = 'failed' AND collection_number IS NOT NULL AND began_at > ?2 AND NOT EXISTS (
            SELECT 1 FROM mails m WHERE m.book = p.book AND m.invoice_id = p.invoice_id AND m.payment_id = p.payment_id)
            AND EXISTS (SELECT 1 FROM invoices i WHERE i.book = p.book AND i.invoice_id = p.invoice_id AND i.open_minor > 0)
            AND (EXISTS (SELECT 1 FROM clients c WHERE c.book = p.book AND c.client_id = p.client_id AND c.email IS NOT NULL)
                OR EXISTS (SELECT 1 FROM businesses o WHERE o.book = p.book AND o.email IS NOT NULL))
        ORDER BY payment_id
        """,
        row => row.Id(), key, beganAfter.ToUnixTimeTicks()));

    private static BookedMail ReadBooked(Statement row) => new(new BookId(row.Id()), Read(row));

    private static MailView Read(Statement row) => new(
        row.Id(), row.Text(), row.Text(), row.Text(), row.OptionalId(), row.OptionalId(), row.OptionalId(), (int?)row.OptionalLong(),
        row.OptionalText(), row.OptionalText(), row.Int(), row.OptionalText(), row.Instant(), row.OptionalInstant(),
        row.OptionalInstant(), row.OptionalInstant(), row.Long())
    {
        CreditNoteId = row.OptionalId(),
        QuoteId = row.OptionalId(),
        BouncedAddress = row.OptionalText(),
        BouncedAt = row.OptionalInstant(),
        BounceStatus = row.OptionalText(),
    };
}
