using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Projections.Running;
using Microsoft.AspNetCore.Http.Features;

namespace Billing.Api.Changes;

/// <summary>
/// Changes as server-sent events, as soon as the read models show them. A stream holds one page and no more: who reads slowly is read for
/// slowly, and no writer knows of it. Between two looks it costs nothing but a glance at a number in memory.
/// </summary>
internal sealed class ChangeStreams(
    ChangeReader reader, ProjectionRunner projections, IHostApplicationLifetime lifetime)
{
    public const string MediaType = "text/event-stream";
    private const int PageItems = 100, MostOfAToken = 10;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200), Heartbeat = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<Guid, int> _open = new();

    /// <summary>Sends until the caller hangs up, the server stops, or the token is no longer good.</summary>
    public async ValueTask<IResult> Open(HttpContext http, Caller caller, ChangeCursor since)
    {
        var seen = projections.Position;
        var first = await reader.Read(caller, since, PageItems, http.RequestAborted);
        if (first is null) return ChangeEndpoints.UnknownCursor.AsResult();
        if (_open.AddOrUpdate(caller.TokenId, 1, (_, count) => count + 1) > MostOfAToken)
        {
            Close(caller);
            http.Response.Headers.RetryAfter = "5";
            return Problem.Of(429, "too-many-streams", "The token has ten streams open already. Close one, or share one.").AsResult();
        }
        try
        {
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
            await Send(http, first, seen, ends.Token);
        }
        catch (OperationCanceledException)
        {
            // The usual end: the caller has gone, or the server goes.
        }
        finally
        {
            Close(caller);
        }
        return Results.Empty;
    }

    /// <param name="seen">How far the read models had come before the page was read.</param>
    private async Task Send(HttpContext http, ChangePage page, long seen, CancellationToken cancellationToken)
    {
        http.Response.ContentType = MediaType;
        http.Response.Headers.CacheControl = "no-store";
        // Proxies of nginx's kind would otherwise keep what is small.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await http.Response.WriteAsync("retry: 3000\n\n", cancellationToken);
        while (true)
        {
            await http.Response.WriteAsync(Text(page), cancellationToken);
            await http.Response.Body.FlushAsync(cancellationToken);
            if (!page.More) await WaitBeyond(seen, cancellationToken);
            if (await Admission.StillIn(http) is not { } stillGood) return;
            seen = projections.Position;
            if (await reader.Read(stillGood, page.Next, PageItems, cancellationToken) is not { } next) return;
            page = next;
        }
    }

    private async Task WaitBeyond(long position, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; waited < Heartbeat; waited += Glance)
        {
            await Task.Delay(Glance, cancellationToken);
            if (projections.Position != position) return;
        }
    }

    /// <summary>
    /// Each change as an event, and behind them the cursor alone: it tells nobody anything, but whoever comes back begins there, and
    /// whoever listens hears that the stream lives.
    /// </summary>
    private static string Text(ChangePage page)
    {
        var text = new StringBuilder();
        foreach (var change in page.Items)
            text.Append($"id: {change.Cursor}\nevent: change\ndata: {JsonSerializer.Serialize(change, ApiJson.Options)}\n\n");
        return text.Append($": alive\nid: {page.Next}\n\n").ToString();
    }

    private void Close(Caller caller)
    {
        if (_open.AddOrUpdate(caller.TokenId, 0, (_, count) => count - 1) == 0)
            _open.TryRemove(new KeyValuePair<Guid, int>(caller.TokenId, 0));
    }
}
