using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Billing.Api.Tests.Webhooks;

/// <summary>A webhook as it came in.</summary>
public sealed record Got(string Path, string Id, string Timestamp, string Signature, string Body)
{
    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();

    /// <summary>The change.</summary>
    public string Data => Json["data"]!.ToJsonString();
}

/// <summary>Somebody else's server, on this machine.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Got> _received = new();

    private Receiver(WebApplication app) => _app = app;

    public IReadOnlyList<Got> Received => [.. _received];

    /// <summary>What it answers; 204 unless set.</summary>
    public Func<HttpContext, Got, Task> Answer { get; set; } = (http, _) =>
    {
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };

    public static async Task<Receiver> Start()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new Receiver(builder.Build());
        receiver._app.Run(receiver.Take);
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public string At(string path) => _app.Urls.Single() + path;

    public IReadOnlyList<Got> On(string path) => [.. _received.Where(got => got.Path == path)];

    /// <summary>Waits until so many have come to a path, and gives all that have.</summary>
    public async Task<IReadOnlyList<Got>> Wait(string path, int count)
    {
        var watch = Stopwatch.StartNew();
        while (On(path).Count < count)
        {
            if (watch.Elapsed > Limit) Assert.Fail($"Only {On(path).Count} of {count} webhooks came to {path}.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        return On(path);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private async Task Take(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        var headers = http.Request.Headers;
        var got = new Got(
            http.Request.Path, headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(),
            headers["webhook-signature"].ToString(), body);
        _received.Enqueue(got);
        await Answer(http, got);
    }
}
