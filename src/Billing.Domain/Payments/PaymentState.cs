using System.Collections.Immutable;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Payments;

public abstract record PaymentState
{
    private PaymentState() { }

    public sealed record NotStarted : PaymentState;

    /// <summary>What it pays; null where there is no payment.</summary>
    public Guid? InvoiceOfIt => this switch
    {
        Online online => online.InvoiceId,
        ByHand byHand => byHand.Facts.InvoiceId,
        _ => null,
    };

    /// <summary>Null where no money has come.</summary>
    public LocalDate? ReceivedOn => this switch
    {
        Online { Stage: PaymentStage.Succeeded paid } => paid.ReceivedOn,
        ByHand byHand => byHand.Facts.ReceivedOn,
        _ => null,
    };

    /// <param name="Amount">What was asked for: the invoice's open balance at the time.</param>
    /// <param name="Session">Stripe's checkout session; null until Stripe answered, though news of it may come
    /// before.</param>
    /// <param name="Fees">What the processor kept, by balance transaction.</param>
    public sealed record Online(
        Guid PaymentId, Guid InvoiceId, Guid ClientId, Money Amount, Instant AttemptedAt, CheckoutSession? Session,
        PaymentStage Stage, ImmutableSortedDictionary<string, ProcessorFee> Fees) : PaymentState
    {
        /// <summary>The client at Stripe, where the method is kept or a kept one is charged; null otherwise.</summary>
        public string? CustomerId { get; init; }

        /// <summary>The kept method that is charged; null for a checkout.</summary>
        public AutomaticCharge? Automatic { get; init; }

        /// <summary>The practice's own account at Stripe; null for the installation's.</summary>
        public string? Account { get; init; }

        /// <summary>Stripe's payment intent of a charge without a checkout; null until Stripe answered.</summary>
        public string? IntentId { get; init; }

        /// <summary>Refunds and disputes.</summary>
        public MoneyBack Back { get; init; } = MoneyBack.None;

        /// <summary>What can still be refunded: what was paid and has not gone back, and no refund asks for already.</summary>
        public long RefundableMinor => Stage is PaymentStage.Succeeded
            ? Math.Max(0, Amount.Minor - Back.RefundedMinor - Back.DisputedMinor - Back.AskedMinor)
            : 0;
    }

    /// <summary>Cash, cheque or transfer, as somebody wrote it down.</summary>
    public sealed record ByHand(PaymentEvent.PaymentRecorded Facts) : PaymentState;
}

public sealed record CheckoutSession(string SessionId, string Url, Instant ExpiresAt);

public sealed record ProcessorFee(Money Amount, LocalDate ChargedOn);

/// <summary>How far an online payment has come. It only ever moves to a later stage, so the order of the news is no
/// matter.</summary>
public abstract record PaymentStage
{
    private PaymentStage(int order) => Order = order;

    /// <summary>A stage with a higher number is never left for one with a lower.</summary>
    internal int Order { get; }

    /// <summary>Nothing is known of it but that it was begun.</summary>
    public sealed record Attempted() : PaymentStage(0);

    /// <summary>The client agreed; the money is under way.</summary>
    public sealed record Pending() : PaymentStage(1);

    /// <summary>The session ran out unused.</summary>
    public sealed record Expired() : PaymentStage(2);

    /// <param name="Code">Stripe's code, or one of <see cref="FailureCode"/>; null where none is known.</param>
    public sealed record Failed(string Reason, string? Code, string? Advice, Instant FailedAt) : PaymentStage(3);

    /// <summary>The money is there, whatever was said before or is said after.</summary>
    public sealed record Succeeded(
        string PaymentIntentId, long AppliedMinor, long CreditMinor, LocalDate ReceivedOn) : PaymentStage(4);

    public bool IsBefore(PaymentStage other) => Order < other.Order;
}
