using System.Globalization;

namespace Billing.Domain.Values;

/// <summary>
/// An amount in whole minor units of one currency. Different currencies never add: trying to is a bug, not a refusal,
/// so it throws. Arithmetic overflows loudly.
/// </summary>
public readonly record struct Money(long Minor, Currency Currency) : IComparable<Money>
{
    /// <summary>Minor units; what is written stays below it, so that sums of many amounts are still exact.</summary>
    private const decimal WrittenLimit = 1_000_000_000_000_000m;

    public static Money Zero(Currency currency) => new(0, currency);

    public bool IsZero => Minor == 0;
    public bool IsNegative => Minor < 0;
    public bool IsPositive => Minor > 0;

    public static Money operator +(Money left, Money right) => new(left.Minor + right.SameAs(left).Minor, left.Currency);
    public static Money operator -(Money left, Money right) => new(left.Minor - right.SameAs(left).Minor, left.Currency);
    public static Money operator -(Money amount) => new(-amount.Minor, amount.Currency);
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    public int CompareTo(Money other) => Minor.CompareTo(other.SameAs(this).Minor);

    public static Money Min(Money left, Money right) => left <= right ? left : right;

    /// <exception cref="InvalidOperationException">One of them is in another currency.</exception>
    public static Money Sum(IEnumerable<Money> amounts, Currency currency) =>
        amounts.Aggregate(Zero(currency), (sum, amount) => sum + amount);

    /// <summary>Rate per hour times elapsed time: computed exactly, rounded once, half away from zero.</summary>
    public static Money ForTime(Money perHour, long durationSeconds) =>
        new(Rounding.DivideHalfAwayFromZero((Int128)perHour.Minor * durationSeconds, 3600), perHour.Currency);

    /// <summary>As <see cref="LargestRemainder.Split"/> says, in whole minor units.</summary>
    /// <exception cref="ArgumentException">A weight is negative, or all are zero.</exception>
    public Money[] Allocate(IReadOnlyList<long> weights)
    {
        var currency = Currency;
        return Array.ConvertAll(LargestRemainder.Split(Minor, weights), share => new Money(share, currency));
    }

    /// <summary>Plain decimal digits with the currency's own number of places, as the API prints amounts: <c>123.45</c>.</summary>
    public string ToDecimalString() => ToDecimal().ToString("F" + Currency.Decimals, CultureInfo.InvariantCulture);

    /// <summary>The amount in major units.</summary>
    public decimal ToDecimal() => (decimal)Minor / Currency.MinorPerMajor;

    /// <summary>
    /// Reads plain decimal digits. False for more places than the currency has, for exponents, separators of thousands,
    /// and for amounts of 10^15 minor units or more, which no invoice reaches and sums of which cannot overflow.
    /// </summary>
    public static bool TryParse(string? text, Currency currency, out Money money)
    {
        money = default;
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        return text is { Length: > 0 and <= 32 } && decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var major)
            && TryOf(major, currency, out money);
    }

    /// <summary>An amount that somebody wrote, in major units; false for what <see cref="TryParse"/> refuses.</summary>
    public static bool TryOf(decimal value, Currency currency, out Money money)
    {
        money = default;
        if (Math.Abs(value) >= WrittenLimit) return false;
        var minor = value * currency.MinorPerMajor;
        if (minor != decimal.Truncate(minor) || Math.Abs(minor) >= WrittenLimit) return false;
        money = new Money((long)minor, currency);
        return true;
    }

    /// <summary>Adds amounts that somebody wrote; false where the sum is more than anybody may write.</summary>
    public static bool TrySum(IEnumerable<Money> amounts, Currency currency, out Money sum)
    {
        var minor = amounts.Sum(amount => (decimal)amount.Minor);
        var isWritable = Math.Abs(minor) < WrittenLimit;
        sum = new Money(isWritable ? (long)minor : 0, currency);
        return isWritable;
    }

    public override string ToString() => $"{ToDecimalString()} {Currency.Code}";

    private Money SameAs(Money other) => Currency == other.Currency
        ? this
        : throw new InvalidOperationException($"{Currency} and {other.Currency} do not add.");
}
