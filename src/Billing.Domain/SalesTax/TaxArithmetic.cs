using Billing.Domain.Values;

namespace Billing.Domain.SalesTax;

/// <summary>Tax on an amount and in an amount, each computed exactly and rounded once, half away from zero.</summary>
public static class TaxArithmetic
{
    /// <summary>On top of what is taxable (BR-CO-17).</summary>
    public static long On(long taxableMinor, int hundredThousandths) =>
        Rounding.DivideHalfAwayFromZero((Int128)taxableMinor * hundredThousandths, TaxTreatment.Whole);

    /// <summary>In a price that has it in it: the rest is taxable, and the two sum to the price to the cent.</summary>
    public static long In(long grossMinor, int hundredThousandths) =>
        Rounding.DivideHalfAwayFromZero((Int128)grossMinor * hundredThousandths, TaxTreatment.Whole + hundredThousandths);

    /// <summary>What each price is without the tax in it. Each is what the running sum grows by, so that together they are what their
    /// sum is without its tax, whatever the rounding, and equal prices taken back cancel out.</summary>
    public static long[] Without(IReadOnlyList<long> grossMinor, int hundredThousandths)
    {
        var net = new long[grossMinor.Count];
        var (sum, before) = (0L, 0L);
        for (var i = 0; i < net.Length; i++)
        {
            sum += grossMinor[i];
            var after = sum - In(sum, hundredThousandths);
            net[i] = after - before;
            before = after;
        }
        return net;
    }
}
