namespace Billing.Domain.Values;

/// <summary>Whole-number division with the rounding mode in the name.</summary>
public static class Rounding
{
    /// <summary>The quotient rounded to the nearest whole number; exactly half goes away from zero.</summary>
    public static long DivideHalfAwayFromZero(Int128 dividend, Int128 divisor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(divisor);
        var (quotient, remainder) = Int128.DivRem(dividend, divisor);
        if (Int128.Abs(remainder) * 2 >= divisor) quotient += Int128.Sign(dividend);
        return checked((long)quotient);
    }
}
