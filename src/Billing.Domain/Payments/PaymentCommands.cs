using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Payments;

/// <summary>Begins to pay the invoice's open balance online.</summary>
/// <param name="PaymentId">Used where no open attempt can be used again; it is Stripe's idempotency key too.</param>
public sealed record AttemptPayment(Guid PaymentId, Guid InvoiceId, Instant At)
{
    /// <summary>Only what is due by this day, or else the next instalment; null for all that is open.</summary>
    public LocalDate? OnlyDueOn { get; init; }

    /// <summary>The client at Stripe, for whom the checkout keeps the method; null where it keeps none.</summary>
    public string? CustomerId { get; init; }

    /// <summary>The practice's own account at Stripe; null for the installation's.</summary>
    public string? Account { get; init; }
}

/// <summary>Stripe answered a charge without the client.</summary>
public sealed record NoteIntent(Guid PaymentId, string PaymentIntentId, Instant At);

/// <summary>Stripe answered with a session.</summary>
public sealed record OpenCheckout(Guid PaymentId, string SessionId, string Url, Instant ExpiresAt, Instant At);

public sealed record MarkPending(Guid PaymentId, Instant At);

/// <param name="StripeAmount">What was paid, in Stripe's own minor units, which differ from ours for some
/// currencies.</param>
/// <param name="StripeCurrency">Stripe's currency code, in any case.</param>
/// <param name="ReceivedOn">The day in the practice's time zone.</param>
public sealed record SucceedPayment(
    Guid PaymentId, string PaymentIntentId, long StripeAmount, string StripeCurrency, LocalDate ReceivedOn, Instant At);

/// <param name="Code">Stripe's decline or error code, or one of <see cref="FailureCode"/>; null where none is known.</param>
/// <param name="Advice">Stripe's advice code; null for none.</param>
public sealed record FailPayment(Guid PaymentId, string Reason, Instant At, string? Code = null, string? Advice = null);

public sealed record ExpireCheckout(Guid PaymentId, Instant At);

/// <param name="Fee">In the settlement currency, in our minor units; negative where it is given back.</param>
/// <param name="MayBeGivenBack">Only a dispute's can be: the fee of answering it, once it is won.</param>
public sealed record ChargeFee(
    Guid PaymentId, string BalanceTransactionId, Money Fee, LocalDate ChargedOn, bool MayBeGivenBack = false);

/// <summary>Notes a wish to give money back before Stripe is asked to.</summary>
/// <param name="RefundId">It is Stripe's idempotency key too.</param>
/// <param name="Amount">Null for what the credit note owes, or else for all that is left of the payment.</param>
/// <param name="CreditNoteId">Of the payment's invoice; null for a refund that settles none.</param>
public sealed record AttemptRefund(
    Guid PaymentId, Guid RefundId, Money? Amount, Guid? CreditNoteId, string? Reason, Instant At);

/// <summary>Stripe will make no refund of this attempt.</summary>
public sealed record RefuseRefund(Guid PaymentId, Guid RefundId, string Why, Instant At);

/// <summary>What Stripe says of one refund now, however often and in whatever order.</summary>
/// <param name="RefundId">As its metadata say; null where it was not asked for here.</param>
/// <param name="StripeAmount">In Stripe's own minor units.</param>
/// <param name="MadeOn">The day in the practice's time zone.</param>
/// <param name="FailedOn">Null where it did not fail.</param>
public sealed record TellRefund(
    Guid PaymentId, string StripeRefundId, Guid? RefundId, long StripeAmount, string StripeCurrency, LocalDate MadeOn,
    string? FailureReason, LocalDate? FailedOn, Instant At);

/// <summary>What Stripe says of one dispute now, however often and in whatever order.</summary>
/// <param name="StripeAmount">In Stripe's own minor units.</param>
/// <param name="WithdrawnOn">When the money was taken off the balance; null where it was not.</param>
/// <param name="ReinstatedOn">When it came back; null where it did not.</param>
/// <param name="Outcome">One of <see cref="DisputeOutcome"/>; null while it goes on.</param>
/// <param name="ReinstatedStripeAmount">What came back, where that was a part; null for all of it.</param>
public sealed record TellDispute(
    Guid PaymentId, string DisputeId, long StripeAmount, string StripeCurrency, string Reason, LocalDate OpenedOn, Instant? AnswerBy,
    LocalDate? WithdrawnOn, LocalDate? ReinstatedOn, string? Outcome, Instant At, long? ReinstatedStripeAmount = null);

/// <param name="Amount">All that came, in the invoice's currency; what exceeds the open balance becomes
/// credit.</param>
/// <param name="Method">One of <see cref="PaymentMethods"/>.</param>
public sealed record RecordPayment(
    Guid PaymentId, Guid InvoiceId, Money Amount, string Method, LocalDate ReceivedOn, string? Reference, Instant At);

/// <summary>The ways in which money comes other than online.</summary>
public static class PaymentMethods
{
    public const string Cash = "cash";
    public const string Cheque = "cheque";
    public const string Transfer = "transfer";
    public const string Other = "other";

    /// <summary>Through the processor: nobody writes that down by hand.</summary>
    public const string Stripe = "stripe";

    public static IReadOnlyList<string> All { get; } = [Cash, Cheque, Transfer, Other];
}
