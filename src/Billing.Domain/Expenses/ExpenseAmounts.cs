using System.Globalization;
using Billing.Domain.Values;

namespace Billing.Domain.Expenses;

/// <summary>Amounts that follow from what is said of an expense. Each is computed exactly and rounded once.</summary>
public static class ExpenseAmounts
{
    /// <summary>The whole, in basis points.</summary>
    public const int Whole = 10_000;

    private const int RateDecimals = 12;
    private const long RateScale = 1_000_000_000_000;
    private const decimal MaxRate = 1_000_000m;
    private const long MaxAmountMinor = 1_000_000_000_000_000;

    /// <summary>What is charged on top of an amount; zero where nothing is said.</summary>
    public static Money MarkUpOn(Money amount, ExpenseMarkUp? markUp) => markUp switch
    {
        { FixedMinor: { } minor } => new Money(minor, amount.Currency),
        { BasisPoints: { } basisPoints } => Share(amount, basisPoints),
        _ => Money.Zero(amount.Currency),
    };

    /// <summary>What of an expense counts as spent for the business, in the books' currency where that is known.</summary>
    public static Money ForBusiness(Money amount, ExpenseParticulars? particulars)
    {
        var inBooks = particulars?.InBooks is { } books ? new Money(books.AmountMinor, Currency.Of(books.Currency)) : amount;
        return particulars?.BusinessShareBasisPoints is { } share ? Share(inBooks, share) : inBooks;
    }

    /// <summary>
    /// The amount in another currency. False where the rate is no decimal text above 0 with at most twelve places, or nothing
    /// that can be kept comes out.
    /// </summary>
    public static bool TryConvert(Money amount, string rate, Currency to, out Money converted)
    {
        converted = default;
        if (rate.Length > 32 || !decimal.TryParse(rate, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            return false;
        if (value is <= 0 or > MaxRate || value.Scale > RateDecimals) return false;
        var dividend = (Int128)amount.Minor * (Int128)(value * RateScale) * to.MinorPerMajor;
        var minor = dividend / ((Int128)amount.Currency.MinorPerMajor * RateScale);
        if (Int128.Abs(minor) >= MaxAmountMinor) return false;
        converted = new Money(
            Rounding.DivideHalfAwayFromZero(dividend, (Int128)amount.Currency.MinorPerMajor * RateScale), to);
        return true;
    }

    private static Money Share(Money amount, int basisPoints) =>
        new(Rounding.DivideHalfAwayFromZero((Int128)amount.Minor * basisPoints, Whole), amount.Currency);
}
