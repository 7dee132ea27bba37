using NodaTime;

namespace Billing.Domain.Payments;

/// <summary>What happens to one payout of the processor to the practice's bank.</summary>
public abstract record PayoutEvent
{
    private PayoutEvent() { }

    /// <summary>The money is at the bank.</summary>
    /// <param name="AmountMinor">What of the payout is this practice's; all of it where no other practice has a part in it.</param>
    /// <param name="Parts">The balance transactions that are known to be this practice's.</param>
    /// <param name="OtherMinor">What of the amount none of them explains, such as a fee that Stripe charged by itself; 0 as a
    /// rule.</param>
    public sealed record PayoutArrived(
        Guid PayoutId, string StripePayoutId, long AmountMinor, string Currency, LocalDate ArrivedOn, IReadOnlyList<PayoutPart> Parts,
        long OtherMinor, Instant ToldAt) : PayoutEvent;

    /// <summary>The bank sent it back: the processor has the money again.</summary>
    public sealed record PayoutFailed(string Reason, LocalDate FailedOn, Instant ToldAt) : PayoutEvent;
}

/// <summary>One balance transaction of a payout.</summary>
/// <param name="Kind">Stripe's type, such as <c>charge</c>, <c>refund</c> or <c>adjustment</c>.</param>
/// <param name="NetMinor">After fees; negative where money left.</param>
public sealed record PayoutPart(string BalanceTransactionId, string Kind, Guid PaymentId, long NetMinor);
