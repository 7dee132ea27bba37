using Billing.Domain.Invoicing;
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
    /// <param name="CustomerId">The client at Stripe, where the method is kept or a kept one is charged; null otherwise.</param>
    /// <param name="Automatic">The kept method that is charged without the client; null for a checkout.</param>
    /// <param name="Account">The practice's own account at Stripe; null for the installation's.</param>
    public sealed record PaymentAttempted(
        Guid PaymentId, Guid InvoiceId, Guid ClientId, long AmountMinor, string Currency, Instant AttemptedAt,
        string? CustomerId = null, AutomaticCharge? Automatic = null, string? Account = null) : PaymentEvent;

    /// <param name="SessionId">Stripe's Checkout Session.</param>
    public sealed record CheckoutOpened(string SessionId, string Url, Instant ExpiresAt, Instant OpenedAt) : PaymentEvent;

    /// <summary>Stripe answered a charge without the client; how it ends is told by the other events.</summary>
    public sealed record PaymentIntentMade(string PaymentIntentId, Instant MadeAt) : PaymentEvent;

    /// <summary>The client agreed, but the money is still under way, as with a bank debit.</summary>
    public sealed record PaymentPending(Instant PendingAt) : PaymentEvent;

    /// <param name="AppliedMinor">What went onto the invoice.</param>
    /// <param name="CreditMinor">What exceeded the open balance and is kept as the client's credit.</param>
    public sealed record PaymentSucceeded(
        string PaymentIntentId, long AmountMinor, string Currency, long AppliedMinor, long CreditMinor, LocalDate ReceivedOn,
        Instant SucceededAt) : PaymentEvent;

    /// <param name="Code">Stripe's decline or error code, or one of <see cref="FailureCode"/>; null where none is known.</param>
    /// <param name="Advice">Stripe's advice code, such as <c>try_again_later</c>; null for none.</param>
    public sealed record PaymentFailed(string Reason, Instant FailedAt, string? Code = null, string? Advice = null) : PaymentEvent;

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

/// <summary>A charge to a kept method, without the client.</summary>
/// <param name="PaymentMethodId">Stripe's.</param>
/// <param name="Number">The how manieth attempt it is for its invoice, from 1.</param>
/// <param name="DueThrough">Of an invoice in instalments: those due by this day were asked for; null for an invoice that is due all at
/// once.</param>
/// <param name="Try">Of an invoice in instalments: the how manieth attempt it is for these, from 1; null likewise.</param>
public sealed record AutomaticCharge(string PaymentMethodId, int Number, LocalDate? DueThrough = null, int? Try = null)
{
    /// <summary>The how manieth attempt it is for what it asked for, by which it is decided when it is tried again.</summary>
    public int TryNumber() => Try ?? Number;

    /// <summary>What of the invoice it may still ask for; of instalments, only those that it was begun for.</summary>
    public long WantedMinor(IssuedInvoice invoice) => DueThrough is { } through
        ? invoice.Instalments().Where(part => part.DueOn <= through).Sum(part => part.OpenMinor)
        : Math.Max(0, invoice.BalanceMinor);
}
