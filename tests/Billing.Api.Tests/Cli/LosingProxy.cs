using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Billing.Api.Tests.Cli;

/// <summary>
/// Stands before a server and hands everything on; of the first posts to a path it cuts the connection once the server has answered.
/// </summary>
internal sealed class LosingProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _to;
    private int _posts;

    private LosingProxy(WebApplication app, Uri to) => (_app, _to) = (app, new HttpClient { BaseAddress = to });

    public Uri Address => new(_app.Urls.Single());

    /// <summary>How often the path was posted to.</summary>
    public int Posts => _posts;

    /// <param name="reply">Said to everyone instead of asking the server.</param>
    public static async Task<LosingProxy> Start(Uri to, string path, int answersLost, string? reply = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var proxy = new LosingProxy(builder.Build(), to);
        proxy._app.Run(http => reply is not null ? http.Response.WriteAsync(reply) : proxy.HandOn(http, path, answersLost));
        await proxy._app.StartAsync(TestContext.Current.CancellationToken);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        _to.Dispose();
        await _app.DisposeAsync();
    }

    private async Task HandOn(HttpContext http, string path, int answersLost)
    {
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), $"{http.Request.Path}{http.Request.QueryString}");
        if (HttpMethods.IsPost(http.Request.Method))
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            request.Content = new ByteArrayContent(body.ToArray());
        }
        foreach (var (name, value) in http.Request.Headers.Where(h => h.Key is not ("Host" or "Content-Length")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value.ToArray()))
                request.Content?.Headers.TryAddWithoutValidation(name, value.ToArray());
        }
        using var answer = await _to.SendAsync(request, http.RequestAborted);
        if (HttpMethods.IsPost(http.Request.Method) && http.Request.Path == path && Interlocked.Increment(ref _posts) <= answersLost)
        {
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            http.Abort();
            return;
        }
        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
