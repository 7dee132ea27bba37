using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Billing.Faults.Serving;

/// <summary>A request with its key, as it is sent until there is an answer.</summary>
/// <param name="Key">The Idempotency-Key.</param>
internal sealed record Wish(string Token, string Path, string Body, string Key);

/// <param name="Text">The body, byte for byte.</param>
internal sealed record Reply(HttpStatusCode Status, string Text, string? MediaType)
{
    public bool IsDone => (int)Status is 200 or 201;

    /// <summary>What another try may change: overload, a failing disk, a bug, a request that is still being worked on.</summary>
    public bool IsOpen => (int)Status >= 500 || Code == "request-in-flight";

    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>Position of the last event that it wrote; 0 where it wrote none.</summary>
    public long Position => (long?)Json["position"] ?? 0;

    public string? Code => MediaType == "application/problem+json" ? (string?)Json["code"] : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(int)Status} {Text}");
}

/// <param name="Wish">What was acknowledged.</param>
/// <param name="First">The first answer, which every repetition must give again.</param>
internal sealed record Acknowledged(Wish Wish, Reply First);
