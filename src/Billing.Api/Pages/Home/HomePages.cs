using Billing.Api.Access;

namespace Billing.Api.Pages.Home;

/// <summary>The first page of whoever keeps the practice.</summary>
public static class HomePages
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapHomePage(this WebApplication app) =>
        app.MapGet("/home", (Delegate)Show).WithMetadata(PageSession.Why);

    private static async Task<IResult> Show(HttpContext http)
    {
        var (call, instead) = await PageCall.For(http, Keepers);
        if (call is null) return instead!;
        var words = PageWords.For(http.Request);
        return PageAnswers.Page<HomePage>(http, new { Words = words, call.Caller, Home = await HomeModel.Of(call, words) });
    }
}
