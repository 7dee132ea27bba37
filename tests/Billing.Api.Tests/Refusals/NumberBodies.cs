using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Billing.Domain.Values;

namespace Billing.Api.Tests.Refusals;

/// <summary>Finds every number and amount that a body has room for, and puts others in their place.</summary>
public static class NumberBodies
{
    private static readonly string[] Wholes =
        ["9223372036854775807", "9000000000000000000", "1000000000000000", "1000000000000", "2147483647", "100000", "86400", "1000"];

    private static readonly string[] Amounts = [.. new[] { "9999999999999.99", "10000000000.00", "1000000000.00", "100000.00" }
        .Select(amount => $$"""{"amount":"{{amount}}","currency":"USD"}""")];

    /// <summary>New in a good body, so that each further one needs another.</summary>
    private static readonly string[] NewIds = ["id", "cardId"];

    /// <summary>Where a number can stand, with the values to put there, the largest first.</summary>
    public static IEnumerable<(string[] At, string[] Literals)> Fields(Type record, string good) =>
        Fields(record, JsonNode.Parse(good)!.AsObject(), []);

    /// <summary>The good body with other values and fresh ids.</summary>
    public static string With(string good, IEnumerable<(string[] At, string Literal)> values)
    {
        var root = JsonNode.Parse(good)!.AsObject();
        foreach (var (at, literal) in values) Parent(root, at)[at[^1]] = JsonNode.Parse(literal);
        foreach (var id in NewIds.Where(root.ContainsKey)) root[id] = Guid.CreateVersion7();
        return root.ToJsonString();
    }

    private static IEnumerable<(string[] At, string[] Literals)> Fields(Type record, JsonObject body, string[] path)
    {
        foreach (var parameter in record.GetConstructors().Single().GetParameters())
        {
            string[] at = [.. path, JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!)];
            var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
            if (type == typeof(int) || type == typeof(long)) yield return (at, Wholes);
            else if (type == typeof(Money)) yield return (at, Amounts);
            else if (IsBody(type) && body[at[^1]] is JsonObject inner)
                foreach (var field in Fields(type, inner, at)) yield return field;
            else if (ElementOf(type) is { } element && body[at[^1]] is JsonArray { Count: > 0 } list && list[0] is JsonObject first)
                foreach (var field in Fields(element, first, [.. at, "0"])) yield return field;
        }
    }

    private static Type? ElementOf(Type type) =>
        type.IsGenericType && type.GetGenericArguments() is [var element] && IsBody(element) ? element : null;

    private static bool IsBody(MemberInfo type) =>
        type is Type { Namespace: { } name } && name.StartsWith("Billing.Api", StringComparison.Ordinal);

    private static JsonNode Parent(JsonNode root, string[] at) => at[..^1].Aggregate(
        root, (node, name) => node is JsonArray list ? list[0]! : node[name]!);
}
