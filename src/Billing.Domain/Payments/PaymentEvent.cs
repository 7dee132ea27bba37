using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Payments;

/// <summary>What happens to one payment: an attempt to pay online, or money that came another way.</summary>
public abstract partial record PaymentEvent
{
    private PaymentEvent() { }

    /// <summary>
    /// Recorded before Stripe is called, so that a retry after a crash uses the same Stripe idempotency key: the payment's id.
    /// </summary>
    public sealed record PaymentAttempted(
        Guid PaymentId, Guid InvoiceId, Guid ClientId, long AmountMinor, string Currency, Instant AttemptedAt) : PaymentEvent;

    /// <param name="SessionId">Stripe's Checkout Session.</param>
    public sealed record CheckoutOpened(string SessionId, string Url, Instant ExpiresAt, Instant OpenedAt) : PaymentEvent;

    /// <summary>The client agreed, but the money is still under way, as with a bank debit.</summary>
    public sealed record PaymentPending(Instant PendingAt) : PaymentEvent;

    /// <param name="AppliedMinor">What went onto the invoice.</param>
    /// <param name="CreditMinor">What exceeded the open balance and is kept as the client's credit.</param>
    public sealed record PaymentSucceeded(
        string PaymentIntentId, long AmountMinor, string Currency, long AppliedMinor, long CreditMinor, LocalDate ReceivedOn,
        Instant SucceededAt) : PaymentEvent;

    public sealed record PaymentFailed(string Reason, Instant FailedAt) : PaymentEvent;

    public sealed record CheckoutExpired(Instant ExpiredAt) : PaymentEvent;

    /// <param name="AmountMinor">What the processor kept, in its settlement currency.</param>
    public sealed record ProcessorFeeCharged(
        string BalanceTransactionId, long AmountMinor, string Currency, LocalDate ChargedOn) : PaymentEvent;

    /// <summary>Money that came by cash, cheque or transfer, as somebody wrote it down.</summary>
    /// <param name="Method">cash, cheque, transfer or other.</param>
    public sealed record PaymentRecorded(
        Guid PaymentId, Guid InvoiceId, Guid ClientId, long AmountMinor, string Currency, long AppliedMinor, long CreditMinor,
        string Method, LocalDate ReceivedOn, [property: Confidential] string? Reference, Instant RecordedAt) : PaymentEvent;
}
