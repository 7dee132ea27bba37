using System.Text.RegularExpressions;
using Billing.Tidy.Tests.Source;

namespace Billing.Tidy.Tests.Sizes;

internal static partial class SizeRules
{
    public const int MaxLinesOfProduct = 300;
    public const int MaxLinesOfTests = 400;
    public const int MaxLinesOfMember = 60;
    public const int MaxColumns = 140;
    public const long MaxBytes = 1024 * 1024;

    /// <param name="allowed">Paths that may be longer, each with the reason. One that need not be there is a finding.</param>
    public static IEnumerable<Finding> LongFiles(IEnumerable<SourceFile> files, IReadOnlyDictionary<string, string> allowed)
    {
        var unused = new HashSet<string>(allowed.Keys, StringComparer.Ordinal);
        foreach (var file in files.Where(f => f.IsCode))
        {
            var most = file.IsIn("tests") ? MaxLinesOfTests : MaxLinesOfProduct;
            if (file.Lines.Length > most && !unused.Remove(file.Path))
                yield return file.AtLine(most + 1, $"has {file.Lines.Length} lines; {most} is the most");
        }
        foreach (var path in unused) yield return new Finding(path, 1, "is allowed to be long, but is not: take it off the list");
    }

    public static IEnumerable<Finding> LongMembers(SourceFile file) => file.Members
        .Where(m => !m.IsField && m.LineCount > MaxLinesOfMember)
        .Select(m => file.AtLine(m.Line, $"is a member of {m.LineCount} lines; {MaxLinesOfMember} is the most"));

    /// <summary>In tests the text between quotes does not count: an example on one line reads better than one broken up.</summary>
    public static IEnumerable<Finding> LongLines(SourceFile file) => file.Lines
        .Select((line, index) => (Columns: Counted(file, line).EnumerateRunes().Count(), Number: index + 1))
        .Where(line => line.Columns > MaxColumns)
        .Select(line => file.AtLine(line.Number, $"is {line.Columns} columns wide; {MaxColumns} is the most"));

    private static string Counted(SourceFile file, string line) => file.IsIn("tests") ? Quoted().Replace(line, "") : line;

    [GeneratedRegex("""
        "{3}.*?"{3} | "(?:[^"\\]|\\.)*"
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Quoted();

    /// <param name="allowed">Paths that may be bigger, each with the reason.</param>
    public static IEnumerable<Finding> BigFiles(IEnumerable<SourceFile> files, IReadOnlyDictionary<string, string> allowed) => files
        .Where(f => f.Bytes > MaxBytes && !allowed.ContainsKey(f.Path))
        .Select(f => f.AtLine(1, $"has {f.Bytes} bytes; {MaxBytes} is the most"));
}
