using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain;
using Billing.Domain.TimeTracking;
using NodaTime;

namespace Billing.Api.TimeTracking;

/// <summary>What requests about time have in common: whose time it is, where it is kept, and how long it took.</summary>
internal static class TimeCalls
{
    /// <summary>Whose time it is: assistants keep their own, owners and bookkeepers anyone's of the practice.</summary>
    public static Guid? Assistant<TBody>(this CommandCall<TBody> call, Guid? wished)
    {
        var assistant = call.AssistantOf(wished);
        // Whose token is good has not left the practice.
        if (assistant == call.Caller.MemberId) return assistant;
        if (call.Caller.Role == Role.Assistant)
        {
            call.Refuse(new Rejection("not-own-time", "An assistant keeps their own time only.", Kind: RejectionKind.NotAllowed));
            return null;
        }
        if (call.Directory().Member(call.Caller.Book, assistant) is not null) return assistant;
        call.Refuse(new Rejection(
            "member-unknown", "There is no such member of this practice.", "/assistantId", RejectionKind.NotFound));
        return null;
    }

    public static Guid AssistantOf<TBody>(this CommandCall<TBody> call, Guid? wished) => wished ?? call.Caller.MemberId;

    public static DateTimeZone Zone<TBody>(this CommandCall<TBody> call, Guid assistant) =>
        DateTimeZoneProviders.Tzdb[assistant == call.Caller.MemberId
            ? call.Caller.TimeZone
            : call.Directory().Member(call.Caller.Book, assistant)!.TimeZone];

    public static TimeDirectory Directory<TBody>(this CommandCall<TBody> call) =>
        call.Http.RequestServices.GetRequiredService<TimeDirectory>();

    /// <summary>A week knows the ids of its own entries and its neighbours'; an id of any other week is looked up.</summary>
    public static bool IsFree<TBody>(this CommandCall<TBody> call, Guid? chosen, TimesheetWeek week, string field = "/id")
    {
        if (chosen is not { } id) return true;
        if (call.Directory().WeekOf(call.Caller.Book, id) is not { } taken || taken == week) return true;
        call.Refuse(new Rejection("id-taken", "There is a time entry with this id already; take a new id.", field));
        return false;
    }

    /// <summary>The week of an entry, if it exists and the caller may touch it.</summary>
    public static TimesheetWeek? Entry<TBody>(this CommandCall<TBody> call, Guid entryId, string? field = null)
    {
        if (call.Directory().WeekOf(call.Caller.Book, entryId) is not { } week)
        {
            call.Refuse(new Rejection(
                "entry-unknown", "There is no such time entry. Check the id.", field, RejectionKind.NotFound));
            return null;
        }
        return call.Assistant(week.AssistantId) is null ? null : week;
    }

    /// <summary>The assistant's week in the path.</summary>
    public static TimesheetWeek? Week<TBody>(this CommandCall<TBody> call, Guid? wished)
    {
        if (call.Assistant(wished) is not { } assistant) return null;
        if (TimesheetWeek.TryParse(assistant, (string?)call.Http.Request.RouteValues["week"], out var week)) return week;
        call.Refuse("week", "malformed", "A week is written as ISO 8601 has it, such as 2026-W14.");
        return null;
    }

    /// <summary>The timer of the request's assistant; refuses where none runs.</summary>
    public static (TimesheetWeek Week, RunningTimer Timer)? Running<TBody>(this CommandCall<TBody> call, Guid? wished)
    {
        if (call.Assistant(wished) is not { } assistant) return null;
        if (call.Directory().RunningTimer(call.Caller.Book, assistant) is { } timer)
            return (TimesheetWeek.Of(assistant, timer.WorkedOn), timer);
        call.Refuse(new Rejection("timer-not-running", "No timer is running. Start one, or log the time as an entry."));
        return null;
    }

    public static TimeSpent? Spent<TBody>(this CommandCall<TBody> call, SpentBody time)
    {
        var (spent, refusal) = time.Read();
        if (refusal is not null) call.Refuse(refusal);
        return spent;
    }

    private static void Refuse<TBody>(this CommandCall<TBody> call, FieldProblem problem) =>
        call.Refuse(problem.Pointer, problem.Code, problem.Detail);
}

/// <summary>Either start and end, or the day and the duration in seconds or as people write it.</summary>
internal sealed record SpentBody(
    Instant? StartedAt, Instant? EndedAt, LocalDate? WorkedOn, long? DurationSeconds, string? Duration)
{
    public (TimeSpent? Time, FieldProblem? Problem) Read()
    {
        switch (StartedAt, EndedAt, WorkedOn, DurationSeconds, Duration)
        {
            case ({ } start, { } end, null, null, null):
                return (new TimeSpent.Between(start, end), null);
            case (null, null, { } day, { } seconds, null):
                return (new TimeSpent.OnDay(day, seconds), null);
            case (null, null, { } day, null, { } text):
                return DurationText.Read(text, "/duration", out var read) is { Field: { } field } refusal
                    ? (null, new FieldProblem(field, refusal.Code, refusal.Detail))
                    : (new TimeSpent.OnDay(day, read), null);
            default:
                return (null, new FieldProblem(
                    "/startedAt", "time-incomplete",
                    "Send startedAt and endedAt, or workedOn and one of durationSeconds and duration; not parts of both."));
        }
    }
}
