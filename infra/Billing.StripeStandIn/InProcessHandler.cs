using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Billing.StripeStandIn;

/// <summary>Hands requests to the stand-in without a network between; a connection that it cuts is an error here too.</summary>
internal sealed class InProcessHandler(Func<HttpContext, Task> route) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var lifetime = new Lifetime { RequestAborted = cancellationToken };
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpRequestLifetimeFeature>(lifetime);
        http.Request.Method = request.Method.Method;
        http.Request.Path = PathString.FromUriComponent(request.RequestUri!.AbsolutePath);
        http.Request.QueryString = new QueryString(request.RequestUri.Query);
        foreach (var (name, values) in request.Headers) http.Request.Headers.Append(name, values.ToArray());
        if (request.Content is { } content)
        {
            foreach (var (name, values) in content.Headers) http.Request.Headers.Append(name, values.ToArray());
            http.Request.Body = await content.ReadAsStreamAsync(cancellationToken);
        }
        using var body = new MemoryStream();
        http.Response.Body = body;
        await route(http);
        if (lifetime.IsCut) throw new HttpRequestException("The stand-in cut the connection.");
        var response = new HttpResponseMessage((HttpStatusCode)http.Response.StatusCode)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(body.ToArray()),
        };
        foreach (var (name, values) in http.Response.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, values.ToArray()))
                response.Content.Headers.TryAddWithoutValidation(name, values.ToArray());
        }
        return response;
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get; set; }

        public bool IsCut { get; private set; }

        public void Abort() => IsCut = true;
    }
}
