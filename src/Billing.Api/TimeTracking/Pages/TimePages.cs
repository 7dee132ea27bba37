using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Pages;
using Billing.Domain.TimeTracking;
using NodaTime;

namespace Billing.Api.TimeTracking.Pages;

/// <summary>Where somebody clocks their own hours by hand: start and stop, add, and look at the day and the week.</summary>
public static class TimePages
{
    public static void MapTimePages(this WebApplication app)
    {
        app.MapGet(TimePaths.Clock, (Delegate)Show).WithMetadata(PageSession.Why);
        Form(app, "start", form => form.Id("engagement") is { } engagement
            ? form.Send(
                new StartTimerBody(engagement, form.Text("note"), StartedAt: form.Moment("startedAt"), Id: form.Id("id")),
                call => TimerEndpoints.Start(call, stopsRunning: true))
            : new(PageRefusal.LeftEmpty));
        Form(app, "stop", form => form.Send(new StopTimerBody(form.Moment("endedAt")), TimerEndpoints.Stop));
        app.MapPost($"{TimePaths.Clock}/sync", (Delegate)Sync).WithMetadata(PageSession.Why);
        Form(app, "log", Log);
        app.MapWeekPages();
        app.MapEntryForms();
    }

    private static void Form(WebApplication app, string verb, Func<PageForm, ValueTask<PageRefusal?>> send) => app.MapPost(
        $"{TimePaths.Clock}/{verb}", (Delegate)(async Task<IResult> (HttpContext http) =>
        {
            var (form, instead) = await PageForm.Read(http, Role.Everyone);
            if (form is null) return instead!;
            if (await send(form) is not { } problem) return PageAnswers.See(http, EntryForms.Back(form));
            var said = verb == "log" ? form.Fields() : null;
            return Days.TryParse(form.Text("back"), out var day)
                ? EntryForms.Page(http, form.Caller, day, problem, said is null ? null : new SaidEntry(null, said, IsConflict: false))
                : await Page(http, form.Caller, problem, said);
        })).WithMetadata(PageSession.Why);

    /// <summary>A device chooses the id, so that what it sends again is not written twice.</summary>
    private static ValueTask<PageRefusal?> Log(PageForm form)
    {
        if (form.Id("engagement") is not { } engagement) return new(PageRefusal.LeftEmpty);
        var (time, unreadable) = SaidTime.Of(form, DateTimeZoneProviders.Tzdb[form.Caller.TimeZone], stored: null);
        if (time is null) return new(unreadable);
        return form.Send(
            new LogTimeBody(
                engagement, time.StartedAt, time.EndedAt, time.WorkedOn, Note: form.Text("note"), Id: form.Id("id"),
                Duration: time.Duration),
            TimeEndpoints.Log);
    }

    /// <summary>What a page kept without a connection, as devices send it to the API; refusals are in the page's language.</summary>
    private static async Task<IResult> Sync(HttpContext http)
    {
        if (!PageSession.IsOwnForm(http.Request) || !PageSession.Bear(http)) return PageAnswers.ToSignIn(http);
        var (report, problem) = await SyncEndpoint.Take(http);
        if (report is null) return problem!.AsResult();
        var words = PageWords.For(http.Request);
        return Results.Json(
            new SyncReport([.. report.Items.Select(item => item.Problem is { } why
                ? item with { Problem = why with { Detail = words.Why(PageRefusal.Of(why)) } }
                : item)]),
            ApiJson.Options);
    }

    private static async Task<IResult> Show(HttpContext http) => await PageSession.Find(http, Role.Everyone) is { } caller
        ? await Page(http, caller)
        : PageAnswers.ToSignIn(http);

    private static async Task<IResult> Page(
        HttpContext http, Caller caller, PageRefusal? problem = null, IReadOnlyDictionary<string, string>? said = null)
    {
        var call = new QueryCall(http, caller);
        if (await call.WaitForOwnWrites() is { } behind) return behind.AsResult();
        TimesheetWeek? wished = TimesheetWeek.TryParse(caller.MemberId, http.Request.Query["week"].ToString(), out var week) ? week : null;
        var words = PageWords.For(http.Request);
        return PageAnswers.Page<TimePage>(
            http,
            new
            {
                Words = words,
                Caller = caller,
                Time = TimeModel.Of(call, wished),
                Problem = problem is null ? null : words.Why(problem),
                Said = said,
            },
            problem is null ? 200 : 409, withScript: true);
    }
}
