using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Retainers;

/// <summary>Something that was granted, and what became of it: granted = used + expired + refunded + left.</summary>
/// <param name="PeriodFrom">First day of the period that granted it; null for what was paid in or bought.</param>
/// <param name="LastDay">Last day on which it can be used; null for good.</param>
/// <param name="PriceMinor">What was to be paid for it.</param>
/// <param name="Used">Carried work that was taken from it included.</param>
/// <param name="Reserved">What invoices drew of it on days that are yet to come in the account.</param>
/// <param name="IsOver">Nothing of it can be used any more.</param>
public sealed record LotAccount(
    Guid LotId, LocalDate GrantedOn, LocalDate? PeriodFrom, LocalDate? LastDay, long Granted, long PriceMinor, long Used,
    long Expired, long Refunded, long Reserved, bool IsOver)
{
    public long Left => Granted - Used - Expired - Refunded;

    /// <summary>What is left and not drawn by any invoice.</summary>
    public long Free => Math.Max(0, Left - Reserved);

    /// <summary>What of the price is not earned yet.</summary>
    public long UnearnedMinor => ShareOfPrice(Left);

    public long RefundedMinor => ShareOfPrice(Left + Refunded) - UnearnedMinor;

    /// <summary>What was used, or has expired. The three sum to the price.</summary>
    public long EarnedMinor => PriceMinor - UnearnedMinor - RefundedMinor;

    internal bool IsUsable => !IsOver && Free > 0;

    /// <summary>What a refund of so much of it gives back now.</summary>
    public long RefundOf(long quantity) => UnearnedMinor - ShareOfPrice(Left - quantity);

    private long ShareOfPrice(long quantity) =>
        Granted == 0 ? 0 : Rounding.DivideHalfAwayFromZero((Int128)PriceMinor * quantity, Granted);
}
