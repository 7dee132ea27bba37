using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

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
        // Empty: what it was made of by habit watches the working folder, and is told of each write that is measured.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { Args = ["--urls", "http://127.0.0.1:0"] });
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
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
