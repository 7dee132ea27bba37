using System.Globalization;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Billing.Api.Access;
using Billing.Api.Http;

namespace Billing.Api.ModelContext;

/// <param name="Name">Of the endpoint, as <c>POST /v1/timer:start</c>.</param>
/// <param name="Route">Values of its path, by name.</param>
/// <param name="Query">Those without a value are left out.</param>
/// <param name="Body">Of a command; null for a query.</param>
/// <param name="Version">The version of the thing that a command is meant for; null for any.</param>
/// <param name="Key">A command's idempotency key; null for none.</param>
public sealed record EndpointCall(
    string Name, IReadOnlyDictionary<string, object> Route, IReadOnlyList<KeyValuePair<string, string?>> Query, object? Body = null,
    long? Version = null, string? Key = null);

/// <param name="Text">JSON: the endpoint's answer, or a problem.</param>
public sealed record EndpointAnswer(int Status, string Text)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public JsonObject Json => JsonNode.Parse(Text)!.AsObject();

    public static EndpointAnswer Of(Problem problem) => new(problem.Status, JsonSerializer.Serialize(problem, ApiJson.Options));
}

/// <summary>
/// Calls an endpoint of the API from inside, with the token that came from outside, so that a tool may do what its caller may do over
/// HTTP, in the same words, and nothing else.
/// </summary>
public sealed class EndpointCalls(EndpointDataSource endpoints)
{
    private readonly Lazy<Dictionary<string, RouteEndpoint>> _byName = new(() => endpoints.Endpoints
        .OfType<RouteEndpoint>()
        .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(
            method => KeyValuePair.Create($"{method} {e.RoutePattern.RawText}", e)))
        .ToDictionary(StringComparer.Ordinal));

    public async Task<EndpointAnswer> Send(HttpContext outer, EndpointCall call)
    {
        var endpoint = _byName.Value[call.Name];
        using var answer = new MemoryStream();
        var http = Request(outer, call, answer);
        http.SetEndpoint(endpoint);
        try
        {
            await endpoint.RequestDelegate!(http);
        }
        catch (Exception e) when (Failures.Describe(e) is { Status: StatusCodes.Status503ServiceUnavailable } failing)
        {
            return EndpointAnswer.Of(failing);
        }
        return new EndpointAnswer(http.Response.StatusCode, Encoding.UTF8.GetString(answer.ToArray()));
    }

    private static DefaultHttpContext Request(HttpContext outer, EndpointCall call, Stream answer)
    {
        var http = new DefaultHttpContext { RequestServices = outer.RequestServices, RequestAborted = outer.RequestAborted };
        var space = call.Name.IndexOf(' ', StringComparison.Ordinal);
        http.Request.Method = call.Name[..space];
        http.Request.Scheme = outer.Request.Scheme;
        http.Request.Host = outer.Request.Host;
        http.Request.Path = call.Name[space..].Trim();
        http.Request.QueryString = QueryString.Create(call.Query.Where(pair => pair.Value is not null));
        http.Request.Headers.Authorization = outer.Request.Headers.Authorization;
        http.Request.Headers[Bearers.PracticeHeader] = outer.Request.Headers[Bearers.PracticeHeader];
        foreach (var (name, value) in call.Route) http.Request.RouteValues[name] = Convert.ToString(value, CultureInfo.InvariantCulture);
        if (call.Version is { } version) http.Request.Headers.IfMatch = ETags.Of(version);
        if (call.Key is { } key) http.Request.Headers[EndpointMapping.KeyHeader] = key;
        if (call.Body is not null)
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(call.Body, call.Body.GetType(), ApiJson.Options);
            http.Request.ContentType = MediaTypeNames.Application.Json;
            http.Request.ContentLength = body.Length;
            http.Request.Body = new MemoryStream(body);
        }
        http.Response.Body = answer;
        return http;
    }
}
