using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Billing.Domain.Values;

namespace Billing.Domain.Payments;

/// <summary>
/// Between our minor units, which are ISO 4217's, and Stripe's, and the limits of one online payment. Source: Stripe's
/// documentation, "Supported currencies" (zero-decimal currencies, three-decimal currencies, special cases, minimum and
/// maximum charge amounts).
/// </summary>
public static class StripeAmounts
{
    /// <summary>At most eight digits, in any currency.</summary>
    public const long MaxStripeAmount = 99_999_999;

    /// <summary>ISO 4217 gives the ariary two decimals, Stripe none.</summary>
    private const string Ariary = "MGA";

    /// <summary>They lost their decimals and are still sent times 100: 5 krónur are 500.</summary>
    private static readonly FrozenSet<string> SentTimes100 = new[] { "ISK", "UGX" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Least charge in Stripe's units, where Stripe names one.</summary>
    private static readonly FrozenDictionary<string, long> MinStripeAmounts = new Dictionary<string, long>
    {
        ["AED"] = 200, ["AUD"] = 50, ["BGN"] = 100, ["BRL"] = 50, ["CAD"] = 50, ["CHF"] = 50,
        ["CZK"] = 1500, ["DKK"] = 250, ["EUR"] = 50, ["GBP"] = 30, ["HKD"] = 400, ["HUF"] = 17500,
        ["INR"] = 50, ["JPY"] = 50, ["MXN"] = 1000, ["MYR"] = 200, ["NOK"] = 300, ["NZD"] = 50,
        ["PLN"] = 200, ["RON"] = 200, ["SEK"] = 300, ["SGD"] = 50, ["THB"] = 1000, ["USD"] = 50,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Elsewhere Stripe converts to its settlement currency; a guess that keeps dust from being
    /// sent.</summary>
    private const long MinStripeAmountElsewhere = 50;

    public static long MinStripeAmount(Currency currency) =>
        MinStripeAmounts.GetValueOrDefault(currency.Code, MinStripeAmountElsewhere);

    /// <summary>Whether Stripe takes exactly this amount; null where it does.</summary>
    /// <returns>Refusals: <c>amount-not-payable-online</c>, <c>amount-below-online-minimum</c>,
    /// <c>amount-above-online-maximum</c>.</returns>
    public static Rejection? Refusal(Money amount)
    {
        if (!TryToStripe(amount, out var stripeAmount))
        {
            return new Rejection("amount-not-payable-online",
                $"{amount} has a finer unit than cards and banks take in {amount.Currency}. Pay it another way.");
        }
        if (stripeAmount < MinStripeAmount(amount.Currency))
        {
            return new Rejection(
                "amount-below-online-minimum", $"{amount} is too little to be paid online. Pay it another way.");
        }
        return stripeAmount > MaxStripeAmount
            ? new Rejection("amount-above-online-maximum", $"{amount} is too much to be paid online. Pay it another way.")
            : null;
    }

    /// <summary>False where Stripe has no exact form of it: parts of an ariary, or a three-decimal amount not ending in
    /// 0.</summary>
    public static bool TryToStripe(Money amount, out long stripeAmount)
    {
        stripeAmount = 0;
        var code = amount.Currency.Code;
        if (amount.Currency.Decimals == 3 && amount.Minor % 10 != 0) return false;
        if (code == Ariary && amount.Minor % 100 != 0) return false;
        stripeAmount = code == Ariary ? amount.Minor / 100
            : SentTimes100.Contains(code) ? amount.Minor * 100
            : amount.Minor;
        return true;
    }

    /// <summary>
    /// What Stripe tells, in our units. False for a currency we don't know, and for a króna or a Ugandan shilling in
    /// parts.
    /// </summary>
    public static bool TryFromStripe(long stripeAmount, string stripeCurrency, [NotNullWhen(true)] out Money? amount)
    {
        amount = null;
        if (!Currency.TryOf(stripeCurrency.ToUpperInvariant(), out var currency)) return false;
        if (SentTimes100.Contains(currency.Code))
        {
            if (stripeAmount % 100 != 0) return false;
            stripeAmount /= 100;
        }
        amount = new Money(currency.Code == Ariary ? checked(stripeAmount * 100) : stripeAmount, currency);
        return true;
    }
}
