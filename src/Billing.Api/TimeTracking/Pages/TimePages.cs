using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Pages;
using Billing.Domain.TimeTracking;

namespace Billing.Api.TimeTracking.Pages;

/// <summary>Where somebody clocks their own hours by hand: start and stop, add, look at the week, hand it in.</summary>
public static class TimePages
{
    private const string Path = "/time";

    public static void MapTimePages(this WebApplication app)
    {
        app.MapGet(Path, (Delegate)Show).WithMetadata(PageSession.Why);
        Form(app, "start", form => form.Id("engagement") is { } engagement
            ? form.Send(
                new StartTimerBody(engagement, form.Text("note"), StartedAt: form.Moment("startedAt"), Id: form.Id("id")),
                call => TimerEndpoints.Start(call, stopsRunning: true))
            : Missing());
        Form(app, "stop", form => form.Send(new StopTimerBody(form.Moment("endedAt")), TimerEndpoints.Stop));
        app.MapPost($"{Path}/sync", (Delegate)Sync).WithMetadata(PageSession.Why);
        Form(app, "log", form => form.Id("engagement") is { } engagement
            && Days.TryParse(form.Text("day"), out var day) && form.Text("duration") is { } duration
                ? form.Send(
                    new LogTimeBody(engagement, WorkedOn: day, Note: form.Text("note"), Duration: duration), TimeEndpoints.Log)
                : Missing());
        Form(app, "hand-in", form => form.Send(new WeekBody(), call =>
        {
            if (!TimesheetWeek.TryParse(call.Caller.MemberId, form.Text("week"), out var week))
            {
                call.Refuse("week", "malformed", "A week is written as ISO 8601 has it, such as 2026-W14.");
                return null;
            }
            return new HandInWeekCommand(call.Context, new HandInWeek(week, call.Zone(week.AssistantId), call.Now));
        }));
    }

    private static void Form(WebApplication app, string verb, Func<PageForm, ValueTask<string?>> send) => app.MapPost(
        $"{Path}/{verb}", (Delegate)(async Task<IResult> (HttpContext http) =>
        {
            var (form, instead) = await PageForm.Read(http, Role.Everyone);
            if (form is null) return instead!;
            return await send(form) is { } problem ? await Page(http, form.Caller, problem) : PageAnswers.See(http, Path);
        })).WithMetadata(PageSession.Why);

    /// <summary>What a page kept while there was no connection, as devices send it to the API.</summary>
    private static Task<IResult> Sync(HttpContext http) => PageSession.IsOwnForm(http.Request) && PageSession.Bear(http)
        ? SyncEndpoint.Handle(http)
        : Task.FromResult(PageAnswers.ToSignIn(http));

    private static async Task<IResult> Show(HttpContext http) => await PageSession.Find(http, Role.Everyone) is { } caller
        ? await Page(http, caller, null)
        : PageAnswers.ToSignIn(http);

    private static async Task<IResult> Page(HttpContext http, Caller caller, string? problem)
    {
        var call = new QueryCall(http, caller);
        if (await call.WaitForOwnWrites() is { } behind) return behind.AsResult();
        TimesheetWeek? wished = TimesheetWeek.TryParse(caller.MemberId, http.Request.Query["week"].ToString(), out var week) ? week : null;
        return PageAnswers.Page<TimePage>(
            http,
            new { Words = PageWords.For(http.Request), Caller = caller, Time = TimeModel.Of(call, wished), Problem = problem },
            problem is null ? 200 : 409, withScript: true);
    }

    private static ValueTask<string?> Missing() => new("Something that is needed was left empty. Fill it in and send it again.");
}
