using Billing.Api.Http;

namespace Billing.Api.Pages;

/// <summary>The few scripts of pages, carried inside the program.</summary>
public static class PageScripts
{
    private static readonly string[] Names = ["time.js", "time-worker.js"];

    public static void MapPageScripts(this IEndpointRouteBuilder app)
    {
        foreach (var name in Names)
        {
            var script = Read(name);
            app.MapGet($"/{name}", (HttpContext http) =>
            {
                http.Response.Headers.CacheControl = "no-cache";
                http.Response.Headers.XContentTypeOptions = "nosniff";
                return Results.Bytes(script, "text/javascript");
            }).WithMetadata(PublicEndpoint.Because("it is the same for everyone"));
        }
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(PageScripts).Assembly.GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
