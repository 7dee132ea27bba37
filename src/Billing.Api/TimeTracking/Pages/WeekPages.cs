using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Pages;
using Billing.Domain.TimeTracking;
using NodaTime;

namespace Billing.Api.TimeTracking.Pages;

/// <summary>The week that is typed into: all of what was typed is saved, or nothing of it.</summary>
internal static class WeekPages
{
    private const string Path = $"{TimePaths.Clock}/week";

    public static void MapWeekPages(this WebApplication app)
    {
        app.MapGet(Path, (Delegate)Choose).WithMetadata(PageSession.Why);
        app.MapGet($"{Path}/{{week}}", (Delegate)Show).WithMetadata(PageSession.Why);
        app.MapPost($"{Path}/{{week}}", (Delegate)Save).WithMetadata(PageSession.Why);
        app.MapPost($"{Path}/{{week}}/hand-in", (Delegate)HandIn).WithMetadata(PageSession.Why);
    }

    /// <summary>Leads to the week of a day, or to this one.</summary>
    private static async Task<IResult> Choose(HttpContext http) => await PageSession.Find(http, Role.Everyone) is { } caller
        ? PageAnswers.See(http, TimePaths.Week(WeekOf(http, caller)))
        : PageAnswers.ToSignIn(http);

    private static async Task<IResult> Show(HttpContext http, string week)
    {
        var (call, instead) = await PageCall.For(http, Role.Everyone);
        if (call is null) return instead!;
        return TimesheetWeek.TryParse(call.Caller.MemberId, week, out var shown)
            ? Page(http, call.Caller, shown)
            : PageAnswers.See(http, Path);
    }

    private static async Task<IResult> Save(HttpContext http, string week)
    {
        var (form, instead) = await PageForm.Read(http, Role.Everyone);
        if (form is null) return instead!;
        if (!TimesheetWeek.TryParse(form.Caller.MemberId, week, out var shown)) return PageAnswers.See(http, Path);
        var grid = GridForm.Read(form);
        return await grid.Save(form, new QueryCall(http, form.Caller), shown)
            ? PageAnswers.See(http, $"{TimePaths.Week(shown)}?saved")
            : Page(http, form.Caller, shown, grid.Problem, grid);
    }

    private static async Task<IResult> HandIn(HttpContext http, string week)
    {
        var (form, instead) = await PageForm.Read(http, Role.Everyone);
        if (form is null) return instead!;
        if (!TimesheetWeek.TryParse(form.Caller.MemberId, week, out var shown)) return PageAnswers.See(http, Path);
        var problem = await form.Send(new WeekBody(), WeekEndpoints.HandIn);
        return problem is null ? PageAnswers.See(http, TimePaths.Week(shown)) : Page(http, form.Caller, shown, problem);
    }

    private static TimesheetWeek WeekOf(HttpContext http, Caller caller)
    {
        if (!Days.TryParse(http.Request.Query["day"].ToString(), out var day))
            day = new QueryCall(http, caller).Now.InZone(DateTimeZoneProviders.Tzdb[caller.TimeZone]).Date;
        return TimesheetWeek.Of(caller.MemberId, day);
    }

    private static IResult Page(
        HttpContext http, Caller caller, TimesheetWeek week, PageRefusal? problem = null, GridForm? grid = null)
    {
        var words = PageWords.For(http.Request);
        var time = WeekModel.Of(new QueryCall(http, caller), week);
        // Where the whole week is closed meanwhile, each cell would say the same.
        if (!time.IsOpen && problem?.Parts is [var part, ..]) problem = part;
        return PageAnswers.Page<WeekPage>(
            http,
            new
            {
                Words = words,
                Caller = caller,
                Time = time,
                Problem = problem is null ? null : words.Why(problem),
                Grid = grid,
                IsSaved = problem is null && http.Request.Query.ContainsKey("saved"),
            },
            problem is null ? 200 : 409, withScript: true);
    }
}
