using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Billing.Domain.Taxes;
using CsvHelper;
using CsvHelper.Configuration;

namespace Billing.Api.Taxes.Batch;

/// <summary><c>tax batch</c> and <c>tax instalments</c>: works out a file of cases so that others can check the calculation.</summary>
public static class TaxVerb
{
    private const int RowsAtOnce = 2_000;

    public static Command Build(Func<Func<Task<int>>, Task<int>> guarded)
    {
        var verb = new Command("tax", "Works out US federal tax for files of cases, apart from any books.");
        verb.Subcommands.Add(File(
            "batch", "The year's tax of each household of a CSV file.", AnnualCases.Needed, AnnualCases.Columns,
            (row, rounding) => AnnualCases.Compute(row, rounding)?.Select(line => line.Amount), guarded));
        verb.Subcommands.Add(File(
            "instalments", "Schedule AI and Form 2210 section A of each filer of a CSV file.", InstalmentCases.Needed,
            InstalmentCases.Columns, InstalmentCases.Compute, guarded));
        return verb;
    }

    private static Command File(
        string name, string description, IReadOnlyList<string> needed, IReadOnlyList<string> columns,
        Func<CaseRow, LineRounding, IEnumerable<decimal>?> compute, Func<Func<Task<int>>, Task<int>> guarded)
    {
        var from = new Option<FileInfo>("--in") { Description = "Cases, one a row, under a row of names.", Required = true };
        var to = new Option<FileInfo>("--out") { Description = "Results in the same order.", Required = true };
        var form = new Option<bool>("--form")
        {
            Description = "Whole dollars on every line and the Tax Table, as on a filed return.",
        };
        var verb = new Command(name, description) { from, to, form };
        verb.SetAction((parsed, cancellationToken) => guarded(() => Run(
            parsed.GetRequiredValue(from), parsed.GetRequiredValue(to), needed, columns,
            row => compute(row, parsed.GetValue(form) ? LineRounding.WholeDollars : LineRounding.None), cancellationToken)));
        return verb;
    }

    private static async Task<int> Run(
        FileInfo from, FileInfo to, IReadOnlyList<string> needed, IReadOnlyList<string> columns,
        Func<CaseRow, IEnumerable<decimal>?> compute, CancellationToken cancellationToken)
    {
        if (string.Equals(from.FullName, to.FullName, StringComparison.Ordinal))
            throw new IOException("The results would overwrite the cases: name another file with --out.");
        var watch = Stopwatch.StartNew();
        using var reader = new CsvReader(from.OpenText(), new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null });
        var places = await Places(reader, from, needed);
        await using var writer = new CsvWriter(to.CreateText(), new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
        string[] heads = ["id", .. columns, "error"];
        foreach (var head in heads) writer.WriteField(head);
        await writer.NextRecordAsync();
        var (cases, wrong) = (0, 0);
        foreach (var chunk in Rows(reader).Chunk(RowsAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var results = chunk.AsParallel().AsOrdered().Select(fields => Result(new CaseRow(fields, places), columns.Count, compute));
            foreach (var (id, amounts, problem) in results)
            {
                writer.WriteField(id);
                writer.WriteField(amounts, shouldQuote: false);
                writer.WriteField(problem ?? "");
                writer.NextRecord();
                cases++;
                if (problem is not null) wrong++;
            }
        }
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{cases} cases, {wrong} with an error, in {watch.Elapsed.TotalSeconds:F2} s"));
        return 0;
    }

    private static async Task<Dictionary<string, int>> Places(CsvReader reader, FileInfo from, IReadOnlyList<string> needed)
    {
        if (!await reader.ReadAsync()) throw new InvalidDataException($"{from} is empty: its first row names the columns.");
        var places = new Dictionary<string, int>();
        for (var i = 0; i < reader.Parser.Count; i++) places.TryAdd(reader.Parser[i].Trim(), i);
        var missing = needed.Where(name => !places.ContainsKey(name)).ToList();
        return missing.Count == 0
            ? places
            : throw new InvalidDataException($"{from} has no column {string.Join(", ", missing)}.");
    }

    private static IEnumerable<string[]> Rows(CsvReader reader)
    {
        while (reader.Read()) yield return reader.Parser.Record!;
    }

    /// <summary>A row that is wrong has nothing but its id and what is wrong.</summary>
    /// <returns>The amounts as they stand in the file; none of them needs quotes.</returns>
    private static (string Id, string Amounts, string? Problem) Result(
        CaseRow row, int columns, Func<CaseRow, IEnumerable<decimal>?> compute)
    {
        var amounts = compute(row)?.Select(amount => Cents.Round(amount).ToString("F2", CultureInfo.InvariantCulture));
        return (row.Id, amounts is null ? new string(',', columns - 1) : string.Join(',', amounts), row.Problem);
    }
}
