using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Billing.Api.Http;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Tests.Refusals;

/// <summary>A body that must be refused.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Pointer">Where the problem must point; null for the body as a whole.</param>
public sealed record BadBody(string Name, string Json, string? Pointer);

/// <summary>
/// Breaks a good body in every way that the record it is read into allows: each field missing, null, of another type,
/// beyond its bounds.
/// </summary>
public static class BadBodies
{
    /// <summary>Stands for a piece of JSON that no serializer would write, until the text is made.</summary>
    private const string Mark = "@@raw@@";

    public static IEnumerable<BadBody> Of(Type record, string good)
    {
        foreach (var whole in Whole(good)) yield return whole;
        foreach (var bad in OfFields(record, good, [])) yield return bad;
    }

    private static IEnumerable<BadBody> Whole(string good)
    {
        var first = JsonNode.Parse(good)!.AsObject().FirstOrDefault();
        yield return new("cut off", good[..^1], "");
        yield return new("an array", "[]", "");
        yield return new("null", "null", "");
        yield return new("text", "\"x\"", "");
        yield return new("two documents", good + good, "");
        yield return new("a comment", "/* */" + good, "");
        yield return new("an unknown field", With(good, "surprise", "1"), "/surprise");
        yield return new("a field in another case", With(good, "NAME", "1"), "/NAME");
        yield return new("a slash in a field's name", With(good, "a/b~c", "1"), "/a~1b~0c");
        yield return new("a lone surrogate in a field's name", With(good, "\\ud800", "1"), "");
        yield return new("NUL in a field's name", With(good, "\\u0000", "1"), null);
        yield return new("a very long name", With(good, new string('n', 5_000), "1"), null);
        yield return new("too deep", With(good, "surprise", new string('[', 200) + new string(']', 200)), "");
        if (first.Key is not null)
            yield return new("a field twice", With(good, first.Key, first.Value?.ToJsonString() ?? "null"), "");
    }

    private static IEnumerable<BadBody> OfFields(Type record, string good, string[] path)
    {
        var nullability = new NullabilityInfoContext();
        foreach (var parameter in record.GetConstructors().Single().GetParameters())
        {
            string[] at = [.. path, JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!)];
            var pointer = "/" + string.Join('/', at);
            var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
            var isRequired = !parameter.HasDefaultValue;
            if (isRequired) yield return new($"{pointer} missing", Without(good, at), pointer);
            if (nullability.Create(parameter).WriteState == NullabilityState.NotNull)
                yield return new($"{pointer} null", Set(good, at, "null"), pointer);
            var property = record.GetProperty(parameter.Name!)!;
            foreach (var literal in Wrong(type, property))
                yield return new($"{pointer} = {Shown(literal)}", Set(good, at, literal), pointer);
            // No field is pointed to where the text as such is in doubt.
            if (type == typeof(Money))
                yield return new($"{pointer} with a field twice", Set(good, at, """{"amount":"1.00","amount":"2.00","currency":"USD"}"""), "");
            // What is left out of a good body may have no place in it.
            if (type.Namespace?.StartsWith("Billing.Api", StringComparison.Ordinal) == true && Has(good, at))
                foreach (var inner in OfFields(type, good, at)) yield return inner;
        }
    }

    /// <summary>What a field of this type never takes, as JSON.</summary>
    private static IEnumerable<string> Wrong(Type type, PropertyInfo property) =>
        OtherTypes(type).Concat(type switch
        {
            _ when type == typeof(string) => BadTexts(property),
            _ when type == typeof(int) => BadNumbers(property).Concat(["2147483648", "-2147483649"]),
            _ when type == typeof(long) => ["9223372036854775808"],
            _ when type == typeof(Guid) => ["\"\"", "\"no-id\"", "\"0199d2c4\"", "\"\\u0000\""],
            _ when type == typeof(Money) => BadMoney,
            _ when type == typeof(Currency) => ["\"\"", "\"usd\"", "\"XXX\"", "\"US\"", "\"DOLLAR\""],
            _ when type == typeof(LocalDate) =>
                ["\"\"", "\"2026-02-30\"", "\"2026-13-01\"", "\"26-1-1\"", "\"2026-01-01T00:00:00Z\"", "\"tomorrow\"", "\"10000-01-01\""],
            _ when type == typeof(Instant) =>
                ["\"\"", "\"2026-01-01\"", "\"2026-01-01T25:00:00Z\"", "\"2026-01-01T00:00:00\"", "\"now\"", "\"10000-01-01T00:00:00Z\""],
            _ when type == typeof(IReadOnlyList<string>) => ["[1]", "[null]", "[\"\"]", "[[]]", "[\"\\u0000\"]", ManyLines, "\"1 Elm\""],
            _ when type == typeof(IReadOnlyList<int>) => ["[null]", "[\"1\"]", "[1.5]", "[2147483648]", "1"],
            _ when type == typeof(IReadOnlyList<Guid>) => ["[1]", "[null]", "[\"no-id\"]", "\"no-id\""],
            _ => [],
        });

    private static IEnumerable<string> OtherTypes(Type type)
    {
        string[] all = ["true", "1", "\"@\"", "[1]", "{\"a\":1}", "1e400", "-1.5", "\"\\ud800\"", "\"\\udc00x\"", "\"\\u0000\""];
        return all.Where(literal => type switch
        {
            _ when type == typeof(string) => literal is not "\"@\"",
            _ when type == typeof(bool) => literal != "true",
            _ when type == typeof(int) || type == typeof(long) => literal != "1",
            _ when type == typeof(IReadOnlyList<int>) => literal != "[1]",
            _ => true,
        }).Concat(type == typeof(int) || type == typeof(long) ? ["\"1\"", "1.5", "99999999999999999999999"] : []);
    }

    private static IEnumerable<string> BadTexts(PropertyInfo property)
    {
        if (property.GetCustomAttribute<TextAttribute>() is not { } text) return [];
        return ["\"\"", "\"   \"", "\"a\\u0007b\"", $"\"{new string('x', text.MaxLength + 1)}\"", $"\"{new string('x', 100_000)}\""];
    }

    private static IEnumerable<string> BadNumbers(PropertyInfo property)
    {
        if (property.GetCustomAttribute<RangeAttribute>() is not { } range) return [];
        return [FormattableString.Invariant($"{(int)range.Minimum - 1}"), FormattableString.Invariant($"{(int)range.Maximum + 1}")];
    }

    private static readonly string[] BadMoney =
    [
        .. new[]
        {
            "12.345", "1e3", "1,000.00", "", " ", "0x10", "NaN", "Infinity", "--1", "1.2.3", "12.30 USD", "1000000000000000",
            "9999999999999999999999999999999999999999", "10000000000000.00", "\\u0661", "\\u0000",
        }.Select(amount => $"{{\"amount\":\"{amount}\",\"currency\":\"USD\"}}"),
        "{\"amount\":12.3,\"currency\":\"USD\"}", "{\"amount\":null,\"currency\":\"USD\"}", "{\"amount\":\"1.00\"}",
        "{\"currency\":\"USD\"}", "{}", "{\"amount\":\"1.00\",\"currency\":\"usd\"}", "{\"amount\":\"1.00\",\"currency\":\"XBT\"}",
        "{\"amount\":\"1.00\",\"currency\":null}", "{\"amount\":\"1.00\",\"currency\":\"USD\",\"more\":1}",
        "\"1.00\"",
    ];

    private static readonly string ManyLines = $"[{string.Join(',', Enumerable.Repeat("\"x\"", 21))}]";

    private static string With(string good, string name, string literal)
    {
        var open = good.TrimEnd()[..^1].TrimEnd();
        return $"{open}{(open == "{" ? "" : ",")}\"{name}\":{literal}}}";
    }

    private static string Set(string good, string[] path, string literal)
    {
        var (root, parent) = Parent(good, path);
        parent[path[^1]] = Mark;
        return root.ToJsonString().Replace($"\"{Mark}\"", literal, StringComparison.Ordinal);
    }

    private static string Without(string good, string[] path)
    {
        var (root, parent) = Parent(good, path);
        parent.Remove(path[^1]);
        return root.ToJsonString();
    }

    private static bool Has(string good, string[] path) => Parent(good, path).Parent.ContainsKey(path[^1]);

    private static (JsonObject Root, JsonObject Parent) Parent(string good, string[] path)
    {
        var root = JsonNode.Parse(good)!.AsObject();
        return (root, path[..^1].Aggregate(root, (node, name) => node[name]!.AsObject()));
    }

    private static string Shown(string literal) => literal.Length > 60 ? $"{literal[..60]}… ({literal.Length})" : literal;
}
