using System.Globalization;
using System.Text.RegularExpressions;
using Billing.Tidy.Tests.Source;

namespace Billing.Tidy.Tests.Decisions;

internal static partial class DecisionRecordRules
{
    public const string Folder = "docs/adr";
    public const int MaxLines = 40;
    private static readonly string[] Sections = ["Status", "Context", "Decision", "Consequences"];

    public static IEnumerable<Finding> Numbering(IEnumerable<SourceFile> files)
    {
        var next = 1;
        foreach (var file in files.Where(f => f.Folder == Folder).OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            var number = next.ToString("0000", CultureInfo.InvariantCulture);
            if (!FileName().IsMatch(file.Name)) yield return file.AtLine(1, "is not named NNNN-words-of-the-title.md");
            else if (!file.Name.StartsWith(number, StringComparison.Ordinal))
                yield return file.AtLine(1, $"comes where {number} ought to");
            else if (!file.Lines[0].StartsWith($"# {number}. ", StringComparison.Ordinal))
                yield return file.AtLine(1, $"does not begin with '# {number}. '");
            next++;
        }
        if (next == 1) yield return new Finding(Folder, 1, "has no record");
    }

    public static IEnumerable<Finding> Form(SourceFile file)
    {
        if (file.Folder != Folder) yield break;
        if (file.Lines.Length > MaxLines) yield return file.AtLine(MaxLines + 1, $"is longer than {MaxLines} lines");
        var found = file.Lines.Where(l => l.StartsWith("## ", StringComparison.Ordinal)).Select(l => l[3..].TrimEnd()).ToList();
        if (!found.SequenceEqual(Sections, StringComparer.Ordinal))
            yield return file.AtLine(1, $"has the sections {string.Join(", ", found)} instead of {string.Join(", ", Sections)}");
        var consequences = file.Text[Math.Max(file.Text.LastIndexOf("## ", StringComparison.Ordinal), 0)..];
        if (!Costs().IsMatch(consequences)) yield return file.AtLine(1, "does not say under Consequences what it costs");
    }

    [GeneratedRegex(@"^\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^Costs: \S", RegexOptions.Multiline)]
    private static partial Regex Costs();
}
