using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Billing.Domain.Values;

/// <summary>
/// An ISO 4217 currency that we can bill in, with the number of decimal places of its minor unit.
/// </summary>
public sealed record Currency
{
    private static readonly FrozenDictionary<string, Currency> Known = BuildTable();

    private Currency(string code, int decimals) => (Code, Decimals) = (code, decimals);

    /// <summary>The three-letter ISO 4217 code, upper case.</summary>
    public string Code { get; }

    /// <summary>Decimal places of the minor unit: 0, 2 or 3.</summary>
    public int Decimals { get; }

    public static Currency Usd { get; } = Of("USD");
    public static Currency Eur { get; } = Of("EUR");

    public static bool TryOf(string? code, [NotNullWhen(true)] out Currency? currency)
    {
        currency = null;
        return code is not null && Known.TryGetValue(code, out currency);
    }

    /// <summary>The currency of a code that is known to be good, as stored events hold it.</summary>
    /// <exception cref="ArgumentException">The code is none that we know.</exception>
    public static Currency Of(string code) =>
        TryOf(code, out var currency) ? currency : throw new ArgumentException($"Unknown currency {code}.", nameof(code));

    /// <summary>Null where the code is known.</summary>
    public static Rejection? Refuse(string? code, string field) => TryOf(code, out _)
        ? null
        : new Rejection(
            "currency-unknown", "This is no ISO 4217 code of a currency we can bill in; write it as USD.", field,
            RejectionKind.Invalid);

    /// <summary>Minor units in one major unit: 1, 100 or 1,000.</summary>
    public int MinorPerMajor => Decimals switch { 0 => 1, 2 => 100, 3 => 1000, _ => throw new System.Diagnostics.UnreachableException() };

    public override string ToString() => Code;

    private static FrozenDictionary<string, Currency> BuildTable()
    {
        const string zero = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
        const string three = "BHD IQD JOD KWD LYD OMR TND";
        const string two =
            "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY " +
            "COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR " +
            "ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK " +
            "MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP " +
            "SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW";
        return All(zero, 0).Concat(All(two, 2)).Concat(All(three, 3)).ToFrozenDictionary(c => c.Code, StringComparer.Ordinal);

        static IEnumerable<Currency> All(string codes, int decimals) =>
            codes.Split(' ').Select(code => new Currency(code, decimals));
    }
}
