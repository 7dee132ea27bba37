using System.Globalization;
using System.Text;
using Billing.Domain.Values;
using CsvHelper;
using CsvHelper.Configuration;
using NodaTime;
using NodaTime.Text;

namespace Billing.Api.Exchange.Tables;

/// <summary>One table: a header, and rows of exactly its columns. UTF-8 with CRLF, as RFC 4180 has it.</summary>
public sealed class CsvTable(string name, params string[] columns)
{
    /// <summary>Once told how rows end, the library takes no other line break for a reason to quote.</summary>
    internal static CsvConfiguration Form { get; } = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\r\n",
        ShouldQuote = args => ConfigurationFunctions.ShouldQuote(args) || args.Field.AsSpan().IndexOfAny('\r', '\n') >= 0,
    };

    private readonly List<Cell[]> rows = [];

    /// <summary>Without an extension.</summary>
    public string Name => name;

    public IReadOnlyList<string> Columns => columns;

    /// <exception cref="ArgumentException">The row has not one cell for each column.</exception>
    public void Add(params Cell[] cells)
    {
        if (cells.Length != columns.Length) throw new ArgumentException($"A row of {name} has {cells.Length} of {columns.Length} cells.");
        rows.Add(cells);
    }

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using (var writer = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true))
        using (var csv = new CsvWriter(writer, Form))
        {
            foreach (var column in columns) csv.WriteField(column);
            csv.NextRecord();
            foreach (var row in rows)
            {
                foreach (var cell in row) csv.WriteField(cell.Text);
                csv.NextRecord();
            }
        }
        return bytes.ToArray();
    }
}

/// <summary>What stands in a cell. Free text is made inert; what the program writes itself, such as a negative amount, is not.</summary>
public readonly record struct Cell
{
    private Cell(string? text) => Text = text;

    /// <summary>Empty where there is nothing to say.</summary>
    public string? Text { get; }

    /// <summary>Text that people wrote.</summary>
    public static implicit operator Cell(string? text) => new(InertText.Of(text));

    public static implicit operator Cell(Guid? id) => new(id?.ToString("D"));

    public static implicit operator Cell(LocalDate? day) => new(day is { } date ? LocalDatePattern.Iso.Format(date) : null);

    public static implicit operator Cell(Instant? at) => new(at is { } instant ? InstantPattern.General.Format(instant) : null);

    public static implicit operator Cell(long? number) => new(number?.ToString(CultureInfo.InvariantCulture));

    public static implicit operator Cell(bool isSo) => new(isSo ? "true" : "false");

    /// <summary>The amount alone; its currency has a column of its own.</summary>
    public static implicit operator Cell(Money? money) => new(money?.ToDecimalString());

    /// <summary>A number with a fixed count of places, such as a rate in per cent.</summary>
    public static Cell Decimal(decimal? number, int places) =>
        new(number?.ToString("F" + places.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    /// <summary>Seconds as hours with four places, for people; the exact number is in the column of seconds.</summary>
    public static Cell Hours(long? seconds) => Decimal(seconds / 3600m, 4);
}
