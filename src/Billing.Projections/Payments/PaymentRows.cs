using Billing.Projections.Rows;
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
        .OptionalText("failure_code", row => ref row.FailureCode)
        .OptionalNumber("collection_number", row => ref row.CollectionNumber)
        .OptionalText("reference", row => ref row.Reference)
        .OptionalNumber("fee_minor", row => ref row.FeeMinor)
        .OptionalText("fee_currency", row => ref row.FeeCurrency)
        .Number("refunded_minor", row => ref row.RefundedMinor)
        .Number("disputed_minor", row => ref row.DisputedMinor)
        .Number("asked_minor", row => ref row.AskedMinor)
        .Flag("awaits_news", row => ref row.AwaitsNews)
        .Instant("began_at", row => ref row.BeganAt)
        .Number("version", row => ref row.Version)
        .Index("by_session", "(session_id) WHERE session_id IS NOT NULL")
        .Index("by_invoice", "(book, invoice_id)")
        .Index("awaiting", "(awaits_news) WHERE awaits_news = 1");

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
    public string? FailureCode;

    /// <summary>The how manieth charge to a kept method it is for its invoice; null for a checkout.</summary>
    public long? CollectionNumber;
    public string? Reference;
    public long? FeeMinor;
    public string? FeeCurrency;

    /// <summary>Gone back by refunds that did not fail.</summary>
    public long RefundedMinor;

    /// <summary>Held back by disputes now.</summary>
    public long DisputedMinor;

    /// <summary>Refunds that wait for Stripe's answer.</summary>
    public long AskedMinor;

    /// <summary>Whether Stripe is to be asked about it: it has come to no end, its fee is not booked, or a refund waits.</summary>
    public bool AwaitsNews;
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

/// <summary>A refund under its attempt's id, or under Stripe's where it was made there.</summary>
internal sealed class PaymentRefundRow : Row
{
    public static readonly Shape<PaymentRefundRow> Shape = new Shape<PaymentRefundRow>(
        "payment_refunds", "book", "payment_id", "refund_key")
        .OptionalId("refund_id", row => ref row.RefundId)
        .OptionalText("stripe_refund_id", row => ref row.StripeRefundId)
        .Text("status", row => ref row.Status)
        .Number("amount_minor", row => ref row.AmountMinor)
        .Text("currency", row => ref row.Currency)
        .OptionalId("credit_note_id", row => ref row.CreditNoteId)
        .OptionalDate("made_on", row => ref row.MadeOn)
        .OptionalText("why", row => ref row.Why)
        .OptionalText("reason", row => ref row.Reason);

    public Guid? RefundId;
    public string? StripeRefundId;
    public string Status = "";
    public long AmountMinor;
    public string Currency = "";
    public Guid? CreditNoteId;
    public LocalDate? MadeOn;
    public string? Why;
    public string? Reason;
}

internal sealed class PaymentDisputeRow : Row
{
    public static readonly Shape<PaymentDisputeRow> Shape = new Shape<PaymentDisputeRow>(
        "payment_disputes", "book", "payment_id", "dispute_id")
        .Id("invoice_id", row => ref row.InvoiceId)
        .Id("client_id", row => ref row.ClientId)
        .Text("status", row => ref row.Status)
        .Number("amount_minor", row => ref row.AmountMinor)
        .Text("currency", row => ref row.Currency)
        .Text("reason", row => ref row.Reason)
        .Date("opened_on", row => ref row.OpenedOn)
        .OptionalInstant("answer_by", row => ref row.AnswerBy)
        .OptionalDate("withdrawn_on", row => ref row.WithdrawnOn)
        .OptionalDate("reinstated_on", row => ref row.ReinstatedOn);

    public Guid InvoiceId;
    public Guid ClientId;
    public string Status = "";
    public long AmountMinor;
    public string Currency = "";
    public string Reason = "";
    public LocalDate OpenedOn;
    public Instant? AnswerBy;
    public LocalDate? WithdrawnOn;
    public LocalDate? ReinstatedOn;
}

/// <summary>How far a refund has come.</summary>
public static class RefundStatus
{
    /// <summary>Asked for; Stripe's answer is not known.</summary>
    public const string Attempted = "attempted";

    /// <summary>The money left.</summary>
    public const string Made = "made";

    /// <summary>The client's bank sent it back.</summary>
    public const string Failed = "failed";

    /// <summary>Stripe made none.</summary>
    public const string Refused = "refused";
}
