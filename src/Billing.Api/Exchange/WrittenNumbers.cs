using System.Globalization;
using System.Text.RegularExpressions;
using Billing.Domain.Values;

namespace Billing.Api.Exchange;

/// <summary>How files write numbers: with a point or a comma for decimals, and thousands parted or not.</summary>
internal static partial class WrittenNumbers
{
    /// <summary>Reads exactly. Thousands may be parted by the other mark, a blank or an apostrophe, but only where they end.</summary>
    /// <param name="point">The mark before the decimals, a point or a comma.</param>
    public static bool TryRead(string text, char point, out decimal number)
    {
        number = 0;
        var plain = text.Trim();
        if (point == ',') plain = plain.Replace('.', '\u0001').Replace(',', '.').Replace('\u0001', ',');
        if (!Grouped().IsMatch(plain)) return false;
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingSign;
        return decimal.TryParse(Groups().Replace(plain, ""), Style, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Reads an amount of that currency, to the cent.</summary>
    /// <param name="point">As of <see cref="TryRead"/>.</param>
    public static bool TryReadAmount(string text, char point, Currency currency, out Money amount)
    {
        amount = Money.Zero(currency);
        return TryRead(text, point, out var number) && Money.TryOf(number, currency, out amount);
    }

    /// <summary>The mark before the decimals in all numbers of a file, a point where none has decimals.</summary>
    /// <returns>Null where it can't be told: numbers speak for both, or 2.000 could be two or two thousand.</returns>
    public static char? Find(IEnumerable<string> texts)
    {
        var (isPoint, isComma, isOpen) = (false, false, false);
        foreach (var text in texts.Where(text => text.AsSpan().IndexOfAny('.', ',') >= 0))
        {
            var mark = text[text.AsSpan().LastIndexOfAny('.', ',')];
            var hasOther = text.Contains(mark == '.' ? ',' : '.', StringComparison.Ordinal);
            var isRepeated = text.IndexOf(mark, StringComparison.Ordinal) != text.LastIndexOf(mark);
            if (isRepeated) mark = mark == '.' ? ',' : '.';
            else if (!hasOther && OneGroup().IsMatch(text))
            {
                isOpen = true;
                continue;
            }
            if (mark == '.') isPoint = true;
            else isComma = true;
        }
        if (isPoint == isComma) return isPoint || isOpen ? null : '.';
        return isPoint ? '.' : ',';
    }

    [GeneratedRegex(
        @"\A[+-]?([0-9]+|[0-9]{1,3}([, '\u00A0\u202F\u2019][0-9]{2,3})*[, '\u00A0\u202F\u2019][0-9]{3})?(\.[0-9]*)?[+-]?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Grouped();

    [GeneratedRegex(@"[, '\u00A0\u202F\u2019]")]
    private static partial Regex Groups();

    /// <summary>One mark with three digits after it: decimals or thousands.</summary>
    [GeneratedRegex(@"\A\s*[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}\s*\z")]
    private static partial Regex OneGroup();
}
