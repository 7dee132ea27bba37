using Billing.Api.Access;
using Billing.Api.Http;
using ModelContextProtocol.Protocol;

namespace Billing.Api.ModelContext;

/// <summary>What the tools of one request have at hand: who asks, and the endpoints.</summary>
public sealed class ToolDesk(EndpointCalls endpoints)
{
    private static readonly Dictionary<string, object> NoRoute = [];
    private HttpContext? _http;
    private Caller? _caller;

    public Caller Caller => _caller!;

    public void Open(HttpContext http, Caller caller) => (_http, _caller) = (http, caller);

    public Task<EndpointAnswer> Send(EndpointCall call) => endpoints.Send(_http!, call);

    public Task<EndpointAnswer> Get(string pattern, params (string Name, string? Value)[] query) => Get(pattern, NoRoute, query);

    public Task<EndpointAnswer> Get(
        string pattern, IReadOnlyDictionary<string, object> route, params (string Name, string? Value)[] query) =>
        Send(new EndpointCall($"GET {pattern}", route, [.. query.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))]));

    /// <param name="key">An idempotency key; null for none.</param>
    public Task<EndpointAnswer> Post(string pattern, object body, string? key) =>
        Send(new EndpointCall($"POST {pattern}", NoRoute, [], body, Key: key));

    public static IReadOnlyDictionary<string, object> Id(Guid id) => new Dictionary<string, object> { ["id"] = id };

    /// <summary>A refusal is an error of the tool, with the problem as its text.</summary>
    public static CallToolResult Result(EndpointAnswer answer) => new()
    {
        Content = [new TextContentBlock { Text = answer.Text }],
        IsError = !answer.IsSuccess,
    };

    public static CallToolResult Result(Problem problem) => Result(EndpointAnswer.Of(problem));
}
