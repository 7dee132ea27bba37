using System.Reflection;
using System.Text.RegularExpressions;
using Billing.Domain.Values;
using Billing.Projections.Paging;

namespace Billing.Api.Description;

/// <summary>
/// Who reads the code finds the words that a text may be by the name of the type that holds them; who reads the description is told
/// the words themselves.
/// </summary>
internal static partial class SpelledWords
{
    private static readonly ILookup<string, string> WordsOf = new[] { typeof(Money).Assembly, typeof(PageRequest).Assembly }
        .SelectMany(assembly => assembly.GetExportedTypes())
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral && field.FieldType == typeof(string))
            .Select(field => (type.Name, Word: (string)field.GetRawConstantValue()!)))
        .ToLookup(word => word.Name, word => $"`{word.Word}`", StringComparer.Ordinal);

    /// <summary>A docstring as the description says it: "One of QuoteStatus" with the words in the place of the name.</summary>
    public static string? In(string? text) => text is null ? null : Named().Replace(text, name => WordsOf[name.Value].ToList() switch
    {
        [.. var others, var last] when others.Count > 0 => $"{string.Join(", ", others)} or {last}",
        _ => name.Value,
    });

    [GeneratedRegex(@"(?<=\A(One|One or more) of )[A-Z]\w+")]
    private static partial Regex Named();
}
