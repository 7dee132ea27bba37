using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using NodaTime;
using NodaTime.Text;

namespace Billing.Api.Banking;

/// <summary>
/// ISO 20022 bank-to-customer statement, camt.053, of any version: the booked entries, one for each transaction where an entry
/// lists several with amounts of their own. https://www.iso20022.org/iso-20022-message-definitions
/// </summary>
internal static class CamtStatement
{
    /// <returns>Null where the text is no such document.</returns>
    public static IReadOnlyList<StatementRow>? Read(string text)
    {
        try
        {
            // Nothing outside the file is ever fetched, and no entity can grow without end.
            using var reader = XmlReader.Create(
                new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var root = XDocument.Load(reader).Root!;
            if (!root.Name.NamespaceName.Contains("camt.053", StringComparison.Ordinal)) return null;
            var rows = new List<StatementRow>();
            foreach (var statement in root.Descendants().Where(e => e.Name.LocalName == "Stmt"))
            {
                var account = Text(statement, "Acct", "Id", "IBAN") ?? Text(statement, "Acct", "Id", "Othr", "Id");
                foreach (var entry in Children(statement, "Ntry").Where(IsBooked))
                {
                    foreach (var row in Rows(account, entry)) rows.Add(row with { Number = rows.Count + 1 });
                }
            }
            return rows;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>Pending and merely informative entries are no money yet. Since version 8 the state stands in an element below.</summary>
    private static bool IsBooked(XElement entry) => (Text(entry, "Sts", "Cd") ?? Text(entry, "Sts") ?? "BOOK") == "BOOK";

    private static IEnumerable<StatementRow> Rows(string? account, XElement entry)
    {
        var parts = Children(entry, "NtryDtls").SelectMany(details => Children(details, "TxDtls")).ToList();
        var isSplit = parts.Count > 1 && parts.All(part => AmountOf(part) is not null);
        var day = Text(entry, "BookgDt", "Dt") ?? Text(entry, "BookgDt", "DtTm") ?? "";
        var reference = Text(entry, "AcctSvcrRef") ?? Text(entry, "NtryRef");
        if (!isSplit)
        {
            yield return Row(account, entry, AmountOf(entry), parts.FirstOrDefault(), day, reference);
            yield break;
        }
        for (var i = 0; i < parts.Count; i++)
        {
            var own = Text(parts[i], "Refs", "AcctSvcrRef")
                ?? (reference is null ? null : string.Create(CultureInfo.InvariantCulture, $"{reference}/{i + 1}"));
            yield return Row(account, entry, AmountOf(parts[i]), parts[i], day, own);
        }
    }

    private static StatementRow Row(
        string? account, XElement entry, XElement? amount, XElement? details, string day, string? reference)
    {
        var isOut = (details is null ? null : Text(details, "CdtDbtInd")) ?? Text(entry, "CdtDbtInd");
        var sign = isOut == "DBIT" ? "-" : "";
        var row = new StatementRow(
            0, account, day, sign + (amount?.Value.Trim() ?? ""), PayerOf(details), WordsOf(details) ?? Text(entry, "AddtlNtryInf"),
            reference);
        return row.Read(DayOf, '.', amount?.Attribute("Ccy")?.Value);
    }

    private static XElement? AmountOf(XElement element) => Children(element, "Amt").FirstOrDefault()
        ?? Children(element, "AmtDtls").SelectMany(d => Children(d, "TxAmt")).SelectMany(d => Children(d, "Amt")).FirstOrDefault();

    private static string? PayerOf(XElement? details) => details is null
        ? null
        : Text(details, "RltdPties", "Dbtr", "Nm") ?? Text(details, "RltdPties", "Dbtr", "Pty", "Nm");

    private static string? WordsOf(XElement? details)
    {
        if (details is null) return null;
        var lines = Children(details, "RmtInf").SelectMany(info => Children(info, "Ustrd").Select(e => e.Value.Trim())
            .Concat(Children(info, "Strd").Select(e => Text(e, "CdtrRefInf", "Ref") ?? ""))).Where(line => line.Length > 0).ToList();
        if (lines.Count > 0) return string.Join(' ', lines);
        return Text(details, "Refs", "EndToEndId") is { } id && id != "NOTPROVIDED" ? id : null;
    }

    private static LocalDate? DayOf(string text) =>
        text.Length >= 10 && LocalDatePattern.Iso.Parse(text[..10]).TryGetValue(default, out var day) ? day : null;

    private static IEnumerable<XElement> Children(XElement element, string name) =>
        element.Elements().Where(child => child.Name.LocalName == name);

    /// <summary>The text at the end of a path; null where there is none.</summary>
    private static string? Text(XElement element, params ReadOnlySpan<string> path)
    {
        XElement? at = element;
        foreach (var name in path) at = at is null ? null : Children(at, name).FirstOrDefault();
        return at is null || at.HasElements || at.Value.Trim() is not { Length: > 0 } text ? null : text;
    }
}
