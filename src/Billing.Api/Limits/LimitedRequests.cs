using Billing.Api.Access;
using Billing.Api.Http;

namespace Billing.Api.Limits;

/// <summary>Counts whatever brings no token before it is looked at. What brings one is counted once it is known whose it is.</summary>
public static class LimitedRequests
{
    public static void UseRateLimits(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<RateLimits>();
        app.Use(next => http => Refuse(limits, http) is { } problem ? problem.Write(http) : next(http));
    }

    private static Problem? Refuse(RateLimits limits, HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<AllowedRoles>() is not null) return null;
        var guess = http.Request.RouteValues.TryGetValue("secret", out var secret)
            ? limits.RefuseGuess(http, Secrets.HashOf((string)secret!))
            : null;
        return guess ?? limits.ChargeAddress(http);
    }
}
