using System.Globalization;

namespace Billing.StripeStandIn.Wire;

/// <summary>
/// What Stripe's currency page says of each currency: which it takes, how many decimals its amounts have, and
/// the least it charges. Amounts are in the currency's minor unit.
/// </summary>
internal static class StripeCurrency
{
    /// <summary>At most eight digits, in any currency.</summary>
    public const long MaxAmountMinor = 99_999_999;

    private static readonly HashSet<string> ZeroDecimal = Codes(
        "bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf");

    private static readonly HashSet<string> ThreeDecimal = Codes("bhd jod kwd omr tnd");

    private static readonly HashSet<string> Known = Codes(
        """
        usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf
        chf clp cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl htg huf
        idr ils inr isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop
        mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd
        scr sek sgd shp sle sos srd std szl thb tjs tnd top try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf xcd xof
        xpf yer zar zmw
        """);

    /// <summary>Stripe's table of least charges. Elsewhere the amount is converted, which we don't do.</summary>
    private static readonly Dictionary<string, long> MinAmountMinor = new(StringComparer.Ordinal)
    {
        ["usd"] = 50,
        ["aed"] = 200,
        ["aud"] = 50,
        ["bgn"] = 100,
        ["brl"] = 50,
        ["cad"] = 50,
        ["chf"] = 50,
        ["czk"] = 1500,
        ["dkk"] = 250,
        ["eur"] = 50,
        ["gbp"] = 30,
        ["hkd"] = 400,
        ["huf"] = 17500,
        ["inr"] = 50,
        ["jpy"] = 50,
        ["mxn"] = 1000,
        ["myr"] = 200,
        ["nok"] = 300,
        ["nzd"] = 50,
        ["pln"] = 200,
        ["ron"] = 200,
        ["sek"] = 300,
        ["sgd"] = 50,
        ["thb"] = 1000,
    };

    public static bool IsKnown(string code) => Known.Contains(code);

    public static int Decimals(string code) =>
        ZeroDecimal.Contains(code) ? 0 : ThreeDecimal.Contains(code) ? 3 : 2;

    public static long Min(string code) => MinAmountMinor.GetValueOrDefault(code, 1);

    /// <summary>Three-decimal amounts end in 0; the króna lost its decimals and is still sent times 100.</summary>
    public static bool IsWhole(string code, long amountMinor) =>
        code == "isk" ? amountMinor % 100 == 0 : !ThreeDecimal.Contains(code) || amountMinor % 10 == 0;

    /// <summary>For a person: <c>$1,234.50</c>, <c>1,234.50 EUR</c>, <c>500 JPY</c>.</summary>
    public static string Print(string code, long amountMinor)
    {
        var decimals = Decimals(code);
        var amount = new decimal(amountMinor);
        for (var i = 0; i < decimals; i++) amount /= 10;
        var text = amount.ToString($"N{decimals}", CultureInfo.InvariantCulture);
        return code == "usd" ? $"${text}" : $"{text} {code.ToUpperInvariant()}";
    }

    private static HashSet<string> Codes(string list) =>
        [.. list.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)];
}
