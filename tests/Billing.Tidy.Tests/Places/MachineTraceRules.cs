using System.Text.RegularExpressions;
using Billing.Tidy.Tests.Source;

namespace Billing.Tidy.Tests.Places;

/// <summary>The repository builds anywhere, so it names no folder of one machine and no address of a package registry.</summary>
internal static partial class MachineTraceRules
{
    public static IEnumerable<Finding> Check(SourceFile file) =>
        Trace().Matches(file.Text).Select(m => file.At(m.Index, $"names a place of one machine: {m.Value}"));

    /// <summary>The lookbehind lets paths within the repository and within addresses of the API through.</summary>
    [GeneratedRegex(@"(?<![\w.}])/(?:work|root)/|(?<![\w\\])\.library\b|\bapi\.nuget\.org|\bregistry\.npmjs\b", RegexOptions.IgnoreCase)]
    private static partial Regex Trace();
}
