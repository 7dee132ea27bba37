using Billing.Api.Http;

namespace Billing.Api.Pages;

/// <summary>The one style sheet of all pages, their icon and their few scripts, carried inside the program.</summary>
public static class PageFiles
{
    private static readonly string[] Scripts = ["time.js", "time-worker.js", "week.js"];

    public static void MapPageFiles(this IEndpointRouteBuilder app)
    {
        app.MapFile("billing.css", "text/css", "public, max-age=3600");
        app.MapFile("icon.svg", "image/svg+xml", "public, max-age=86400");
        foreach (var script in Scripts) app.MapFile(script, "text/javascript", "no-cache");
    }

    private static void MapFile(this IEndpointRouteBuilder app, string name, string type, string caching)
    {
        var bytes = Read(name);
        app.MapGet($"/{name}", (HttpContext http) =>
        {
            http.Response.Headers.CacheControl = caching;
            http.Response.Headers.XContentTypeOptions = "nosniff";
            return Results.Bytes(bytes, type);
        }).WithMetadata(PublicEndpoint.Because("it is the same for everyone"));
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
