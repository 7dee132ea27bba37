using System.Text.Json;
using System.Text.Json.Nodes;

namespace Billing.StripeStandIn.Wire;

/// <summary>What an endpoint answers: an object, or a refusal.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The JSON sent.</param>
/// <param name="SavedUnderKey">Whether an idempotency key replays it.</param>
internal sealed record Answer(int Status, JsonObject Body, bool SavedUnderKey)
{
    /// <summary>Stripe indents its answers by two spaces.</summary>
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Answer Ok(JsonObject body) => new(200, body, SavedUnderKey: true);

    public static implicit operator Answer(StripeError error) =>
        new(error.Status, new JsonObject { ["error"] = error.ToJson() }, SavedUnderKey: !error.BeforeExecution);

    public string ToText() => Text(Body);

    public static string Text(JsonNode node) => node.ToJsonString(Indented);
}
