using System.Text.Json.Nodes;

namespace Billing.StripeStandIn.Objects;

/// <summary>
/// Reads the fields of our own objects. They are made here, so whole numbers are always <c>long</c> and a
/// missing field is a bug.
/// </summary>
internal static class JsonReading
{
    public static string Text(this JsonObject json, string name) => json[name]!.GetValue<string>();

    public static string? TextOrNull(this JsonObject json, string name) => json[name]?.GetValue<string>();

    public static long Whole(this JsonObject json, string name) => json[name]!.GetValue<long>();

    public static bool Flag(this JsonObject json, string name) => json[name]!.GetValue<bool>();

    public static string Id(this JsonObject json) => json.Text("id");

    public static JsonObject Copy(this JsonObject json) => json.DeepClone().AsObject();

    public static JsonArray Strings(IEnumerable<string> values) => [.. values.Select(value => JsonValue.Create(value))];

    /// <summary>A list in Stripe's envelope.</summary>
    public static JsonObject List(IEnumerable<JsonObject> data, bool hasMore, string url) => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. data.Select(item => (JsonNode)item.Copy())]),
        ["has_more"] = hasMore,
        ["url"] = url,
    };
}
