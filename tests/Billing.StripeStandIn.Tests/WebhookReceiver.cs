using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Billing.StripeStandIn.Tests;

/// <summary>A merchant's webhook endpoint on a real port: keeps what comes, answers what it is told to.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _web;

    private WebhookReceiver(WebApplication web) => _web = web;

    public ConcurrentQueue<(string Body, string Signature)> Received { get; } = new();

    /// <summary>Statuses for the next requests; 200 when it is empty.</summary>
    public ConcurrentQueue<int> NextAnswers { get; } = new();

    public Uri Url { get; private set; } = new("http://127.0.0.1");

    public static async Task<WebhookReceiver> Start(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new WebhookReceiver(builder.Build());
        receiver._web.Run(receiver.Take);
        await receiver._web.StartAsync(cancellation);
        receiver.Url = new Uri(receiver._web.Urls.Single() + "/stripe");
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync();
        await _web.DisposeAsync();
    }

    private async Task Take(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        http.Response.StatusCode = NextAnswers.TryDequeue(out var status) ? status : 200;
        if (http.Response.StatusCode == 200)
            Received.Enqueue((body, http.Request.Headers["Stripe-Signature"].ToString()));
    }
}
