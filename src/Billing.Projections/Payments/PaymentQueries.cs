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
public sealed record PaymentView(
    Guid PaymentId, Guid InvoiceId, Guid ClientId, string Method, string Status, Money Amount, Money Applied, Money Credit,
    LocalDate? ReceivedOn, string? SessionId, string? SessionUrl, Instant? SessionExpiresAt, string? PaymentIntentId,
    string? Failure, string? Reference, Money? Fee, Instant BeganAt, long Version);

/// <summary>A payment and whose it is.</summary>
public sealed record BookedPayment(BookId Book, PaymentView Payment);

public sealed class PaymentQueries(ReadDatabase database)
{
    private const string Columns = """
        payment_id, invoice_id, client_id, method, status, currency, amount_minor, applied_minor, credit_minor, received_on,
        session_id, session_url, session_expires_at, payment_intent_id, failure, reference, fee_minor, fee_currency, began_at,
        version
        """;

    public PaymentView? Payment(BookId book, Guid paymentId) => database.Read(book, (session, key) => session.Row(
        $"SELECT {Columns} FROM payments WHERE book = ?1 AND payment_id = ?2", Read, key, paymentId));

    public IReadOnlyList<PaymentView> OfInvoice(BookId book, Guid invoiceId) =>
        database.Read(book, (session, key) => session.Rows(
            $"SELECT {Columns} FROM payments WHERE book = ?1 AND invoice_id = ?2 ORDER BY payment_id", Read, key, invoiceId));

    /// <summary>Which payment a session of Stripe's is, in whichever business; null where none is known by it.</summary>
    public BookedPayment? FindBySession(string sessionId) => database.Read(session => session.Row(
        $"SELECT b.book_id, {Columns} FROM payments p JOIN books b USING (book) WHERE p.session_id = ?1",
        ReadBooked, sessionId));

    /// <summary>Online payments of all businesses that have come to no end yet, for whoever asks Stripe about them.</summary>
    /// <param name="beganBefore">Only those begun before this instant.</param>
    public IReadOnlyList<BookedPayment> Unfinished(Instant beganBefore, int limit) => database.Read(session => session.Rows(
        $"""
        SELECT b.book_id, {Columns} FROM payments p JOIN books b USING (book)
        WHERE p.status IN ('attempted', 'open', 'pending') AND p.began_at < ?1 ORDER BY p.began_at LIMIT ?2
        """,
        ReadBooked, beganBefore.ToUnixTimeTicks(), limit));

    private static BookedPayment ReadBooked(Statement row) => new(new BookId(row.Id()), Read(row));

    private static PaymentView Read(Statement row)
    {
        var (paymentId, invoiceId, clientId, method, status) = (row.Id(), row.Id(), row.Id(), row.Text(), row.Text());
        var currency = Currency.Of(row.Text());
        return new PaymentView(
            paymentId, invoiceId, clientId, method, status, new Money(row.Long(), currency), new Money(row.Long(), currency),
            new Money(row.Long(), currency), row.OptionalDate(), row.OptionalText(), row.OptionalText(),
            row.OptionalInstant(), row.OptionalText(), row.OptionalText(), row.OptionalText(), ReadFee(row), row.Instant(),
            row.Long());
    }

    private static Money? ReadFee(Statement row)
    {
        var (minor, currency) = (row.OptionalLong(), row.OptionalText());
        return minor is { } fee ? new Money(fee, Currency.Of(currency!)) : null;
    }
}
