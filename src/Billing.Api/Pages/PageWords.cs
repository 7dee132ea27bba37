using System.Collections.Frozen;
using System.Text.Json;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using Billing.Projections.Ledger.Journal;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Billing.Api.Pages;

/// <summary>
/// What stands on the pages of those who sign in, in the language that their browser asks for. All of it is data, in
/// <c>Wordings/</c>; days and amounts are written as documents write them.
/// </summary>
public sealed class PageWords
{
    /// <summary>Before a refusal's code: the words for it.</summary>
    public const string Refused = "refused.";

    /// <summary>Before an event's name without its version: what it says.</summary>
    public const string EventNamed = "event.";

    /// <summary>Before a sentence of the API as it stands there: the same in another language.</summary>
    public const string SaidBefore = "said.";

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { AllowDuplicateProperties = false };

    private static readonly FrozenDictionary<string, PageWords> Known =
        Languages.All.ToFrozenDictionary(code => code, Load, StringComparer.Ordinal);

    private readonly Dictionary<string, string> _words;

    private PageWords(string code, Dictionary<string, string> words)
    {
        Code = code;
        Written = DocumentLanguage.Of(code);
        _words = words;
    }

    public string Code { get; }

    /// <summary>How the language writes days and amounts.</summary>
    public DocumentLanguage Written { get; }

    public IEnumerable<string> Keys => _words.Keys;

    /// <exception cref="KeyNotFoundException">The language lacks the word, which is a bug.</exception>
    public string this[string key] => _words[key];

    /// <summary>A sentence with its gaps filled.</summary>
    public string Of(string key, params (string Name, string Value)[] gaps) => gaps.Aggregate(
        _words[key], (text, gap) => text.Replace($"{{{gap.Name}}}", gap.Value, StringComparison.Ordinal));

    /// <summary>Why something was not done. What has no words of this language is said as the API says it.</summary>
    public string Why(PageRefusal refusal) =>
        _words.GetValueOrDefault($"{Refused}{refusal.Code}") ?? refusal.Detail ?? _words[$"{Refused}other"];

    /// <summary>What an event says, by its stored name: <c>time-entry-logged.v1</c> is "Time entry logged".</summary>
    public string Event(string storedName)
    {
        var name = storedName.Split('.')[0];
        return _words.GetValueOrDefault($"{EventNamed}{name}") ?? $"{char.ToUpperInvariant(name[0])}{name[1..].Replace('-', ' ')}";
    }

    /// <summary>A sentence of the API in this language; null where it has it in English alone.</summary>
    public string? Said(string sentence) => _words.GetValueOrDefault($"{SaidBefore}{sentence}");

    /// <summary>The name of a category of expenses; its code where a year has one that has no name here.</summary>
    public string Category(string code) => _words.GetValueOrDefault($"category.{code}") ?? code;

    /// <summary>The head of a report's column; several reports call different things by one name.</summary>
    public string Column(string report, string column) =>
        _words.GetValueOrDefault($"column.{report}.{column}") ?? _words[$"column.{column}"];

    /// <summary>The name of an account of the journal; an expense's is its category's.</summary>
    public string Account(string account) => _words.GetValueOrDefault($"account.{account}")
        ?? (account.StartsWith(Accounts.ExpensePrefix, StringComparison.Ordinal)
            ? Category(account[Accounts.ExpensePrefix.Length..].ToLowerInvariant())
            : account);

    /// <param name="code">One of <see cref="Languages.All"/>.</param>
    public static PageWords In(string code) => Known[code];

    /// <summary>The first language that the browser names and that there is, or else the default.</summary>
    public static PageWords For(HttpRequest request)
    {
        StringValues accepted = request.Headers.AcceptLanguage;
        if (!StringWithQualityHeaderValue.TryParseList([.. accepted!], out var wished)) return Known[Languages.Default];
        foreach (var language in wished.OrderByDescending(value => value.Quality ?? 1))
        {
            var code = language.Value.ToString().Split('-')[0].ToLowerInvariant();
            if (Known.TryGetValue(code, out var words)) return words;
        }
        return Known[Languages.Default];
    }

    /// <summary>Hours and minutes, such as <c>7:30</c>.</summary>
    public static string Hours(long seconds) => FormattableString.Invariant($"{seconds / 3600}:{seconds % 3600 / 60:00}");

    /// <summary>English pages say events and formulas as the API does, which is English.</summary>
    private static PageWords Load(string code)
    {
        var words = Read($"{code}.json")!;
        foreach (var (key, text) in Read($"{code}-log.json") ?? []) words.Add(key, text);
        return new PageWords(code, words);
    }

    private static Dictionary<string, string>? Read(string name)
    {
        using var stream = typeof(PageWords).Assembly.GetManifestResourceStream($"page-words/{name}");
        return stream is null ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(stream, Strict);
    }
}
