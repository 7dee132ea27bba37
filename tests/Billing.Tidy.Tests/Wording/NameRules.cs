using System.Text.RegularExpressions;
using Billing.Tidy.Tests.Source;

namespace Billing.Tidy.Tests.Wording;

/// <summary>Names that say only that nobody knew where a thing belongs.</summary>
internal static partial class NameRules
{
    private static readonly HashSet<string> Banned = new(
        ["Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Manager", "Managers", "Common", "Misc"],
        StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<Finding> InPath(SourceFile file) =>
        from part in file.Path.Split('/')
        from word in BannedIn(part)
        select file.AtLine(1, $"has '{word}' in its path");

    public static IEnumerable<Finding> InTypes(SourceFile file) =>
        from type in file.Types
        from word in BannedIn(type.Name)
        select file.AtLine(type.Line, $"has '{word}' in the name of {type.Name}");

    private static IEnumerable<string> BannedIn(string name) =>
        Word().Matches(name).Select(m => m.Value).Where(Banned.Contains);

    /// <summary>A word of a name in Pascal case, or between other signs.</summary>
    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+")]
    private static partial Regex Word();
}
