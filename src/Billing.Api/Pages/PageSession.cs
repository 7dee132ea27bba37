using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Limits;

namespace Billing.Api.Pages;

/// <summary>
/// Who looks at a page: the bearer of a token that the browser keeps in a cookie. Scripts cannot read it, it goes to no other site,
/// and it is worth what the token is worth: revoking the token ends the session.
/// </summary>
public static class PageSession
{
    public const string Cookie = "billing-session";
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(14);

    /// <summary>Why a page takes no token from the header.</summary>
    public static readonly PublicEndpoint Why =
        PublicEndpoint.Because("a page asks for the token in the browser's cookie, and leads to the sign-in without one");

    /// <summary>The caller; null where nobody is signed in, or not in one of the roles.</summary>
    public static async ValueTask<Caller?> Find(HttpContext http, Role who)
    {
        if (http.Request.Cookies[Cookie] is not { Length: >= 20 and <= 200 } token) return null;
        var caller = await Known(http, token);
        return caller is { Scopes: null } && (caller.Role & who) != 0 ? caller : null;
    }

    /// <summary>Whether too many wrong tokens came from there for this one to be looked at.</summary>
    public static bool IsOneGuessTooMany(HttpContext http, string token) =>
        http.RequestServices.GetRequiredService<RateLimits>().RefuseGuess(http, Secrets.HashOf(token)) is not null;

    /// <summary>Keeps the token if it is good and was issued for all that its bearer may: pages show more than any scope names.</summary>
    public static async ValueTask<(Caller? Caller, SignInFault Fault)> Begin(HttpContext http, string token)
    {
        if (token.Length is < 20 or > 200 || await Known(http, token) is not { } caller) return (null, SignInFault.Unknown);
        if (caller.Scopes is not null) return (null, SignInFault.Scoped);
        http.Response.Cookies.Append(Cookie, token, Options(http, KeptFor));
        return (caller, SignInFault.None);
    }

    /// <summary>Sends the cookie's token as the API takes it.</summary>
    public static bool Bear(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: >= 20 and <= 200 } token) return false;
        http.Request.Headers.Authorization = $"Bearer {token}";
        return true;
    }

    public static void End(HttpContext http) => http.Response.Cookies.Delete(Cookie, Options(http, null));

    /// <summary>
    /// Whether a form was sent from a page of ours. A browser says so itself, and no page can make it say otherwise.
    /// </summary>
    public static bool IsOwnForm(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site) return site == "same-origin";
        return Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin)
            && origin.Authority == request.Host.Value;
    }

    private static async ValueTask<Caller?> Known(HttpContext http, string token)
    {
        var limits = http.RequestServices.GetRequiredService<RateLimits>();
        var hash = Secrets.HashOf(token.Trim());
        if (limits.RefuseGuess(http, hash) is not null) return null;
        var caller = await http.RequestServices.GetRequiredService<TokenDirectory>().Find(hash, http.RequestAborted);
        limits.NoteTry(http, hash, caller is not null);
        if (caller is not null) Admission.Keep(http, caller);
        return caller;
    }

    private static CookieOptions Options(HttpContext http, TimeSpan? age) => new()
    {
        HttpOnly = true,
        Secure = http.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = age,
        IsEssential = true,
    };
}

/// <summary>Why a token signs nobody in.</summary>
public enum SignInFault
{
    None,
    Unknown,

    /// <summary>It may do less than its bearer.</summary>
    Scoped,
}
