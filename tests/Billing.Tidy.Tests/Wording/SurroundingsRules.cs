using System.Text.RegularExpressions;
using Billing.Tidy.Tests.Source;

namespace Billing.Tidy.Tests.Wording;

/// <summary>Time and culture come in from outside, or are named.</summary>
internal static partial class SurroundingsRules
{
    /// <summary>The one folder that says where time comes from.</summary>
    private const string Composition = "src/Billing.Api/Hosting";

    public static IEnumerable<Finding> WallClock(SourceFile file) => !file.IsIn("src", "infra") || file.IsIn(Composition)
        ? []
        : Clock().Matches(file.Code).Select(m => file.At(m.Index, $"reads the clock by {m.Value}: take the time from outside"));

    /// <summary>
    /// Only literal formats are looked at, and <c>"D"</c> is let through as a Guid's form; the analyzers see the rest.
    /// </summary>
    public static IEnumerable<Finding> LeakingCulture(SourceFile file) => !file.IsIn("src", "infra")
        ? []
        : from call in Formatting().Matches(file.Code)
          let format = file.Text.Substring(call.Groups["format"].Index, call.Groups["format"].Length)
          where format != "D" && !call.Groups["rest"].Value.Contains("Invariant", StringComparison.Ordinal)
          select file.At(call.Index, $"formats by \"{format}\" without CultureInfo.InvariantCulture");

    /// <summary>What a page says between its marks; what a person reads is data, in every language.</summary>
    public static IEnumerable<Finding> WordsOnPages(SourceFile file)
    {
        if (!file.Path.EndsWith(".razor", StringComparison.Ordinal)) return [];
        var code = file.Text.IndexOf("\n@code", StringComparison.Ordinal);
        var markup = RazorComment().Replace(code < 0 ? file.Text : file.Text[..code], comment => new string(' ', comment.Length));
        return SaidWord().Matches(markup).Select(m => file.At(m.Index, $"says \"{m.Value.Trim()}\" itself: put it into a resource file"));
    }

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex RazorComment();

    /// <summary>Text between two tags, or an attribute that is read aloud, that begins with a word and not with an expression.</summary>
    [GeneratedRegex(@"(?<=[a-z0-9""'/]>\s*)[A-Za-z][a-z]+[^<>@{};=]*(?=<)|\b(aria-label|alt|title|placeholder)=""[A-Za-z][^""@]*""")]
    private static partial Regex SaidWord();

    [GeneratedRegex(@"\b(DateTime|DateTimeOffset)\s*\.\s*(Now|UtcNow|Today)\b|\bSystemClock\s*\.\s*Instance\b")]
    private static partial Regex Clock();

    [GeneratedRegex("""\.ToString\(\s*"(?<format>_*)"(?<rest>[^)]*)\)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Formatting();
}
