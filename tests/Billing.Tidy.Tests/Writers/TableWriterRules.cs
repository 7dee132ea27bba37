using System.Text.RegularExpressions;
using Billing.Tidy.Tests.Source;

namespace Billing.Tidy.Tests.Writers;

/// <summary>
/// A read-model table is a <c>Shape&lt;TRow&gt;</c> with its name; whoever builds a table on the shape writes it. Reading is free.
/// </summary>
internal static partial class TableWriterRules
{
    public static IEnumerable<Finding> Check(IReadOnlyCollection<SourceFile> files)
    {
        var readSide = files.Where(f => f.IsCode && f.IsIn("src/Billing.Projections")).ToList();
        var shapes = readSide
            .SelectMany(f => Shapes().Matches(f.Code).Select(m => (File: f, Row: m.Groups["row"].Value, Table: TextOf(f, m), At: m.Index)))
            .ToList();
        if (shapes.Count == 0 && readSide.Any(f => ProjectionClass().IsMatch(f.Code)))
            yield return new Finding("src/Billing.Projections", 1, "has projections, but no table that this rule can see");

        foreach (var twice in shapes.GroupBy(s => s.Table, StringComparer.Ordinal).Where(g => g.Count() > 1).SelectMany(g => g.Skip(1)))
            yield return twice.File.At(twice.At, $"declares the table {twice.Table} a second time");
        foreach (var shape in shapes)
        {
            var writers = readSide.SelectMany(f => Tables(shape.Row).Matches(f.Code).Select(m => f.At(m.Index, ""))).ToList();
            if (writers.Count == 0) yield return shape.File.At(shape.At, $"declares the table {shape.Table}, which no projection writes");
            foreach (var another in writers.Skip(1))
                yield return another with { What = $"writes the table {shape.Table}, and so does {writers[0].Path}" };
        }
        var tables = shapes.Select(s => s.Table).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var file in files.Where(f => f.IsCode && f.IsIn("src")))
        {
            foreach (var sql in Writes().Matches(file.Text).Where(m => tables.Contains(m.Groups["table"].Value)))
                yield return file.At(sql.Index, $"writes the table {sql.Groups["table"].Value} by SQL of its own");
        }
    }

    private static string TextOf(SourceFile file, Match shape) =>
        file.Text.Substring(shape.Groups["name"].Index, shape.Groups["name"].Length);

    private static Regex Tables(string row) => new($@"\bnew(\s+Table\s*<[^>]*>)?\s*\(\s*{row}\.Shape\b", RegexOptions.ExplicitCapture);

    [GeneratedRegex("""\bnew\s+Shape<(?<row>\w+)>\(\s*"(?<name>_+)["]""", RegexOptions.ExplicitCapture)]
    private static partial Regex Shapes();

    [GeneratedRegex(@"\bclass\s+\w+(\([^)]*\))?\s*:\s*Projection\b", RegexOptions.ExplicitCapture)]
    private static partial Regex ProjectionClass();

    [GeneratedRegex(
        @"\b(INSERT\s+(OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE(\s+TABLE)?)\s+(?<table>\w+)",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Writes();
}
