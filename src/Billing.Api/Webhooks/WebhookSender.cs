using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Net.Sockets;
using System.Text.Json;
using Billing.Api.Changes;
using Billing.Api.Http;
using NodaTime;

namespace Billing.Api.Webhooks;

/// <param name="Type">Resource and kind, such as <c>time_entry.created</c>: Standard Webhooks has no hyphens there.</param>
/// <param name="Timestamp">When it happened.</param>
internal sealed record WebhookMessage(string Type, Instant Timestamp, Change Data)
{
    /// <summary>The same however often the change is sent: by it a receiver knows what it has had.</summary>
    public string Id() => $"msg_{Data.Cursor}";

    public static WebhookMessage Of(Change change) =>
        new($"{change.Resource.Replace('-', '_')}.{change.Kind}", change.At, change);
}

/// <summary>What came of one attempt.</summary>
/// <param name="Status">Of HTTP; null where no answer came.</param>
/// <param name="Error">Null where it was taken.</param>
internal sealed record WebhookReply(int? Status, int DurationMilliseconds, string? Error)
{
    public bool IsTaken => Error is null;

    public bool IsGone => Status == (int)HttpStatusCode.Gone;
}

/// <summary>Makes one attempt at one message.</summary>
internal sealed class WebhookSender(WebhookOptions options, CheckedConnections connections, IClock clock) : IDisposable
{
    /// <summary>What is read of an answer, so that its connection can serve the next. Nothing of it is kept.</summary>
    private const int MostAnswerBytes = 4 * 1024;

    private readonly HttpClient _http = new(connections.Handler()) { Timeout = Timeout.InfiniteTimeSpan };

    /// <exception cref="OperationCanceledException">The caller did not wait; whether it was taken is not known.</exception>
    public async Task<WebhookReply> Send(
        string url, IReadOnlyList<string> secrets, WebhookMessage message, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        // The setting may have changed since the address was written down.
        if (WebhookAddress.Fault(url, options) is { } fault) return new WebhookReply(null, 0, fault.Detail);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout.ToTimeSpan());
        int? status = null;
        string? error;
        try
        {
            using var request = Request(url, secrets, message);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            status = (int)response.StatusCode;
            error = Judge(status.Value);
            await ReadSome(response, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            error = $"The receiver did not answer within {options.TimeoutSeconds} s.";
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            error = Why(e);
        }
        return new WebhookReply(status, (int)watch.ElapsedMilliseconds, error);
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(string url, IReadOnlyList<string> secrets, WebhookMessage message)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(message, ApiJson.Options);
        var now = clock.GetCurrentInstant();
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Billing-Webhooks", "1.0"));
        request.Headers.Add("webhook-id", message.Id());
        request.Headers.Add("webhook-timestamp", WebhookSignature.Seconds(now));
        request.Headers.Add("webhook-signature", WebhookSignature.Of(secrets, message.Id(), now, body));
        return request;
    }

    private static string? Judge(int status) => status switch
    {
        >= 200 and < 300 => null,
        >= 300 and < 400 => "The receiver redirects, which is not followed.",
        (int)HttpStatusCode.Gone => "The receiver wants nothing more.",
        _ => "The receiver did not take it.",
    };

    /// <summary>An answer that breaks off or never ends is an answer all the same.</summary>
    private static async Task ReadSome(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var rest = new byte[MostAnswerBytes];
            await body.ReadAtLeastAsync(rest, rest.Length, throwOnEndOfStream: false, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // The status came, and it counts.
        }
    }

    private static string Why(Exception e)
    {
        for (var inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner is AddressNotPublicException) return inner.Message;
            if (inner is SocketException { SocketErrorCode: var code }) return $"The receiver could not be reached ({code}).";
        }
        return e is HttpRequestException { HttpRequestError: var kind }
            ? $"The connection failed ({kind})."
            : "The connection broke off.";
    }
}
