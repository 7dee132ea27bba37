using Billing.Api.Access;
using Billing.Api.Http;

namespace Billing.Api.Pages.Home;

/// <summary>The first page of whoever keeps the practice.</summary>
public static class HomePages
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapHomePage(this WebApplication app) =>
        app.MapGet("/home", (Delegate)Show).WithMetadata(PageSession.Why);

    private static async Task<IResult> Show(HttpContext http)
    {
        if (await PageSession.Find(http, Keepers) is not { } caller) return PageAnswers.ToSignIn(http);
        var call = new QueryCall(http, caller);
        if (await call.WaitForOwnWrites() is { } behind) return behind.AsResult();
        return PageAnswers.Page<HomePage>(
            http, new { Words = PageWords.For(http.Request), Caller = caller, Home = await HomeModel.Of(call) });
    }
}
