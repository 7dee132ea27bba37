using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Past;

namespace Billing.Api.Pages;

/// <summary>What a page asks the books, for whoever is signed in.</summary>
internal static class PageCall
{
    /// <summary>Either a call that sees what its caller wrote last, or what is answered instead of the page.</summary>
    /// <param name="who">Others are led to the sign-in.</param>
    public static async ValueTask<(QueryCall? Call, IResult? Instead)> For(HttpContext http, Role who)
    {
        if (await PageSession.Find(http, who) is not { } caller) return (null, PageAnswers.ToSignIn(http));
        var call = new QueryCall(http, caller);
        if (await call.WaitForOwnWrites() is { } behind) return (null, behind.AsResult());
        return http.GetEndpoint()?.Metadata.GetMetadata<QueryParameters>() is { } parameters
            && await Knowledge.Enter(call, parameters) is { } unknowable
                ? (null, unknowable.AsResult())
                : (call, null);
    }
}
