using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Payments;

/// <content>Money on its way back to the client: refunds, and disputes that the client's bank opened.</content>
public abstract partial record PaymentEvent
{
    /// <summary>
    /// Recorded before Stripe is called, so that a retry after a crash uses the same Stripe idempotency key: the refund's id.
    /// </summary>
    /// <param name="CreditNoteId">The credit note whose debt to the client it settles; null for none.</param>
    public sealed record RefundAttempted(
        Guid RefundId, long AmountMinor, Guid? CreditNoteId, [property: Confidential] string? Reason, Instant AttemptedAt)
        : PaymentEvent;

    /// <summary>Stripe made no refund of the attempt and never will.</summary>
    public sealed record RefundRefused(Guid RefundId, string Why, Instant RefusedAt) : PaymentEvent;

    /// <summary>The money left. What a bank has yet to confirm counts too: Stripe has taken it off the balance.</summary>
    /// <param name="RefundId">The attempt that it came of; null where it was made at Stripe itself.</param>
    /// <param name="ReopenedMinor">What of it is due again on the invoice.</param>
    /// <param name="FromCreditMinor">What of it was the client's credit.</param>
    /// <param name="CreditNoteId">The credit note that it settles, all of it; null for none.</param>
    public sealed record RefundMade(
        string StripeRefundId, Guid? RefundId, long AmountMinor, long ReopenedMinor, long FromCreditMinor, Guid? CreditNoteId,
        LocalDate MadeOn, Instant ToldAt) : PaymentEvent;

    /// <summary>The client's bank sent a refund back, so that the payment is as it was before.</summary>
    /// <param name="RefundId">The attempt that it came of; null where it was made at Stripe itself.</param>
    /// <param name="AppliedMinor">What of it is on the invoice again.</param>
    /// <param name="CreditMinor">What of it is the client's credit again; what settled a credit note is in neither.</param>
    public sealed record RefundFailed(
        string StripeRefundId, Guid? RefundId, string Reason, long AppliedMinor, long CreditMinor, LocalDate FailedOn, Instant ToldAt)
        : PaymentEvent;

    /// <summary>The client's bank questions the payment. Nothing has moved by it yet.</summary>
    /// <param name="Reason">Stripe's word for it, such as <c>fraudulent</c>.</param>
    /// <param name="AnswerBy">Until when evidence is taken; null where none is.</param>
    public sealed record DisputeOpened(
        string DisputeId, long AmountMinor, string Reason, LocalDate OpenedOn, Instant? AnswerBy, Instant ToldAt) : PaymentEvent;

    /// <summary>Stripe took the disputed money off the balance.</summary>
    /// <param name="ReopenedMinor">What of it is due again on the invoice.</param>
    /// <param name="FromCreditMinor">What of it was the client's credit.</param>
    public sealed record DisputeFundsWithdrawn(
        string DisputeId, long AmountMinor, long ReopenedMinor, long FromCreditMinor, LocalDate WithdrawnOn, Instant ToldAt)
        : PaymentEvent;

    /// <summary>The disputed money came back.</summary>
    /// <param name="AppliedMinor">What of it is on the invoice again.</param>
    /// <param name="CreditMinor">What of it exceeded the open balance.</param>
    public sealed record DisputeFundsReinstated(
        string DisputeId, long AmountMinor, long AppliedMinor, long CreditMinor, LocalDate ReinstatedOn, Instant ToldAt) : PaymentEvent;

    /// <summary>The dispute came to its end; money moves by the other events alone.</summary>
    /// <param name="Outcome">One of <see cref="DisputeOutcome"/>.</param>
    public sealed record DisputeClosed(string DisputeId, string Outcome, Instant ToldAt) : PaymentEvent;
}

/// <summary>How a dispute ends.</summary>
public static class DisputeOutcome
{
    public const string Won = "won";
    public const string Lost = "lost";

    /// <summary>A bank's enquiry that became no dispute.</summary>
    public const string Withdrawn = "withdrawn";
}
