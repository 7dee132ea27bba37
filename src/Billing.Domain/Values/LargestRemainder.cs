namespace Billing.Domain.Values;

/// <summary>Sharing out a whole number so that the parts sum to it.</summary>
public static class LargestRemainder
{
    /// <summary>
    /// Each part gets its share by weight, rounded towards zero, and the units left over go to the largest remainders,
    /// earlier parts first among equals.
    /// </summary>
    /// <exception cref="ArgumentException">A weight is negative, or all are zero.</exception>
    public static long[] Split(long whole, IReadOnlyList<long> weights)
    {
        Int128 total = 0;
        foreach (var weight in weights)
        {
            if (weight < 0) throw new ArgumentException("A weight is negative.", nameof(weights));
            total += weight;
        }
        if (total == 0) throw new ArgumentException("There is nothing to share out by.", nameof(weights));

        var shares = new long[weights.Count];
        var remainders = new Int128[weights.Count];
        var left = whole;
        for (var i = 0; i < shares.Length; i++)
        {
            var (quotient, remainder) = Int128.DivRem((Int128)whole * weights[i], total);
            shares[i] = (long)quotient;
            remainders[i] = Int128.Abs(remainder);
            left -= shares[i];
        }
        var step = Math.Sign(left);
        foreach (var i in Enumerable.Range(0, shares.Length).OrderByDescending(i => remainders[i]).Take((int)Math.Abs(left)))
            shares[i] += step;
        return shares;
    }
}
