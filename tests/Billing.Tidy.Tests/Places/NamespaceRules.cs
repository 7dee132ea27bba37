using System.Text.RegularExpressions;
using Billing.Tidy.Tests.Source;

namespace Billing.Tidy.Tests.Places;

/// <summary>Folder = namespace, from the project's folder on, whose name is the project's.</summary>
internal static partial class NamespaceRules
{
    /// <param name="projects">Folders that hold a project.</param>
    public static IEnumerable<Finding> Check(SourceFile file, IReadOnlyCollection<string> projects)
    {
        if (projects.FirstOrDefault(p => file.IsIn(p)) is not { } project)
            return [file.AtLine(1, "belongs to no project")];
        var expected = file.Folder[(project.LastIndexOf('/') + 1)..].Replace('/', '.');
        var declared = Declaration().Matches(file.Code);
        if (declared.Count == 0)
        {
            return file.Types.Count == 0 ? [] : [file.AtLine(1, $"declares types outside of a namespace; here it is {expected}")];
        }
        return declared
            .Where(m => m.Groups["name"].Value != expected)
            .Select(m => file.At(m.Index, $"is in namespace {m.Groups["name"].Value}; here it is {expected}"));
    }

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Declaration();
}
