using Billing.Api.Access;
using Billing.Api.Limits;
using NodaTime;

namespace Billing.Api.Http;

/// <summary>Lets a request in: a bearer token that is known and good, of a member whose role may use the endpoint.</summary>
public static class Admission
{
    private static readonly object CallerKey = new();

    public static async ValueTask<(Caller?, Problem?)> Admit(HttpContext http, Role who)
    {
        var limits = http.RequestServices.GetRequiredService<RateLimits>();
        if (Bearer(http) is not { } bearer)
            return (null, limits.ChargeAddress(http) ?? Unknown(http, "Send a token in the header Authorization: Bearer …."));
        var hash = Secrets.HashOf(bearer);
        if (limits.RefuseGuess(http, hash) is { } guess) return (null, guess);
        var (caller, fault) = await http.RequestServices.GetRequiredService<Bearers>().Find(http, bearer, hash);
        var tooMany = caller is null ? limits.ChargeAddress(http) : limits.Charge(http, caller);
        limits.NoteTry(http, hash, wasRight: caller is not null || fault is { Status: StatusCodes.Status400BadRequest });
        if (tooMany is not null) return (null, tooMany);
        if (caller is null)
            return (null, fault ?? Unknown(http, "The token is unknown, expired or revoked. Ask the practice's owner for another."));
        if ((caller.Role & who) == 0)
            return (null, Problem.Of(403, "role-not-allowed", $"This needs the role {Names(who)}; the token has {Names(caller.Role)}."));
        if (LacksScope(http, caller) is { } narrowed) return (null, narrowed);
        Keep(http, caller);
        return (caller, null);
    }

    /// <summary>
    /// A problem where the token was issued for less than the endpoint asks for. One that says nothing of scopes is for no token with some.
    /// </summary>
    private static Problem? LacksScope(HttpContext http, Caller caller)
    {
        if (caller.Scopes is not { } scopes) return null;
        var needed = http.GetEndpoint()?.Metadata.GetMetadata<NeededScope>();
        if (needed is not null && caller.Has(needed)) return null;
        var lacking = needed is null ? "a token without scopes" : $"the scope {needed.Name}";
        var had = scopes.Names is [] ? "none" : string.Join(", ", scopes.Names);
        return Problem.Of(403, "scope-not-allowed", $"This needs {lacking}; the token has {had}.");
    }

    /// <summary>Whoever was let in, if they would be now; null where the token is no longer good.</summary>
    internal static async ValueTask<Caller?> StillIn(HttpContext http)
    {
        var bearer = Bearer(http)!;
        return (await http.RequestServices.GetRequiredService<Bearers>().Find(http, bearer, Secrets.HashOf(bearer))).Caller;
    }

    /// <summary>The token that the request brings; null where it brings none that could be one.</summary>
    private static string? Bearer(HttpContext http)
    {
        const string scheme = "Bearer ";
        var header = http.Request.Headers.Authorization.ToString();
        return header.Length is >= 20 and <= IdentityTokens.MostCharacters && header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            ? header[scheme.Length..].Trim()
            : null;
    }

    /// <summary>Notes who was let in, and that the token was used.</summary>
    internal static void Keep(HttpContext http, Caller caller)
    {
        http.Items[CallerKey] = caller;
        var services = http.RequestServices;
        services.GetRequiredService<TokenUses>().Note(caller, services.GetRequiredService<IClock>().GetCurrentInstant());
    }

    /// <summary>Whoever was let in, or null before that.</summary>
    public static Caller? CallerOf(HttpContext http) => http.Items[CallerKey] as Caller;

    private static Problem Unknown(HttpContext http, string detail)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.Of(401, "not-authenticated", detail);
    }

    private static string Names(Role roles) => string.Join(" or ", Enum.GetValues<Role>()
        .Where(r => System.Numerics.BitOperations.PopCount((uint)r) == 1 && roles.HasFlag(r))
        .Select(r => r.ToString().ToLowerInvariant()));
}
