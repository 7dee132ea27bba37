using System.Net;
using System.Text.Json.Nodes;

namespace Billing.Api.Tests.Http;

/// <summary>What the server answered, read to its end.</summary>
public sealed record ApiAnswer(
    HttpStatusCode Status, string? MediaType, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public int Code => (int)Status;

    public bool IsSuccess => Code is >= 200 and < 300;

    /// <summary>The body as JSON.</summary>
    public JsonObject Json => JsonNode.Parse(Text) as JsonObject
        ?? throw new InvalidOperationException($"{Code} with a body that is no JSON object: {Text}");

    /// <summary>The problem's stable code; null where the answer is no problem.</summary>
    public string? ProblemCode => MediaType == "application/problem+json" ? (string?)Json["code"] : null;

    /// <summary>The items of a list.</summary>
    public IReadOnlyList<JsonObject> Items => [.. Json["items"]!.AsArray().Select(item => item!.AsObject())];

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The answer to something that had to work.</summary>
    public ApiAnswer Ok()
    {
        Assert.True(IsSuccess, $"{Code}: {Text}");
        return this;
    }

    public Guid Id => Json["id"]!.GetValue<Guid>();

    public static async Task<ApiAnswer> Of(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new ApiAnswer(
            response.StatusCode, response.Content.Headers.ContentType?.MediaType, headers,
            await response.Content.ReadAsStringAsync(cancellationToken));
    }

    public override string ToString() => $"{Code} {MediaType} {Text}";

    /// <summary>The pointers of the problem's field faults.</summary>
    public IReadOnlyList<string> Pointers => Json["errors"] is JsonArray errors
        ? [.. errors.Select(e => e!["pointer"]!.GetValue<string>())]
        : [];
}
