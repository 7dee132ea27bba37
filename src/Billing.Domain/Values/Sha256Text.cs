using System.Text.RegularExpressions;

namespace Billing.Domain.Values;

/// <summary>SHA-256 as the books write it down: 64 lower-case hexadecimal digits.</summary>
internal static partial class Sha256Text
{
    public static bool IsOne(string text) => Form().IsMatch(text);

    [GeneratedRegex("^[0-9a-f]{64}\\z")]
    private static partial Regex Form();
}
