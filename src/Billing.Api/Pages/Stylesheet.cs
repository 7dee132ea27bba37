using Billing.Api.Http;

namespace Billing.Api.Pages;

/// <summary>The one style sheet of all pages, carried inside the program.</summary>
public static class Stylesheet
{
    private static readonly byte[] Css = Read();

    public static void MapStylesheet(this IEndpointRouteBuilder app) =>
        app.MapGet("/billing.css", (HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "public, max-age=3600";
            return Results.Bytes(Css, "text/css");
        }).WithMetadata(PublicEndpoint.Because("it is the same for everyone"));

    private static byte[] Read()
    {
        using var stream = typeof(Stylesheet).Assembly.GetManifestResourceStream("billing.css")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
