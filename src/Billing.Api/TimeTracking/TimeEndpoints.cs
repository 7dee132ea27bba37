using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.TimeTracking;

/// <param name="AssistantId">Whose timer; left out, the caller's own.</param>
/// <param name="StartedAt">Left out, now.</param>
public sealed record StartTimerBody(
    Guid EngagementId, [property: Text(Wording.NoteMaxLength)] string? Note = null, bool Billable = true,
    Instant? StartedAt = null, Guid? Id = null, Guid? AssistantId = null);

/// <param name="EndedAt">Left out, now; a time in the past where stopping was forgotten.</param>
public sealed record StopTimerBody(Instant? EndedAt = null, Guid? AssistantId = null);

/// <summary>Either start and end, or the day and the duration.</summary>
/// <param name="AssistantId">Who worked; left out, the caller.</param>
public sealed record LogTimeBody(
    Guid EngagementId, Instant? StartedAt = null, Instant? EndedAt = null, LocalDate? WorkedOn = null,
    long? DurationSeconds = null, [property: Text(Wording.NoteMaxLength)] string? Note = null, bool Billable = true, Guid? Id = null,
    Guid? AssistantId = null);

public sealed record CorrectEntryBody(
    Guid EngagementId, Instant? StartedAt = null, Instant? EndedAt = null, LocalDate? WorkedOn = null,
    long? DurationSeconds = null, [property: Text(Wording.NoteMaxLength)] string? Note = null, bool Billable = true);

public sealed record WeekBody(Guid? AssistantId = null);

/// <param name="DurationSeconds">Elapsed time of the entry.</param>
public sealed record StoppedTimer(Guid Id, long Version, long? Position, long? DurationSeconds) : Receipt(Id, Version, Position);

public static class TimeEndpoints
{
    public static void MapTimeCommands(this IEndpointRouteBuilder v1)
    {
        v1.Command<StartTimerBody>("/timer:start", Role.Everyone, Start, (call, done) => Answers.Created(
            done, done.Find<TimesheetEvent.TimerStarted>()?.EntryId ?? call.Body.Id!.Value, "/v1/time-entries"));

        v1.Command<StopTimerBody>("/timer:stop", Role.Everyone, Stop, (call, done) =>
        {
            var stopped = done.Find<TimesheetEvent.TimerStopped>();
            return new Answer(new StoppedTimer(
                stopped?.EntryId ?? Guid.Empty, done.Version, Answers.Position(done), stopped?.DurationSeconds));
        }, afterOwnWrites: true);

        v1.Command<LogTimeBody>("/time-entries", Role.Everyone, Log, (call, done) => Answers.Created(
            done, done.Find<TimesheetEvent.TimeEntryLogged>()?.EntryId ?? call.Body.Id!.Value, "/v1/time-entries"));

        v1.Command<CorrectEntryBody>("/time-entries/{id:guid}:correct", Role.Everyone, Correct,
            (call, done) => Answers.Changed(done, call.RouteId()), afterOwnWrites: true);

        v1.Command<NoBody>("/time-entries/{id:guid}:remove", Role.Everyone, call => Entry(call) is { } week
                ? new RemoveEntryCommand(call.Context, week, new RemoveEntry(call.RouteId(), call.Now))
                : null,
            (call, done) => Answers.Changed(done, call.RouteId()), afterOwnWrites: true);

        v1.Command<WeekBody>("/weeks/{week}:hand-in", Role.Everyone, call => Week(call) is { } week
                ? new HandInWeekCommand(call.Context, new HandInWeek(week, Zone(call, week.AssistantId), call.Now))
                : null,
            (call, done) => Answers.Changed(done, AssistantOf(call, call.Body.AssistantId)));

        v1.Command<WeekBody>("/weeks/{week}:reopen", Role.Owner, call => Week(call) is { } week
                ? new ReopenWeekCommand(call.Context, week, new ReopenWeek(call.Now))
                : null,
            (call, done) => Answers.Changed(done, AssistantOf(call, call.Body.AssistantId)));
    }

    private static StartTimerCommand? Start(CommandCall<StartTimerBody> call)
    {
        if (Assistant(call, call.Body.AssistantId) is not { } assistant) return null;
        var wish = new StartTimer(
            call.IdOrNew(call.Body.Id), assistant, call.Body.EngagementId, call.Body.Note, call.Body.Billable,
            Zone(call, assistant), call.Body.StartedAt, call.Now);
        return IsFree(call, call.Body.Id, wish.Week) ? new StartTimerCommand(call.Context, wish) : null;
    }

    private static StopTimerCommand? Stop(CommandCall<StopTimerBody> call)
    {
        if (Assistant(call, call.Body.AssistantId) is not { } assistant) return null;
        if (Directory(call).RunningTimer(call.Caller.Book, assistant) is not { } timer)
        {
            call.Refuse(new Rejection("timer-not-running", "No timer is running. Start one, or log the time as an entry."));
            return null;
        }
        return new StopTimerCommand(
            call.Context, TimesheetWeek.Of(assistant, timer.WorkedOn), new StopTimer(timer.EntryId, call.Body.EndedAt, call.Now));
    }

    private static LogTimeCommand? Log(CommandCall<LogTimeBody> call)
    {
        var body = call.Body;
        if (Assistant(call, body.AssistantId) is not { } assistant) return null;
        if (Spent(call, body.StartedAt, body.EndedAt, body.WorkedOn, body.DurationSeconds) is not { } time) return null;
        var wish = new LogTime(
            call.IdOrNew(body.Id), assistant, body.EngagementId, time, body.Note, body.Billable, Zone(call, assistant), call.Now);
        return IsFree(call, body.Id, wish.Week) ? new LogTimeCommand(call.Context, wish) : null;
    }

    private static CorrectEntryCommand? Correct(CommandCall<CorrectEntryBody> call)
    {
        var body = call.Body;
        if (Entry(call) is not { } week) return null;
        if (Spent(call, body.StartedAt, body.EndedAt, body.WorkedOn, body.DurationSeconds) is not { } time) return null;
        return new CorrectEntryCommand(call.Context, new CorrectEntry(
            call.RouteId(), week, body.EngagementId, time, body.Note, body.Billable, call.Now));
    }

    /// <summary>A week knows the ids of its own entries and its neighbours'; an id of any other week is looked up.</summary>
    private static bool IsFree<TBody>(CommandCall<TBody> call, Guid? chosen, TimesheetWeek week)
    {
        if (chosen is not { } id || Directory(call).WeekOf(call.Caller.Book, id, call.Caller.MemberId) is not { } taken) return true;
        if (taken == week) return true;
        call.Refuse(new Rejection("id-taken", "There is a time entry with this id already; take a new id.", "/id"));
        return false;
    }

    private static TimeSpent? Spent<TBody>(
        CommandCall<TBody> call, Instant? startedAt, Instant? endedAt, LocalDate? workedOn, long? durationSeconds)
    {
        switch (startedAt, endedAt, workedOn, durationSeconds)
        {
            case ({ } start, { } end, null, null):
                return new TimeSpent.Between(start, end);
            case (null, null, { } day, { } seconds):
                return new TimeSpent.OnDay(day, seconds);
            default:
                call.Refuse(
                    "/startedAt", "time-incomplete", "Send startedAt and endedAt, or workedOn and durationSeconds; not parts of both.");
                return null;
        }
    }

    /// <summary>The week of the entry in the path, if it exists and the caller may touch it.</summary>
    private static TimesheetWeek? Entry<TBody>(CommandCall<TBody> call)
    {
        if (Directory(call).WeekOf(call.Caller.Book, call.RouteId(), call.Caller.MemberId) is not { } week)
        {
            call.Refuse(new Rejection("entry-unknown", "There is no such time entry. Check the id.", Kind: RejectionKind.NotFound));
            return null;
        }
        return Assistant(call, week.AssistantId) is null ? null : week;
    }

    private static TimesheetWeek? Week(CommandCall<WeekBody> call)
    {
        if (Assistant(call, call.Body.AssistantId) is not { } assistant) return null;
        if (TimesheetWeek.TryParse(assistant, (string?)call.Http.Request.RouteValues["week"], out var week)) return week;
        call.Refuse("week", "malformed", "A week is written as ISO 8601 has it, such as 2026-W14.");
        return null;
    }

    /// <summary>Whose time it is: assistants keep their own, owners and bookkeepers anyone's of the practice.</summary>
    private static Guid? Assistant<TBody>(CommandCall<TBody> call, Guid? wished)
    {
        var assistant = AssistantOf(call, wished);
        // Whose token is good has not left the practice.
        if (assistant == call.Caller.MemberId) return assistant;
        if (call.Caller.Role == Role.Assistant)
        {
            call.Refuse(new Rejection("not-own-time", "An assistant keeps their own time only.", Kind: RejectionKind.NotAllowed));
            return null;
        }
        if (Directory(call).Member(call.Caller.Book, assistant) is not null) return assistant;
        call.Refuse(new Rejection(
            "member-unknown", "There is no such member of this practice.", "/assistantId", RejectionKind.NotFound));
        return null;
    }

    private static Guid AssistantOf<TBody>(CommandCall<TBody> call, Guid? wished) => wished ?? call.Caller.MemberId;

    private static DateTimeZone Zone<TBody>(CommandCall<TBody> call, Guid assistant) =>
        DateTimeZoneProviders.Tzdb[assistant == call.Caller.MemberId
            ? call.Caller.TimeZone
            : Directory(call).Member(call.Caller.Book, assistant)!.TimeZone];

    private static TimeDirectory Directory<TBody>(CommandCall<TBody> call) =>
        call.Http.RequestServices.GetRequiredService<TimeDirectory>();
}
