using System.Net.Http.Headers;
using System.Text;

namespace Billing.Api.Tests.Http;

/// <summary>Requests in one line each.</summary>
internal static class ApiRequests
{
    public static Task<ApiAnswer> Get(this ApiServer server, string? token, string path, params (string, string)[] headers) =>
        server.Send(Request(HttpMethod.Get, token, path, headers));

    /// <param name="body">JSON; null for none.</param>
    public static Task<ApiAnswer> Post(
        this ApiServer server, string? token, string path, string? body, params (string, string)[] headers)
    {
        var request = Request(HttpMethod.Post, token, path, headers);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return server.Send(request);
    }

    /// <param name="mediaType">Null for no Content-Type at all.</param>
    public static Task<ApiAnswer> PostBytes(
        this ApiServer server, string? token, string path, byte[] body, string? mediaType, params (string, string)[] headers)
    {
        var request = Request(HttpMethod.Post, token, path, headers);
        request.Content = new ByteArrayContent(body);
        if (mediaType is not null) request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return server.Send(request);
    }

    private static HttpRequestMessage Request(HttpMethod method, string? token, string path, (string, string)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
