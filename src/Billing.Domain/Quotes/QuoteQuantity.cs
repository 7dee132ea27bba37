using System.Globalization;
using Billing.Domain.Values;

namespace Billing.Domain.Quotes;

/// <summary>How much of something is quoted, in thousandths of one.</summary>
public static class QuoteQuantity
{
    public const long One = 1_000;

    private const long MostThousandths = 1_000_000 * One;
    private const int Decimals = 3;

    /// <summary>Plain decimal digits above zero and up to a million, with at most three places.</summary>
    public static bool TryParse(string? text, out long thousandths)
    {
        thousandths = 0;
        if (text is not { Length: > 0 and <= 20 }
            || !decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || value <= 0 || value > MostThousandths / One || decimal.Round(value, Decimals) != value)
        {
            return false;
        }
        thousandths = (long)(value * One);
        return true;
    }

    public static string Text(long thousandths) => ((decimal)thousandths / One).ToString("0.###", CultureInfo.InvariantCulture);

    public static bool IsPlausible(long thousandths) => thousandths is > 0 and <= MostThousandths;

    /// <summary>Quantity times price, rounded once, half away from zero.</summary>
    public static long AmountMinor(long thousandths, long unitPriceMinor) =>
        Rounding.DivideHalfAwayFromZero((Int128)thousandths * unitPriceMinor, One);
}
