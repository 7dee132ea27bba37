using Billing.Domain.Payments;
using Billing.Projections.Rows;
using Billing.Projections.Running;

namespace Billing.Projections.Payments;

internal sealed partial class PaymentsProjection : Projection
{
    private readonly Table<IdKey, PaymentRow> payments = new(PaymentRow.Shape);
    private readonly Table<KindKey, PaymentRefundRow> refunds = new(PaymentRefundRow.Shape);
    private readonly Table<KindKey, PaymentDisputeRow> disputes = new(PaymentDisputeRow.Shape);

    public PaymentsProjection()
    {
        On<PaymentEvent.PaymentAttempted>(Apply);
        On<PaymentEvent.CheckoutOpened>(Apply);
        On<PaymentEvent.PaymentIntentMade>((fact, e) => Change(fact, row => row.PaymentIntentId = e.PaymentIntentId));
        On<PaymentEvent.PaymentPending>((fact, _) => Change(fact, row => row.Status = PaymentStatus.Pending));
        On<PaymentEvent.PaymentSucceeded>(Apply);
        On<PaymentEvent.PaymentFailed>((fact, e) => Change(fact, row =>
        {
            row.Status = PaymentStatus.Failed;
            row.Failure = e.Reason;
            row.FailureCode = e.Code;
        }));
        On<PaymentEvent.CheckoutExpired>((fact, _) => Change(fact, row => row.Status = PaymentStatus.Expired));
        On<PaymentEvent.ProcessorFeeCharged>(Apply);
        On<PaymentEvent.PaymentRecorded>(Apply);
        On<PaymentEvent.RefundAttempted>(Apply);
        On<PaymentEvent.RefundRefused>(Apply);
        On<PaymentEvent.RefundMade>(Apply);
        On<PaymentEvent.RefundFailed>(Apply);
        On<PaymentEvent.DisputeOpened>(Apply);
        On<PaymentEvent.DisputeFundsWithdrawn>(Apply);
        On<PaymentEvent.DisputeFundsReinstated>(Apply);
        On<PaymentEvent.DisputeClosed>(Apply);
    }

    public override int Version => 3;

    public override IReadOnlyList<Table> Tables => [payments, refunds, disputes];

    private void Apply(Fact fact, PaymentEvent.PaymentAttempted e)
    {
        var row = payments.Add(new IdKey(fact.Book, e.PaymentId));
        row.InvoiceId = e.InvoiceId;
        row.ClientId = e.ClientId;
        row.Method = PaymentMethods.Stripe;
        row.Status = PaymentStatus.Attempted;
        row.AmountMinor = e.AmountMinor;
        row.Currency = e.Currency;
        row.BeganAt = e.AttemptedAt;
        row.CollectionNumber = e.Automatic?.Number;
        row.AwaitsNews = true;
        row.Version = fact.Version;
    }

    /// <summary>Stripe's answer may be written down after news of what came of it.</summary>
    private void Apply(Fact fact, PaymentEvent.CheckoutOpened e) => Change(fact, row =>
    {
        row.SessionId = e.SessionId;
        row.SessionUrl = e.Url;
        row.SessionExpiresAt = e.ExpiresAt;
        if (row.Status == PaymentStatus.Attempted) row.Status = PaymentStatus.Open;
    });

    private void Apply(Fact fact, PaymentEvent.PaymentSucceeded e) => Change(fact, row =>
    {
        row.Status = PaymentStatus.Succeeded;
        row.Failure = null;
        row.FailureCode = null;
        row.PaymentIntentId = e.PaymentIntentId;
        row.AmountMinor = e.AmountMinor;
        row.AppliedMinor = e.AppliedMinor;
        row.CreditMinor = e.CreditMinor;
        row.ReceivedOn = e.ReceivedOn;
    });

    /// <summary>A payment's fees come in one currency, the account's own.</summary>
    private void Apply(Fact fact, PaymentEvent.ProcessorFeeCharged e) => Change(fact, row =>
    {
        row.FeeMinor = (row.FeeMinor ?? 0) + e.AmountMinor;
        row.FeeCurrency = e.Currency;
    });

    private void Apply(Fact fact, PaymentEvent.PaymentRecorded e)
    {
        var row = payments.Add(new IdKey(fact.Book, e.PaymentId));
        row.InvoiceId = e.InvoiceId;
        row.ClientId = e.ClientId;
        row.Method = e.Method;
        row.Status = PaymentStatus.Succeeded;
        row.AmountMinor = e.AmountMinor;
        row.Currency = e.Currency;
        row.AppliedMinor = e.AppliedMinor;
        row.CreditMinor = e.CreditMinor;
        row.ReceivedOn = e.ReceivedOn;
        row.Reference = e.Reference;
        row.BeganAt = e.RecordedAt;
        row.Version = fact.Version;
    }

    private void Change(Fact fact, Action<PaymentRow> change)
    {
        if (payments.Change(new IdKey(fact.Book, fact.StreamId)) is not { } row) return;
        change(row);
        row.AwaitsNews = row.AskedMinor > 0 || row.Status switch
        {
            PaymentStatus.Attempted or PaymentStatus.Open or PaymentStatus.Pending => true,
            PaymentStatus.Succeeded => row.FeeMinor is null,
            _ => false,
        };
        row.Version = fact.Version;
    }
}
