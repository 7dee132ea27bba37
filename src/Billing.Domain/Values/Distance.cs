using System.Globalization;

namespace Billing.Domain.Values;

/// <summary>
/// A distance as it was read off, in hundredths of a mile or of a kilometre. A mile is 1.609344 km by definition, so that one
/// converts into the other exactly and nothing is rounded before there is an amount of money.
/// </summary>
public readonly record struct Distance(long Hundredths, string Unit)
{
    public const string Miles = "mi", Kilometres = "km";

    /// <summary>A million miles; more is a slip of the pen, and sums stay far from overflow.</summary>
    public const long MaxHundredths = 100_000_000;

    private const long MillimetresPerHundredthMile = 16_093_440;
    private const long MillimetresPerHundredthKilometre = 10_000_000;

    /// <summary>Digits after the point that a rate per mile or kilometre may have.</summary>
    private const int RateDecimals = 6;

    private const long RateScale = 1_000_000;
    private const decimal MaxRate = 1_000m;

    /// <summary>Whole for either unit, so that distances of both add and compare.</summary>
    public Int128 Millimetres => (Int128)Hundredths * (Unit == Kilometres ? MillimetresPerHundredthKilometre : MillimetresPerHundredthMile);

    /// <summary>Null where it is more than nothing, in a unit that is known.</summary>
    public static Rejection? Refuse(long hundredths, string unit, string field)
    {
        if (unit is not (Miles or Kilometres))
        {
            return new Rejection(
                "distance-unit-unknown", "A distance is in mi or km.", field + "/unit", RejectionKind.Invalid);
        }
        return hundredths is <= 0 or > MaxHundredths
            ? new Rejection(
                "distance-out-of-range", "A distance is more than 0 and at most a million miles or kilometres.",
                field + "/hundredths", RejectionKind.Invalid)
            : null;
    }

    /// <summary>Plain decimal digits above zero, with at most six places.</summary>
    public static bool TryParseRate(string? text, out decimal rate)
    {
        rate = 0;
        return text is { Length: > 0 and <= 20 }
            && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out rate)
            && rate > 0 && rate <= MaxRate && rate.Scale <= RateDecimals;
    }

    /// <summary>What the distance costs at a rate per mile: computed exactly, rounded once, half away from zero.</summary>
    public Money AtRatePerMile(decimal rate, Currency currency) =>
        At(rate, currency, Millimetres, (Int128)MillimetresPerHundredthMile * 100);

    /// <summary>The same at a rate per the distance's own unit.</summary>
    public Money AtRatePerUnit(decimal rate, Currency currency) => At(rate, currency, Hundredths, 100);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Hundredths / 100m:0.##} {Unit}");

    private static Money At(decimal rate, Currency currency, Int128 quantity, Int128 quantityPerUnit)
    {
        if (decimal.Round(rate, RateDecimals) != rate)
            throw new ArgumentException($"{rate} has more than {RateDecimals} decimal places.", nameof(rate));
        var scaled = (long)(rate * RateScale);
        return new Money(
            Rounding.DivideHalfAwayFromZero(quantity * scaled * currency.MinorPerMajor, quantityPerUnit * RateScale), currency);
    }
}
