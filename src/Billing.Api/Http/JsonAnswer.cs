using System.Text.Json;

namespace Billing.Api.Http;

/// <summary>
/// A small body as JSON. Its length is known before it is sent, so that it goes out in one piece and not in chunks.
/// </summary>
public sealed class JsonAnswer(object body, int status) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), ApiJson.Options);
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = json.Length;
        return response.Body.WriteAsync(json, 0, json.Length);
    }
}
