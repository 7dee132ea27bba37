using Billing.Domain.Payments;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Projections.Payments;

internal sealed class PaymentRow : Row
{
    public static readonly Shape<PaymentRow> Shape = new Shape<PaymentRow>("payments", "book", "payment_id")
        .Id("invoice_id", row => ref row.InvoiceId)
        .Id("client_id", row => ref row.ClientId)
        .Text("method", row => ref row.Method)
        .Text("status", row => ref row.Status)
        .Number("amount_minor", row => ref row.AmountMinor)
        .Text("currency", row => ref row.Currency)
        .Number("applied_minor", row => ref row.AppliedMinor)
        .Number("credit_minor", row => ref row.CreditMinor)
        .OptionalDate("received_on", row => ref row.ReceivedOn)
        .OptionalText("session_id", row => ref row.SessionId)
        .OptionalText("session_url", row => ref row.SessionUrl)
        .OptionalInstant("session_expires_at", row => ref row.SessionExpiresAt)
        .OptionalText("payment_intent_id", row => ref row.PaymentIntentId)
        .OptionalText("failure", row => ref row.Failure)
        .OptionalText("reference", row => ref row.Reference)
        .OptionalNumber("fee_minor", row => ref row.FeeMinor)
        .OptionalText("fee_currency", row => ref row.FeeCurrency)
        .Instant("began_at", row => ref row.BeganAt)
        .Number("version", row => ref row.Version)
        .Index("by_session", "(session_id) WHERE session_id IS NOT NULL")
        .Index("by_invoice", "(book, invoice_id)")
        .Index("unfinished", "(status) WHERE status IN ('attempted', 'open', 'pending')");

    public Guid InvoiceId;
    public Guid ClientId;
    public string Method = "";
    public string Status = "";
    public long AmountMinor;
    public string Currency = "";
    public long AppliedMinor;
    public long CreditMinor;
    public LocalDate? ReceivedOn;
    public string? SessionId;
    public string? SessionUrl;
    public Instant? SessionExpiresAt;
    public string? PaymentIntentId;
    public string? Failure;
    public string? Reference;
    public long? FeeMinor;
    public string? FeeCurrency;
    public Instant BeganAt;
    public long Version;
}

/// <summary>How far a payment has come.</summary>
public static class PaymentStatus
{
    /// <summary>Begun; whether Stripe has made a session is not known.</summary>
    public const string Attempted = "attempted";

    /// <summary>Stripe's checkout page is there.</summary>
    public const string Open = "open";

    public const string Pending = "pending";
    public const string Expired = "expired";
    public const string Failed = "failed";
    public const string Succeeded = "succeeded";
}

internal sealed class PaymentsProjection : Projection
{
    /// <summary>What <see cref="PaymentRow.Method"/> says of payments through Stripe.</summary>
    public const string Stripe = "stripe";

    private readonly Table<IdKey, PaymentRow> payments = new(PaymentRow.Shape);

    public PaymentsProjection()
    {
        On<PaymentEvent.PaymentAttempted>(Apply);
        On<PaymentEvent.CheckoutOpened>(Apply);
        On<PaymentEvent.PaymentPending>((fact, _) => Change(fact, row => row.Status = PaymentStatus.Pending));
        On<PaymentEvent.PaymentSucceeded>(Apply);
        On<PaymentEvent.PaymentFailed>((fact, e) => Change(fact, row =>
        {
            row.Status = PaymentStatus.Failed;
            row.Failure = e.Reason;
        }));
        On<PaymentEvent.CheckoutExpired>((fact, _) => Change(fact, row => row.Status = PaymentStatus.Expired));
        On<PaymentEvent.ProcessorFeeCharged>(Apply);
        On<PaymentEvent.PaymentRecorded>(Apply);
    }

    public override int Version => 1;

    public override IReadOnlyList<Table> Tables => [payments];

    private void Apply(Fact fact, PaymentEvent.PaymentAttempted e)
    {
        var row = payments.Add(new IdKey(fact.Book, e.PaymentId));
        row.InvoiceId = e.InvoiceId;
        row.ClientId = e.ClientId;
        row.Method = Stripe;
        row.Status = PaymentStatus.Attempted;
        row.AmountMinor = e.AmountMinor;
        row.Currency = e.Currency;
        row.BeganAt = e.AttemptedAt;
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
        row.Version = fact.Version;
    }
}
