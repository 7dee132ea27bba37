using Billing.Domain.Values;

namespace Billing.Domain.Taxes;

/// <summary>
/// Whole cents of US dollars held as decimals. The calculation rounds nothing on its way; only what is shown or paid
/// passes through here.
/// </summary>
public static class Cents
{
    /// <summary>The amount to the nearest cent, half away from zero.</summary>
    public static decimal Round(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);

    /// <summary>Dollars as money, rounded to the cent.</summary>
    public static Money ToMoney(decimal dollars) => new((long)(Round(dollars) * 100), Currency.Usd);

    /// <summary>The amount raised to whole dollars: what to pay so that a requirement is met.</summary>
    public static decimal UpToDollar(decimal amount) => Math.Ceiling(amount);

    /// <summary>
    /// Four parts of an annual amount that sum to it; cents that do not divide go to the earliest quarters.
    /// </summary>
    /// <param name="amount">Dollars, not negative; rounded to the cent first.</param>
    public static decimal[] Quarters(decimal amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        var cents = Round(amount) * 100;
        var each = Math.Floor(cents / 4);
        var left = cents - (4 * each);
        return [.. Enumerable.Range(0, 4).Select(quarter => (each + (quarter < left ? 1 : 0)) / 100)];
    }
}
