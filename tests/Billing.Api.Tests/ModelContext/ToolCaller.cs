using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Billing.Api.Tests.ModelContext;

/// <summary>What a tool answered.</summary>
internal sealed record ToolAnswer(bool IsError, string Text)
{
    public JsonObject Json => JsonNode.Parse(Text)!.AsObject();

    /// <summary>Of a refusal.</summary>
    public string? Code => IsError ? (string?)Json["code"] : null;

    public ToolAnswer Ok()
    {
        Assert.False(IsError, Text);
        return this;
    }
}

/// <summary>A program that calls tools, with a token of the practice.</summary>
internal sealed class ToolCaller : IAsyncDisposable
{
    private readonly McpClient _client;

    private ToolCaller(McpClient client) => _client = client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ToolCaller> Connect(ApiServer server, string token) => new(await McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(server.Address, "/mcp"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" },
        }), cancellationToken: Cancellation));

    public async Task<IReadOnlyList<Tool>> Tools() =>
        [.. (await _client.ListToolsAsync(cancellationToken: Cancellation)).Select(tool => tool.ProtocolTool)];

    public async Task<ToolAnswer> Call(string tool, params (string Name, object? Value)[] arguments)
    {
        var result = await _client.CallToolAsync(
            tool, arguments.ToDictionary(a => a.Name, a => a.Value), cancellationToken: Cancellation);
        return new ToolAnswer(result.IsError == true, Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text);
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();
}
