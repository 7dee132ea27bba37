using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain.TimeTracking;
using Billing.Projections.TimeTracking;

namespace Billing.Api.TimeTracking;

/// <summary>Assistants see their own time; owners and bookkeepers everyone's.</summary>
public static class TimeQueryEndpoints
{
    public static void MapTimeQueries(this IEndpointRouteBuilder v1)
    {
        v1.Query<TimerView>("/timer", Role.Everyone, call =>
        {
            if (!MaySee(call, call.Id("assistant"), out var assistant, out var problem)) return new(problem!);
            return new(new TimerView(call.Service<TimeQueries>().RunningTimer(call.Book, assistant)));
        }, "assistant");

        v1.Query<ListView<TimeEntryView>>("/time-entries", Role.Everyone, call =>
        {
            var wished = call.Id("assistant");
            if (call.Caller.Role == Role.Assistant) wished ??= call.Caller.MemberId;
            if (wished is not null && !MaySee(call, wished, out _, out var problem)) return new(problem!);
            var filter = new TimeEntryFilter(
                call.Id("client"), call.Id("engagement"), wished, call.Date("from"), call.Date("to")?.PlusDays(1), call.Flag("billed"));
            return new(call.Paged(call.Service<TimeQueries>().Entries(call.Book, filter, call.Page())));
        }, "client", "engagement", "assistant", "from", "to", "billed", "cursor", "limit");

        v1.Query<TimeEntryView>("/time-entries/{id:guid}", Role.Everyone, call =>
        {
            var view = call.Service<TimeQueries>().Entry(call.Book, call.RouteId());
            if (view is not null && call.Caller.Role == Role.Assistant && view.AssistantId != call.Caller.MemberId) view = null;
            return new(Lists.One(view, "time entry", found => found.Version));
        });

        v1.Query<WeekView>("/weeks/{week}", Role.Everyone, call =>
        {
            if (!MaySee(call, call.Id("assistant"), out var assistant, out var problem)) return new(problem!);
            if (!TimesheetWeek.TryParse(assistant, (string?)call.Http.Request.RouteValues["week"], out var week))
            {
                var fault = new FieldProblem("week", "malformed", "A week is written as ISO 8601 has it, such as 2026-W14.");
                return new(Problem.BadRequest([fault]));
            }
            return new(Lists.One(call.Service<TimeQueries>().Week(call.Book, week), "week", view => view.Version));
        }, "assistant");
    }

    private static bool MaySee(QueryCall call, Guid? wished, out Guid assistant, out Problem? problem)
    {
        assistant = wished ?? call.Caller.MemberId;
        problem = call.Caller.Role == Role.Assistant && assistant != call.Caller.MemberId
            ? Problem.Of(403, "not-own-time", "An assistant sees their own time only.")
            : null;
        return problem is null;
    }
}

/// <param name="Running">Null while no timer runs.</param>
public sealed record TimerView(RunningTimerView? Running);
