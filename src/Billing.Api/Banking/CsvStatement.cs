using System.Globalization;
using Billing.Api.Exchange;
using CsvHelper;
using CsvHelper.Configuration;

namespace Billing.Api.Banking;

/// <param name="DateForm">One of <see cref="WrittenDates.Forms"/>.</param>
/// <param name="DecimalPoint">The letter that parts whole units from cents.</param>
/// <param name="Currency">Of rows that do not name theirs.</param>
/// <param name="Account">Of rows that do not name theirs.</param>
public sealed record CsvForm(string DateForm, char DecimalPoint, string Currency, string? Account);

/// <summary>
/// Comma-separated statements as banks export them: a first line with names, of which the common ones are known in English and
/// German. How days and amounts are written can't be told from the file and is asked for.
/// </summary>
internal static class CsvStatement
{
    private static readonly string[] Days =
        ["date", "booking date", "posting date", "posted date", "transaction date", "buchungstag", "datum"];
    private static readonly string[] Amounts = ["amount", "betrag", "umsatz"];
    private static readonly string[] In = ["credit", "money in", "paid in", "deposit", "haben"];
    private static readonly string[] Out = ["debit", "money out", "paid out", "withdrawal", "soll"];
    private static readonly string[] Payers =
        ["payer", "name", "payee", "counterparty", "beguenstigter/zahlungspflichtiger", "name zahlungsbeteiligter"];
    private static readonly string[] Words =
        ["description", "memo", "reference", "details", "narrative", "text", "verwendungszweck"];
    private static readonly string[] Currencies = ["currency", "waehrung", "währung"];
    private static readonly string[] Accounts = ["account", "account number", "iban", "auftragskonto", "iban auftragskonto"];
    private static readonly string[] References = ["transaction id", "id", "fitid", "reference number"];

    /// <returns>Null where the first line names no day or no amount.</returns>
    public static IReadOnlyList<StatementRow>? Read(string text, CsvForm form)
    {
        using var csv = new CsvReader(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = true,
            DetectDelimiterValues = [",", ";", "\t"],
            MissingFieldFound = null,
            BadDataFound = null,
        });
        if (!csv.Read() || !csv.ReadHeader()) return null;
        var names = csv.HeaderRecord!.Select(name => name.Trim().ToLowerInvariant()).ToList();
        int Column(string[] known) => names.FindIndex(name => known.Contains(name));
        var (day, amount, moneyIn, moneyOut) = (Column(Days), Column(Amounts), Column(In), Column(Out));
        if (day < 0 || (amount < 0 && moneyIn < 0)) return null;
        var (payer, words, currency, account, reference) =
            (Column(Payers), Column(Words), Column(Currencies), Column(Accounts), Column(References));

        var rows = new List<StatementRow>();
        while (csv.Read())
        {
            var fields = csv.Parser.Record ?? [];
            var row = new StatementRow(
                rows.Count + 1, Field(fields, account) ?? form.Account, Field(fields, day) ?? "",
                Field(fields, amount) ?? Field(fields, moneyIn)
                    ?? (Field(fields, moneyOut) is { } spent ? $"-{spent.TrimStart('-')}" : ""),
                Field(fields, payer), Field(fields, words), Field(fields, reference));
            rows.Add(row.Read(
                written => WrittenDates.Read(written, form.DateForm), form.DecimalPoint, Field(fields, currency) ?? form.Currency));
        }
        return rows;
    }

    private static string? Field(string[] fields, int index) =>
        index >= 0 && index < fields.Length && fields[index].Trim() is { Length: > 0 } text ? text : null;
}
