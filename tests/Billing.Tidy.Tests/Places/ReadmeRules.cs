using Billing.Tidy.Tests.Source;

namespace Billing.Tidy.Tests.Places;

/// <summary>Every first-level folder of a product project that holds code has a README; it and any deeper one are short.</summary>
internal static class ReadmeRules
{
    public const int MaxLines = 15;
    private static readonly string[] Headings = ["Owns:", "Does not own:", "Read by"];

    /// <param name="projects">Folders that hold a project.</param>
    public static IEnumerable<Finding> Missing(IReadOnlyCollection<SourceFile> files, IEnumerable<string> projects)
    {
        var paths = files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        return
            from project in projects
            where IsProduct(project)
            from folder in files.Where(f => f.IsCode && f.IsIn(project)).Select(f => Subject(f, project)).OfType<string>().Distinct()
            where !paths.Contains($"{folder}/README.md")
            select new Finding($"{folder}/README.md", 1, "is missing");
    }

    public static IEnumerable<Finding> Unfit(SourceFile file)
    {
        if (!IsProduct(file.Path) || file.Name != "README.md") yield break;
        if (file.Lines.Length > MaxLines)
            yield return file.AtLine(MaxLines + 1, $"has {file.Lines.Length} lines; {MaxLines} is the most");
        foreach (var heading in Headings.Where(h => !file.Text.Contains(h, StringComparison.Ordinal)))
            yield return file.AtLine(1, $"does not say '{heading}'");
    }

    private static bool IsProduct(string path) =>
        path.StartsWith("src/", StringComparison.Ordinal) || path.StartsWith("infra/", StringComparison.Ordinal);

    private static string? Subject(SourceFile file, string project)
    {
        var rest = file.Path[(project.Length + 1)..];
        return rest.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? $"{project}/{rest[..slash]}" : null;
    }
}
