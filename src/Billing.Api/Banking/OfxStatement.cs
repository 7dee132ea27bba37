using System.Net;
using NodaTime;
using NodaTime.Text;

namespace Billing.Api.Banking;

/// <summary>
/// OFX 1 (SGML, in which most elements are never closed) and OFX 2 (XML): the entries of its bank and card statements. Only
/// elements with a value count here, and those are written alike in both. https://financialdataexchange.org/ofx
/// </summary>
internal static class OfxStatement
{
    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    public static bool IsOfx(string text) => text.Contains("<OFX>", StringComparison.OrdinalIgnoreCase);

    public static IReadOnlyList<StatementRow> Read(string text)
    {
        var rows = new List<StatementRow>();
        string? account = null, currency = null;
        Dictionary<string, string>? entry = null;
        foreach (var (tag, value) in Elements(text))
        {
            switch (tag)
            {
                case "CURDEF":
                    currency = value;
                    break;
                case "ACCTID" when entry is null:
                    account = value;
                    break;
                case "STMTTRN":
                    entry = new(StringComparer.Ordinal);
                    break;
                case "/STMTTRN" when entry is not null:
                    rows.Add(Row(rows.Count + 1, account, currency, entry));
                    entry = null;
                    break;
                default:
                    if (value.Length > 0) entry?.TryAdd(tag, value);
                    break;
            }
        }
        return rows;
    }

    private static StatementRow Row(int number, string? account, string? currency, Dictionary<string, string> entry)
    {
        var memo = entry.GetValueOrDefault("MEMO");
        var check = entry.GetValueOrDefault("CHECKNUM");
        var row = new StatementRow(
            number, account, entry.GetValueOrDefault("DTPOSTED", ""), entry.GetValueOrDefault("TRNAMT", ""),
            entry.GetValueOrDefault("NAME"), memo ?? check, entry.GetValueOrDefault("FITID"));
        // A comma is allowed as decimal point (OFX 2.3, 3.2.9.2); where both stand, some banks part thousands with the first.
        return row.Read(DayOf, row.AmountText.LastIndexOf(',') > row.AmountText.LastIndexOf('.') ? ',' : '.', currency);
    }

    /// <summary>The first eight digits; a time of day and its zone may follow, and the bank's day is the one it wrote.</summary>
    private static LocalDate? DayOf(string text) =>
        text.Length >= 8 && Day.Parse(text[..8]).TryGetValue(default, out var day) ? day : null;

    private static IEnumerable<(string Tag, string Value)> Elements(string text)
    {
        for (var open = text.IndexOf('<', StringComparison.Ordinal); open >= 0;)
        {
            var close = text.IndexOf('>', open);
            if (close < 0) yield break;
            var next = text.IndexOf('<', close);
            var value = text[(close + 1)..(next < 0 ? text.Length : next)].Trim();
            yield return (text[(open + 1)..close].Trim().ToUpperInvariant(), WebUtility.HtmlDecode(value));
            open = next;
        }
    }
}
