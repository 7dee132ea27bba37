using Billing.Api.Hosting;

namespace Billing.Api.Http;

/// <summary>Addresses under which others reach this server: the configured one, or the one that the request came to.</summary>
public static class PublicAddress
{
    public static Uri Of(HttpContext http, string path)
    {
        var options = http.RequestServices.GetRequiredService<BillingOptions>();
        return new Uri(options.PublicUrl ?? new Uri($"{http.Request.Scheme}://{http.Request.Host}"), path);
    }
}
