using Billing.Domain.Payments;
using Billing.Projections.Rows;
using Billing.Projections.Running;

namespace Billing.Projections.Payments;

/// <content>Refunds and disputes.</content>
internal sealed partial class PaymentsProjection
{
    private void Apply(Fact fact, PaymentEvent.RefundAttempted e)
    {
        Change(fact, row => row.AskedMinor += e.AmountMinor);
        var refund = refunds.Add(KeyOf(fact, e.RefundId, null));
        refund.RefundId = e.RefundId;
        refund.Status = RefundStatus.Attempted;
        refund.AmountMinor = e.AmountMinor;
        refund.Currency = CurrencyOf(fact);
        refund.CreditNoteId = e.CreditNoteId;
        refund.Reason = e.Reason;
    }

    private void Apply(Fact fact, PaymentEvent.RefundRefused e)
    {
        if (refunds.Change(KeyOf(fact, e.RefundId, null)) is not { } refund) return;
        Change(fact, row => row.AskedMinor -= refund.AmountMinor);
        refund.Status = RefundStatus.Refused;
        refund.Why = e.Why;
    }

    /// <summary>Stripe may have made what was thought refused.</summary>
    private void Apply(Fact fact, PaymentEvent.RefundMade e)
    {
        var refund = refunds.ChangeOrAdd(KeyOf(fact, e.RefundId, e.StripeRefundId));
        var askedMinor = refund.Status == RefundStatus.Attempted ? refund.AmountMinor : 0;
        Change(fact, row =>
        {
            row.AskedMinor -= askedMinor;
            row.RefundedMinor += e.AmountMinor;
        });
        refund.RefundId = e.RefundId;
        refund.StripeRefundId = e.StripeRefundId;
        refund.Status = RefundStatus.Made;
        refund.AmountMinor = e.AmountMinor;
        refund.Currency = CurrencyOf(fact);
        refund.CreditNoteId = e.CreditNoteId;
        refund.MadeOn = e.MadeOn;
        refund.Why = null;
    }

    private void Apply(Fact fact, PaymentEvent.RefundFailed e)
    {
        if (refunds.Change(KeyOf(fact, e.RefundId, e.StripeRefundId)) is not { } refund) return;
        Change(fact, row => row.RefundedMinor -= refund.AmountMinor);
        refund.Status = RefundStatus.Failed;
        refund.Why = e.Reason;
    }

    private void Apply(Fact fact, PaymentEvent.DisputeOpened e)
    {
        Change(fact, _ => { });
        if (payments.Find(new IdKey(fact.Book, fact.StreamId)) is not { } payment) return;
        var dispute = disputes.Add(new KindKey(fact.Book, fact.StreamId, e.DisputeId));
        dispute.InvoiceId = payment.InvoiceId;
        dispute.ClientId = payment.ClientId;
        dispute.Status = DisputeStatus.Open;
        dispute.AmountMinor = e.AmountMinor;
        dispute.Currency = payment.Currency;
        dispute.Reason = e.Reason;
        dispute.OpenedOn = e.OpenedOn;
        dispute.AnswerBy = e.AnswerBy;
    }

    private void Apply(Fact fact, PaymentEvent.DisputeFundsWithdrawn e)
    {
        Change(fact, row => row.DisputedMinor += e.AmountMinor);
        if (disputes.Change(new KindKey(fact.Book, fact.StreamId, e.DisputeId)) is { } dispute) dispute.WithdrawnOn = e.WithdrawnOn;
    }

    private void Apply(Fact fact, PaymentEvent.DisputeFundsReinstated e)
    {
        Change(fact, row => row.DisputedMinor -= e.AmountMinor);
        if (disputes.Change(new KindKey(fact.Book, fact.StreamId, e.DisputeId)) is { } dispute) dispute.ReinstatedOn = e.ReinstatedOn;
    }

    private void Apply(Fact fact, PaymentEvent.DisputeClosed e)
    {
        Change(fact, _ => { });
        if (disputes.Change(new KindKey(fact.Book, fact.StreamId, e.DisputeId)) is { } dispute) dispute.Status = e.Outcome;
    }

    private string CurrencyOf(Fact fact) => payments.Find(new IdKey(fact.Book, fact.StreamId))?.Currency ?? "";

    private static KindKey KeyOf(Fact fact, Guid? refundId, string? stripeRefundId) =>
        new(fact.Book, fact.StreamId, refundId?.ToString("D") ?? stripeRefundId!);
}

/// <summary>How a dispute stands; once it is closed, one of <see cref="DisputeOutcome"/>.</summary>
public static class DisputeStatus
{
    public const string Open = "open";
}
