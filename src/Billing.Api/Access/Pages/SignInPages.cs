using Billing.Api.Http;
using Billing.Api.Pages;

namespace Billing.Api.Access.Pages;

/// <summary>Where a browser is given a token to keep, and where it forgets it.</summary>
public static class SignInPages
{
    private const int MostFormBytes = 4 * 1024;

    public static void MapSignIn(this WebApplication app)
    {
        app.MapGet("/", (Delegate)Front).WithMetadata(PageSession.Why);
        app.MapGet(PageAnswers.SignInPath, (HttpContext http) => Ask(http)).WithMetadata(PageSession.Why);
        app.MapPost(PageAnswers.SignInPath, (Delegate)SignIn).WithMetadata(PageSession.Why);
        app.MapPost("/sign-out", (Delegate)SignOut).WithMetadata(PageSession.Why);
    }

    private static async Task<IResult> Front(HttpContext http) =>
        await PageSession.Find(http, Role.Everyone) is { } caller ? PageAnswers.See(http, FirstPage(caller)) : PageAnswers.ToSignIn(http);

    private static async Task<IResult> SignIn(HttpContext http)
    {
        if (!PageSession.IsOwnForm(http.Request)
            || await RequestForm.Read(http.Request, MostFormBytes, http.RequestAborted) is not { } form)
            return Ask(http, "sign-in.failed", 401);
        var token = form["token"].ToString().Trim();
        if (PageSession.IsOneGuessTooMany(http, token)) return Ask(http, "sign-in.too-many", 429);
        return await PageSession.Begin(http, token) switch
        {
            ({ } caller, _) => PageAnswers.See(http, FirstPage(caller)),
            (_, SignInFault.Scoped) => Ask(http, "sign-in.scoped", 403),
            _ => Ask(http, "sign-in.failed", 401),
        };
    }

    private static Task<IResult> SignOut(HttpContext http)
    {
        if (PageSession.IsOwnForm(http.Request)) PageSession.End(http);
        return Task.FromResult(PageAnswers.ToSignIn(http));
    }

    private static string FirstPage(Caller caller) => caller.Role == Role.Assistant ? "/time" : "/home";

    /// <param name="fault">The wording that says why nobody was signed in; null where nobody tried.</param>
    private static IResult Ask(HttpContext http, string? fault = null, int status = 200) => PageAnswers.Page<SignInPage>(
        http, new { Words = PageWords.For(http.Request), Fault = fault }, status);
}
