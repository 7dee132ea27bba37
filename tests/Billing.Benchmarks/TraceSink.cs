using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Billing.Benchmarks;

/// <summary>A collector of OpenTelemetry that reads what it is sent and keeps nothing of it.</summary>
internal sealed class TraceSink : IAsyncDisposable
{
    private readonly WebApplication app;
    private long traces;

    private TraceSink(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single();

    /// <summary>Requests with traces so far.</summary>
    public long Traces => Interlocked.Read(ref traces);

    public static async Task<TraceSink> Start()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var sink = new TraceSink(builder.Build());
        sink.app.MapPost("/{**signal}", (RequestDelegate)sink.Take);
        await sink.app.StartAsync();
        return sink;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task Take(HttpContext http)
    {
        await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        if (http.Request.Path.Value!.EndsWith("/traces", StringComparison.Ordinal)) Interlocked.Increment(ref traces);
    }
}
