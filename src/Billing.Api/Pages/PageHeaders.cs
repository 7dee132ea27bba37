namespace Billing.Api.Pages;

/// <summary>What every page that a link opens is sent with.</summary>
public static class PageHeaders
{
    /// <summary>Nothing of the page is kept by caches, framed, or told to other sites.</summary>
    /// <param name="formsTo">Where its forms may lead; what pays leads on to the processor, so by default anywhere.</param>
    /// <param name="withScript">Whether it may run a script of ours, which may then ask this server.</param>
    public static void Guard(HttpContext http, string formsTo = "*", bool withScript = false)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'self'; img-src 'self'; form-action {formsTo}; frame-ancestors 'none'; base-uri 'none'"
            + (withScript ? "; script-src 'self'; connect-src 'self'; worker-src 'self'" : "");
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
    }
}
