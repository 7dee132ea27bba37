using System.Security.Cryptography;
using Billing.Api.Http;
using Scalar.AspNetCore;

namespace Billing.Api.Description;

/// <summary>
/// The API's description for people to read and try, by Scalar. Its scripts come out of the package, through this server; the page
/// asks nobody else for anything.
/// </summary>
internal static class ReferencePage
{
    public const string Address = "/docs";
    private const int NonceBytes = 16;

    public static void MapReference(this IEndpointRouteBuilder app) => app.MapScalarApiReference(Address, Describe)
        .WithMetadata(PublicEndpoint.Because("it is the same for everyone"));

    private static void Describe(ScalarOptions options, HttpContext http)
    {
        options.Title = "Billing";
        options.OpenApiRoutePattern = ApiDescription.Address;
        options.DefaultFonts = false;
        options.Telemetry = false;
        options.HideClientButton = true;
        options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
        options.Agent = new ScalarAgentOptions { Disabled = true };
        options.Mcp = new ScalarMcpOptions { Disabled = true };
        // The page begins with a line of script of its own, and Scalar sets styles as it goes.
        options.Nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceBytes));
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self' 'nonce-{options.Nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
            + "font-src 'self' data:; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
    }
}
