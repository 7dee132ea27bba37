using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Past;
using Billing.Domain.Access;
using Billing.Domain.TimeTracking;
using Billing.Projections.Access;
using Billing.Projections.TimeTracking;
using NodaTime;

namespace Billing.Api.TimeTracking;

/// <summary>Assistants see their own time; owners and bookkeepers everyone's.</summary>
public static class TimeQueryEndpoints
{
    private static readonly Dictionary<string, WeekStatus> Statuses = new(StringComparer.Ordinal)
    {
        ["handed-in"] = WeekStatus.HandedIn,
        ["approved"] = WeekStatus.Approved,
        ["returned"] = WeekStatus.Returned,
    };

    public static void MapTimeQueries(this IEndpointRouteBuilder v1)
    {
        v1.Query<TimerView>("/timer", Role.Everyone, call =>
        {
            if (!MaySee(call, call.Id("assistant"), out var assistant, out var problem)) return new(problem!);
            var timer = call.Service<TimeQueries>().RunningTimer(call.Book, assistant);
            return new(timer is null ? TimerView.None : TimerView.Of(timer, Policy(call), call.Now));
        }, "assistant");

        v1.Query<ListView<TimerView>>("/timers", Role.Owner | Role.Bookkeeper, call =>
        {
            var (policy, wished) = (Policy(call), call.Flag("forgotten"));
            var timers = call.Service<TimeQueries>().RunningTimers(call.Book).Select(timer => TimerView.Of(timer, policy, call.Now));
            return new(Lists.All([.. timers.Where(timer => wished is null || timer.Forgotten == wished)]));
        }, "forgotten");

        v1.Query<ListView<TimeEntryView>>("/time-entries", Role.Everyone, call =>
        {
            var wished = call.Id("assistant");
            if (call.Caller.Role == Role.Assistant) wished ??= call.Caller.MemberId;
            if (wished is not null && !MaySee(call, wished, out _, out var problem)) return new(problem!);
            var filter = new TimeEntryFilter(
                call.Id("client"), call.Id("engagement"), wished, call.Date("from"), call.Date("to")?.PlusDays(1), call.Flag("billed"),
                call.Text("tag"));
            return new(call.Paged(call.Service<TimeQueries>().Entries(call.Book, filter, call.Page())));
        }, "client", "engagement", "assistant", "from", "to", "billed", "tag", "cursor", "limit", AsOf.Known);

        v1.Query<TimeEntryView>("/time-entries/{id:guid}", Role.Everyone, call =>
        {
            var view = call.Service<TimeQueries>().Entry(call.Book, call.RouteId());
            if (view is not null && call.Caller.Role == Role.Assistant && view.AssistantId != call.Caller.MemberId) view = null;
            return new(Lists.One(view, "time entry", found => found.Version));
        }, AsOf.Known);

        v1.Query<ListView<WeekStatusView>>("/weeks", Role.Owner | Role.Bookkeeper, call =>
        {
            var status = call.OneOf("status", Statuses.Keys) is { } said ? Statuses[said] : WeekStatus.HandedIn;
            return new(Lists.All(call.Service<TimeQueries>().Weeks(call.Book, status)));
        }, "status", AsOf.Known);

        v1.Query<WeekView>("/weeks/{week}", Role.Everyone, call =>
        {
            if (!MaySee(call, call.Id("assistant"), out var assistant, out var problem)) return new(problem!);
            if (!TimesheetWeek.TryParse(assistant, (string?)call.Http.Request.RouteValues["week"], out var week))
            {
                var fault = new FieldProblem("week", "malformed", "A week is written as ISO 8601 has it, such as 2026-W14.");
                return new(Problem.BadRequest([fault]));
            }
            return new(Lists.One(call.Service<TimeQueries>().Week(call.Book, week), "week", view => view.Version));
        }, "assistant", AsOf.Known);
    }

    private static TimekeepingPolicy Policy(QueryCall call) =>
        call.Service<AccessQueries>().Business(call.Book)?.Timekeeping ?? TimekeepingPolicy.Default;

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
/// <param name="Since">When it was started.</param>
/// <param name="ElapsedSeconds">How long it runs by now.</param>
/// <param name="Forgotten">Whether it runs longer than the practice's policy takes for work.</param>
/// <param name="Proposed">What the policy proposes for a forgotten one.</param>
public sealed record TimerView(
    RunningTimerView? Running, Instant? Since, long? ElapsedSeconds, bool Forgotten, ProposedCut? Proposed)
{
    public static TimerView None { get; } = new(null, null, null, Forgotten: false, null);

    public static TimerView Of(RunningTimerView timer, TimekeepingPolicy policy, Instant now)
    {
        var isForgotten = ForgottenTimer.Is(timer.StartedAt, policy, now);
        var endedAt = ForgottenTimer.CutAt(timer.StartedAt, policy, now);
        return new TimerView(
            timer, timer.StartedAt, Seconds(now), isForgotten,
            isForgotten ? new ProposedCut("cut", endedAt, Seconds(endedAt), DurationText.Of(Seconds(endedAt))) : null);

        long Seconds(Instant until) => until.ToUnixTimeSeconds() - timer.StartedAt.ToUnixTimeSeconds();
    }
}

/// <param name="Resolution">As <c>timer:resolve</c> takes it.</param>
/// <param name="Duration">As people write it.</param>
public sealed record ProposedCut(string Resolution, Instant EndedAt, long DurationSeconds, string Duration);
