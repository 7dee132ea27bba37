using System.Text.Json;
using System.Text.RegularExpressions;

namespace Billing.Api.Tests.Fuzz;

/// <summary>
/// Words that answers gave, by the name that they had there: an id by what it is of, such as <c>invoiceId</c>. What is asked for next
/// names things that are there, in the state that earlier requests brought them to.
/// </summary>
internal sealed partial class Known
{
    private const int MostOfAName = 24, LongestText = 64, LongestAnswer = 32 * 1024;
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string?> _namesAsked = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name that ids of a collection in a path have in bodies, such as <c>timeEntryId</c> of <c>time-entries</c>.</summary>
    public static string IdOf(string collection)
    {
        var one = collection.EndsWith("ies", StringComparison.Ordinal) ? collection[..^3] + "y" : collection.TrimEnd('s');
        return Hyphen().Replace(one, match => match.Groups[1].Value.ToUpperInvariant()) + "Id";
    }

    /// <param name="target">Path and query of what was asked for.</param>
    public void Learn(string target, string json)
    {
        foreach (Match id in IdInPath().Matches(target)) Add(IdOf(id.Groups[1].Value), id.Groups[2].Value);
        if (json.Length is 0 or > LongestAnswer) return;
        try
        {
            using var document = JsonDocument.Parse(json);
            Learn(document.RootElement, IdOf(Collection().Matches(target.Split('?')[0]).LastOrDefault()?.Groups[1].Value ?? ""), "");
        }
        catch (JsonException)
        {
            // Only the beginning of a long answer is kept.
        }
    }

    /// <summary>Something of this name, or of one that ends with it or it with: mostly what was told of last.</summary>
    /// <returns>Null where nothing is known.</returns>
    public string? Pick(string name, Random random)
    {
        if (NameOf(name) is not { } known) return null;
        var values = _values[known];
        return random.Next(2) == 0 ? values[^1] : Odd.Pick(random, values);
    }

    private string? NameOf(string name)
    {
        if (name.EndsWith("Ids", StringComparison.Ordinal)) name = name[..^1];
        if (_values.ContainsKey(name)) return name;
        if (!name.EndsWith("Id", StringComparison.Ordinal)) return null;
        if (!_namesAsked.TryGetValue(name, out var known))
        {
            known = _values.Keys.Where(key => IsEndOf(key, name) || IsEndOf(name, key)).MaxBy(key => key.Length);
            if (known is not null) _namesAsked[name] = known;
        }
        return known;
    }

    private static bool IsEndOf(string end, string name) => end.Length > "Id".Length && name.EndsWith(end, StringComparison.OrdinalIgnoreCase);

    private void Learn(JsonElement element, string idName, string name)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray()) Learn(item, name is "" or "items" ? idName : IdOf(name), name);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                if (member.Value.ValueKind == JsonValueKind.String)
                    Add(member.NameEquals("id") ? idName : member.Name, member.Value.GetString()!);
                else Learn(member.Value, member.NameEquals("items") ? idName : IdOf(member.Name), member.Name);
            }
        }
    }

    private void Add(string name, string value)
    {
        if (value.Length is 0 or > LongestText || !Plain().IsMatch(value)) return;
        if (!_values.TryGetValue(name, out var values)) _values[name] = values = [];
        values.Remove(value);
        if (values.Count == MostOfAName) values.RemoveAt(0);
        values.Add(value);
    }

    [GeneratedRegex("-([a-z])")]
    private static partial Regex Hyphen();

    [GeneratedRegex("/([a-z][a-z-]*)/([0-9a-f]{8}-[0-9a-f-]{27})(?![0-9a-f])")]
    private static partial Regex IdInPath();

    [GeneratedRegex("/([a-z][a-z-]*)(?=[/:.]|$)")]
    private static partial Regex Collection();

    /// <summary>What can stand in a path and in JSON as it is.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9._-]+$")]
    private static partial Regex Plain();
}
