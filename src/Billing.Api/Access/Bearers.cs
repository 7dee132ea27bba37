using Billing.Api.Http;

namespace Billing.Api.Access;

/// <summary>Who a bearer is: of a token of ours, or of one by which the identity provider vouches for somebody who is linked.</summary>
public sealed class Bearers(TokenDirectory tokens, IdentityTokens identities)
{
    /// <summary>Names the practice, for who belongs to several by one identity.</summary>
    public const string PracticeHeader = "Billing-Business";

    /// <summary>Either who it is, or what is wrong; neither for a token that is unknown.</summary>
    /// <param name="hash">Of the bearer's token.</param>
    public async ValueTask<(Caller? Caller, Problem? Fault)> Find(HttpContext http, string bearer, string hash)
    {
        if (!identities.LooksLikeOne(bearer)) return (await tokens.Find(hash, http.RequestAborted), null);
        var (identity, why) = await identities.Verify(bearer, http.RequestAborted);
        if (identity is null) return (null, Unknown(http, $"The identity provider's token is not good: {why}. Sign in there anew."));
        var callers = await tokens.FindIdentity(identity.Hash, http.RequestAborted);
        if (http.Request.Headers.TryGetValue(PracticeHeader, out var practice))
            callers = [.. callers.Where(caller => string.Equals($"{caller.Book}", practice, StringComparison.OrdinalIgnoreCase))];
        return callers switch
        {
            [] => (null, Unknown(http, "This identity is linked to no member here. Sign in with a token, and send POST /v1/identities.")),
            [var caller] => (caller with { Scopes = identity.Scopes }, null),
            _ => (null, Problem.BadRequest([new FieldProblem(
                PracticeHeader, "required", "This identity belongs to several practices; name the id of the one that is meant.")])),
        };
    }

    private static Problem Unknown(HttpContext http, string detail)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return Problem.Of(401, "not-authenticated", detail);
    }
}
