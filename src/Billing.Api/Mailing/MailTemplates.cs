using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using Billing.Domain.Values;

namespace Billing.Api.Mailing;

/// <summary>The texts of mails by language and kind; they are data, in <c>Texts/</c>.</summary>
public static partial class MailTemplates
{
    private static readonly FrozenDictionary<string, Dictionary<string, Template>> Known =
        Languages.All.ToFrozenDictionary(code => code, Load, StringComparer.Ordinal);

    /// <exception cref="KeyNotFoundException">There is no such template, which is a bug.</exception>
    public static (string Subject, string Body) Fill(string language, string kind, IReadOnlyDictionary<string, string> values)
    {
        var template = Known[language][kind];
        return (Fill(template.Subject, values), Fill(string.Join('\n', template.Body), values));
    }

    /// <summary>In one pass, so that braces within a value stand as they are.</summary>
    private static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Place().Replace(text, match => values[match.Groups["name"].Value]);

    private static Dictionary<string, Template> Load(string code)
    {
        using var stream = typeof(MailTemplates).Assembly.GetManifestResourceStream($"mail-texts/{code}.json")
            ?? throw new InvalidOperationException($"There are no mail texts in '{code}'.");
        return JsonSerializer.Deserialize<Dictionary<string, Template>>(stream, JsonSerializerOptions.Web)!;
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Place();

    private sealed record Template(string Subject, IReadOnlyList<string> Body);
}
