using Billing.Domain.Payments;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Payments;

/// <param name="Method"><c>stripe</c>, or how money came by hand.</param>
/// <param name="Status">One of <see cref="PaymentStatus"/>.</param>
/// <param name="Applied">What went onto the invoice.</param>
/// <param name="Credit">What exceeded its open balance.</param>
/// <param name="SessionId">Stripe's Checkout Session, once it is known.</param>
/// <param name="Fee">What the processor kept, in its own currency.</param>
/// <param name="Version">Of the payment's stream.</param>
/// <param name="Refunded">What went back by refunds.</param>
/// <param name="Disputed">What the client's bank holds back now.</param>
/// <param name="RefundOffered">What the client paid beyond what is due on the invoice and can be given back by
/// <c>POST /v1/payments/{id}:refund</c>; null where there is no such.</param>
public sealed record PaymentView(
    Guid PaymentId, Guid InvoiceId, Guid ClientId, string Method, string Status, Money Amount, Money Applied, Money Credit,
    LocalDate? ReceivedOn, string? SessionId, string? SessionUrl, Instant? SessionExpiresAt, string? PaymentIntentId,
    string? Failure, string? Reference, Money? Fee, Instant BeganAt, long Version, Money Refunded, Money Disputed,
    Money? RefundOffered)
{
    /// <summary>The how manieth charge to the client's kept method it is for its invoice, from 1; null for all others.</summary>
    public int? CollectionNumber { get; init; }

    /// <summary>Stripe's code for why it failed, such as card_declined or authentication_required.</summary>
    public string? FailureCode { get; init; }

    /// <summary>Nobody paid too much by what is still asked for.</summary>
    internal PaymentView WithOffer(long askedMinor, long overpaidMinor)
    {
        if (Method != PaymentMethods.Stripe || Status != PaymentStatus.Succeeded) return this;
        var leftMinor = Amount.Minor - Refunded.Minor - Disputed.Minor - askedMinor;
        var offeredMinor = Math.Min(leftMinor, overpaidMinor - askedMinor);
        return offeredMinor > 0 ? this with { RefundOffered = new Money(offeredMinor, Amount.Currency) } : this;
    }
}

/// <param name="RefundId">As it was asked for; null where it was made at Stripe itself.</param>
/// <param name="StripeRefundId">Null while Stripe has made none.</param>
/// <param name="Status">One of <see cref="RefundStatus"/>.</param>
/// <param name="CreditNoteId">The credit note that it settles; null for none.</param>
/// <param name="Why">Why it failed or was refused.</param>
public sealed record RefundView(
    Guid PaymentId, Guid? RefundId, string? StripeRefundId, string Status, Money Amount, Guid? CreditNoteId, LocalDate? MadeOn,
    string? Why, string? Reason);

/// <param name="Status">open, won, lost, or withdrawn for an enquiry that came to nothing.</param>
/// <param name="Reason">Stripe's word for it.</param>
/// <param name="AnswerBy">Until when evidence is taken, in Stripe's dashboard.</param>
/// <param name="WithdrawnOn">When the money was taken off the balance.</param>
/// <param name="ReinstatedOn">When it came back.</param>
public sealed record DisputeView(
    Guid PaymentId, string DisputeId, Guid InvoiceId, Guid ClientId, string Status, Money Amount, string Reason, LocalDate OpenedOn,
    Instant? AnswerBy, LocalDate? WithdrawnOn, LocalDate? ReinstatedOn);

/// <summary>A payment and whose it is.</summary>
public sealed record BookedPayment(BookId Book, PaymentView Payment);

public sealed class PaymentQueries(ReadDatabase database)
{
    private const string Columns = """
        p.payment_id, p.invoice_id, p.client_id, p.method, p.status, p.currency, p.amount_minor, p.applied_minor, p.credit_minor,
        p.received_on, p.session_id, p.session_url, p.session_expires_at, p.payment_intent_id, p.failure, p.reference, p.fee_minor,
        p.fee_currency, p.began_at, p.version, p.refunded_minor, p.disputed_minor, p.asked_minor, i.overpaid_minor,
        p.collection_number, p.failure_code
        """;

    /// <summary>What Stripe has not booked after that many days it will not book.</summary>
    private static readonly Duration FeesAwaited = Duration.FromDays(14);

    private const string Joined = "payments p LEFT JOIN invoices i ON i.book = p.book AND i.invoice_id = p.invoice_id";

    public PaymentView? Payment(BookId book, Guid paymentId) => database.Read(book, (session, key) => session.Row(
        $"SELECT {Columns} FROM {Joined} WHERE p.book = ?1 AND p.payment_id = ?2", Read, key, paymentId));

    public IReadOnlyList<PaymentView> OfInvoice(BookId book, Guid invoiceId) =>
        database.Read(book, (session, key) => session.Rows(
            $"SELECT {Columns} FROM {Joined} WHERE p.book = ?1 AND p.invoice_id = ?2 ORDER BY p.payment_id", Read, key, invoiceId));

    /// <summary>Which payment a session of Stripe's is, in whichever business; null where none is known by it.</summary>
    public BookedPayment? FindBySession(string sessionId) => database.Read(session => session.Row(
        $"SELECT b.book_id, {Columns} FROM {Joined} JOIN books b ON b.book = p.book WHERE p.session_id = ?1",
        ReadBooked, sessionId));

    /// <summary>Online payments of all businesses that have come to no end yet, whose refund is asked for, or whose fee is not
    /// booked, for whoever asks Stripe about them.</summary>
    /// <param name="beganBefore">Only those begun before this instant.</param>
    public IReadOnlyList<BookedPayment> Unfinished(Instant beganBefore, int limit) => database.Read(
        session => session.Rows(
            $"""
            SELECT b.book_id, {Columns} FROM {Joined} JOIN books b ON b.book = p.book
            WHERE p.awaits_news = 1 AND p.began_at < ?1 AND (p.status <> 'succeeded' OR p.asked_minor > 0 OR p.began_at >= ?3)
            ORDER BY p.began_at LIMIT ?2
            """,
            ReadBooked, beganBefore.ToUnixTimeTicks(), limit, (beganBefore - FeesAwaited).ToUnixTimeTicks()));

    /// <summary>Payments of a practice at whose checkout the client may be.</summary>
    public IReadOnlyList<Guid> OpenCheckouts(BookId book) => database.Read(book, (session, key) => session.Rows(
        $"SELECT payment_id FROM payments WHERE book = ?1 AND awaits_news = 1 AND status = '{PaymentStatus.Open}' ORDER BY payment_id",
        row => row.Id(), key));

    /// <summary>Every refund of a payment, those that came to nothing too.</summary>
    public IReadOnlyList<RefundView> Refunds(BookId book, Guid paymentId) => database.Read(book, (session, key) => session.Rows(
        """
        SELECT payment_id, refund_id, stripe_refund_id, status, amount_minor, currency, credit_note_id, made_on, why, reason
        FROM payment_refunds WHERE book = ?1 AND payment_id = ?2 ORDER BY refund_key
        """,
        row => new RefundView(
            row.Id(), row.OptionalId(), row.OptionalText(), row.Text(), row.Money(), row.OptionalId(), row.OptionalDate(),
            row.OptionalText(), row.OptionalText()),
        key, paymentId));

    /// <summary>Every dispute of the practice, the newest first.</summary>
    public IReadOnlyList<DisputeView> Disputes(BookId book) => database.Read(book, (session, key) => session.Rows(
        """
        SELECT payment_id, dispute_id, invoice_id, client_id, status, amount_minor, currency, reason, opened_on, answer_by,
            withdrawn_on, reinstated_on
        FROM payment_disputes WHERE book = ?1 ORDER BY opened_on DESC, dispute_id
        """,
        row => new DisputeView(
            row.Id(), row.Text(), row.Id(), row.Id(), row.Text(), row.Money(), row.Text(), row.Date(), row.OptionalInstant(),
            row.OptionalDate(), row.OptionalDate()),
        key));

    /// <summary>What payments brought the processor and did not go back, before its fees; one amount for each currency.</summary>
    public IReadOnlyList<Money> ThroughProcessor(BookId book) => database.Read(book, (session, key) => session.Rows(
        """
        SELECT CAST(SUM(amount_minor - refunded_minor - disputed_minor) AS BIGINT), currency FROM payments
        WHERE book = ?1 AND method = 'stripe' AND status = 'succeeded' GROUP BY currency ORDER BY currency
        """,
        row => row.Money(), key));

    private static BookedPayment ReadBooked(Statement row) => new(new BookId(row.Id()), Read(row));

    private static PaymentView Read(Statement row)
    {
        var (paymentId, invoiceId, clientId, method, status) = (row.Id(), row.Id(), row.Id(), row.Text(), row.Text());
        var currency = Currency.Of(row.Text());
        var view = new PaymentView(
            paymentId, invoiceId, clientId, method, status, new Money(row.Long(), currency), new Money(row.Long(), currency),
            new Money(row.Long(), currency), row.OptionalDate(), row.OptionalText(), row.OptionalText(),
            row.OptionalInstant(), row.OptionalText(), row.OptionalText(), row.OptionalText(), ReadFee(row), row.Instant(),
            row.Long(), new Money(row.Long(), currency), new Money(row.Long(), currency), RefundOffered: null)
            .WithOffer(askedMinor: row.Long(), overpaidMinor: row.OptionalLong() ?? 0);
        return view with { CollectionNumber = (int?)row.OptionalLong(), FailureCode = row.OptionalText() };
    }

    private static Money? ReadFee(Statement row)
    {
        var (minor, currency) = (row.OptionalLong(), row.OptionalText());
        return minor is { } fee ? new Money(fee, Currency.Of(currency!)) : null;
    }
}
