using Billing.Api.Http;
using Billing.Api.Pages;
using Billing.Domain.Access;
using NodaTime;

namespace Billing.Api.Access.Pages;

/// <summary>Where somebody works: the zone in which the days and times that they clock are counted.</summary>
public static class ZonePages
{
    public const string Path = "/zone";

    public static void MapZonePages(this WebApplication app)
    {
        app.MapGet(Path, (Delegate)Show).WithMetadata(PageSession.Why);
        app.MapPost(Path, (Delegate)Choose).WithMetadata(PageSession.Why);
    }

    private static async Task<IResult> Show(HttpContext http) => await PageSession.Find(http, Role.Everyone) is { } caller
        ? await Page(http, caller)
        : PageAnswers.ToSignIn(http);

    private static async Task<IResult> Choose(HttpContext http)
    {
        var (form, instead) = await PageForm.Read(http, Role.Everyone);
        if (form is null) return instead!;
        var problem = form.Text("zone") is { } zone
            ? await form.Send(new MoveMemberBody(zone), call => new MoveMemberCommand(
                call.Context, new MoveMember(call.Caller.MemberId, zone, call.Now)))
            : PageRefusal.LeftEmpty;
        return problem is null ? PageAnswers.See(http, "/time") : await Page(http, form.Caller, problem);
    }

    private static async Task<IResult> Page(HttpContext http, Caller caller, PageRefusal? problem = null)
    {
        var call = new QueryCall(http, caller);
        if (await call.WaitForOwnWrites() is { } behind) return behind.AsResult();
        var words = PageWords.For(http.Request);
        return PageAnswers.Page<ZonePage>(
            http,
            new
            {
                Words = words,
                Caller = caller,
                Now = call.Now.InZone(DateTimeZoneProviders.Tzdb[caller.TimeZone]).LocalDateTime,
                FormKey = call.Service<Func<Guid>>()().ToString("D"),
                Problem = problem is null ? null : words.Why(problem),
            },
            problem is null ? 200 : 409);
    }
}
