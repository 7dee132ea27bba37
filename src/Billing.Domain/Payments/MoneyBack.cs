using System.Collections.Immutable;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Payments;

/// <summary>What of an online payment went back to the client, or may yet.</summary>
/// <param name="Attempts">Refunds that were asked for here.</param>
/// <param name="Refunds">Those that Stripe made, by its id.</param>
/// <param name="Disputes">By Stripe's id.</param>
public sealed record MoneyBack(
    ImmutableSortedDictionary<Guid, RefundAttempt> Attempts, ImmutableSortedDictionary<string, Refund> Refunds,
    ImmutableSortedDictionary<string, Dispute> Disputes)
{
    public static MoneyBack None { get; } = new(
        ImmutableSortedDictionary<Guid, RefundAttempt>.Empty,
        ImmutableSortedDictionary.Create<string, Refund>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, Dispute>(StringComparer.Ordinal));

    public long RefundedMinor => Refunds.Values.Where(refund => refund.Failed is null).Sum(refund => refund.Made.AmountMinor);

    /// <summary>What disputes hold back now.</summary>
    public long DisputedMinor => Disputes.Values.Sum(dispute =>
        (dispute.Withdrawn?.AmountMinor ?? 0) - (dispute.Reinstated?.AmountMinor ?? 0));

    /// <summary>Asked for, and neither made nor refused yet.</summary>
    public long AskedMinor => Attempts.Values.Where(attempt => attempt.IsOpen).Sum(attempt => attempt.AmountMinor);

    /// <summary>Whether an attempt waits for Stripe's answer.</summary>
    public bool IsWaiting => Attempts.Values.Any(attempt => attempt.IsOpen);

    internal MoneyBack With(RefundAttempt attempt) => this with { Attempts = Attempts.SetItem(attempt.RefundId, attempt) };

    internal MoneyBack With(Refund refund)
    {
        var known = this with { Refunds = Refunds.SetItem(refund.StripeRefundId, refund) };
        return refund.RefundId is { } id && Attempts.GetValueOrDefault(id) is { } attempt
            ? known.With(attempt with { StripeRefundId = refund.StripeRefundId })
            : known;
    }

    internal MoneyBack With(Dispute dispute) => this with { Disputes = Disputes.SetItem(dispute.DisputeId, dispute) };

    /// <summary>The id under which the other streams know a movement of this payment: one Stripe id and step, one id.</summary>
    public static Guid MovementId(string stripeId, string step) => TextId.Of($"{stripeId}:{step}");
}

/// <param name="CreditNoteId">The credit note whose debt to the client it settles; null for none.</param>
/// <param name="StripeRefundId">Null until Stripe has made it.</param>
/// <param name="Refusal">Why Stripe made none; null where it did or may yet.</param>
public sealed record RefundAttempt(
    Guid RefundId, long AmountMinor, Guid? CreditNoteId, Instant AttemptedAt, string? StripeRefundId, string? Refusal)
{
    public bool IsOpen => StripeRefundId is null && Refusal is null;
}

/// <param name="RefundId">The attempt that it came of; null where it was made at Stripe itself.</param>
/// <param name="CreditNoteId">The credit note that it settles; null for none.</param>
/// <param name="Failed">Null while it did not.</param>
public sealed record Refund(
    string StripeRefundId, Guid? RefundId, Guid? CreditNoteId, MoneyMoved Made, string? FailureReason, MoneyMoved? Failed);

/// <param name="Outcome">One of <see cref="DisputeOutcome"/>; null while it goes on.</param>
public sealed record Dispute(
    string DisputeId, long AmountMinor, string Reason, LocalDate OpenedOn, Instant? AnswerBy, MoneyMoved? Withdrawn,
    MoneyMoved? Reinstated, string? Outcome);

/// <summary>A movement of money after the payment. What is neither on the invoice nor credit belongs to a credit note.</summary>
/// <param name="InvoiceMinor">What it changed what is due by.</param>
/// <param name="CreditMinor">What it changed the client's credit by.</param>
public sealed record MoneyMoved(long AmountMinor, long InvoiceMinor, long CreditMinor, LocalDate On);
