using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Payments;

/// <summary>Begins to pay the invoice's open balance online.</summary>
/// <param name="PaymentId">Used where no open attempt can be used again; it is Stripe's idempotency key too.</param>
public sealed record AttemptPayment(Guid PaymentId, Guid InvoiceId, Instant At);

/// <summary>Stripe answered with a session.</summary>
public sealed record OpenCheckout(Guid PaymentId, string SessionId, string Url, Instant ExpiresAt, Instant At);

public sealed record MarkPending(Guid PaymentId, Instant At);

/// <param name="StripeAmount">What was paid, in Stripe's own minor units, which differ from ours for some
/// currencies.</param>
/// <param name="StripeCurrency">Stripe's currency code, in any case.</param>
/// <param name="ReceivedOn">The day in the practice's time zone.</param>
public sealed record SucceedPayment(
    Guid PaymentId, string PaymentIntentId, long StripeAmount, string StripeCurrency, LocalDate ReceivedOn, Instant At);

public sealed record FailPayment(Guid PaymentId, string Reason, Instant At);

public sealed record ExpireCheckout(Guid PaymentId, Instant At);

/// <param name="Fee">In the settlement currency, in our minor units.</param>
public sealed record ChargeFee(Guid PaymentId, string BalanceTransactionId, Money Fee, LocalDate ChargedOn);

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

    public static IReadOnlyList<string> All { get; } = [Cash, Cheque, Transfer, Other];
}
