using System.Globalization;
using System.Text.RegularExpressions;
using CsvHelper;
using CsvHelper.Configuration;

namespace Billing.Api.Exchange;

/// <summary>A table in text whose first line names its columns. Which of them were asked for is remembered.</summary>
internal sealed partial class NamedTable
{
    private static readonly string[] Marks = [",", ";", "\t"];
    private readonly string[] _columns;
    private readonly HashSet<int> _used = [];

    private NamedTable(string[] columns, IReadOnlyList<TableRow> rows) => (_columns, Rows) = (columns, rows);

    public IReadOnlyList<string> Columns => _columns;

    public IReadOnlyList<TableRow> Rows { get; }

    public IReadOnlyList<string> UnusedColumns => [.. _columns.Where((_, index) => !_used.Contains(index))];

    /// <summary>Commas, semicolons or tabs part the fields: whatever the first line has most of.</summary>
    /// <returns>Null where it is no table.</returns>
    public static NamedTable? Read(string text)
    {
        var first = text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? text[..end] : text;
        using var csv = new CsvReader(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = Marks.MaxBy(mark => first.Count(c => c == mark[0]))!,
            MissingFieldFound = null,
            BadDataFound = null,
        });
        try
        {
            if (!csv.Read() || !csv.ReadHeader()) return null;
            var columns = Array.ConvertAll(csv.HeaderRecord!, name => name.Trim());
            var rows = new List<TableRow>();
            while (csv.Read()) rows.Add(new TableRow(rows.Count + 1, csv.Parser.RawRow, csv.Parser.Record ?? []));
            return new NamedTable(columns, rows);
        }
        catch (CsvHelperException)
        {
            return null;
        }
    }

    /// <param name="code">Of the refusal of a file that is no table, or lacks some of the columns.</param>
    public static (NamedTable? Table, RowFault? Fault) Read(string text, IEnumerable<string> needed, string code)
    {
        var table = Read(text);
        var missing = needed.Where(name => table is null || table.Find([name]) < 0).ToList();
        return missing.Count > 0
            ? (null, new RowFault(code, $"The file is no table in UTF-8 with these columns: {string.Join(", ", missing)}."))
            : (table, null);
    }

    /// <summary>Where the first of the names that the table has stands; -1 where it has none of them. Case does not matter.</summary>
    public int Find(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            var index = Array.FindIndex(_columns, column => IsCalled(column, name));
            if (index < 0) continue;
            _used.Add(index);
            return index;
        }
        return -1;
    }

    /// <summary>What a row has in the column of this name; blank where the table has none.</summary>
    public string Text(TableRow row, string name) => row[Find([name])];

    /// <summary>The currency in the column's name, as in <c>Billable Rate (USD)</c>; null where there is none.</summary>
    public string? CurrencyOf(int column) =>
        column >= 0 && InCurrency().Match(_columns[column]) is { Success: true } match ? match.Groups["code"].Value : null;

    private static bool IsCalled(string column, string name) =>
        string.Equals(column, name, StringComparison.OrdinalIgnoreCase)
        || (InCurrency().Match(column) is { Success: true } match
            && string.Equals(match.Groups["name"].Value, name, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"\A(?<name>.*\S)\s*\((?<code>[A-Z]{3})\)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex InCurrency();
}

/// <param name="Number">1 for the first row under the header.</param>
/// <param name="Line">Line of the file on which the row ends.</param>
internal sealed record TableRow(int Number, int Line, string[] Fields)
{
    /// <summary>Without blanks around it; blank where the table has no such column.</summary>
    public string this[int column] => column >= 0 && column < Fields.Length ? Fields[column].Trim() : "";
}
