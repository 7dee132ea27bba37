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

    [GeneratedRegex(@"\b(DateTime|DateTimeOffset)\s*\.\s*(Now|UtcNow|Today)\b|\bSystemClock\s*\.\s*Instance\b")]
    private static partial Regex Clock();

    [GeneratedRegex("""\.ToString\(\s*"(?<format>_*)"(?<rest>[^)]*)\)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Formatting();
}
