using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.TimeTracking;

/// <summary>Either start and end, or the day and the duration.</summary>
/// <param name="Duration">As people write it: <c>2.5</c>, <c>2h 30min</c>, <c>1:30</c>; instead of the seconds.</param>
/// <param name="AssistantId">Who worked; left out, the caller.</param>
public sealed record LogTimeBody(
    Guid EngagementId, Instant? StartedAt = null, Instant? EndedAt = null, LocalDate? WorkedOn = null,
    long? DurationSeconds = null, [property: Text(Wording.NoteMaxLength)] string? Note = null, bool Billable = true, Guid? Id = null,
    Guid? AssistantId = null, [property: Text(50)] string? Duration = null,
    [property: Text(TagList.TagMaxLength)] IReadOnlyList<string>? Tags = null);

/// <inheritdoc cref="LogTimeBody"/>
public sealed record CorrectEntryBody(
    Guid EngagementId, Instant? StartedAt = null, Instant? EndedAt = null, LocalDate? WorkedOn = null,
    long? DurationSeconds = null, [property: Text(Wording.NoteMaxLength)] string? Note = null, bool Billable = true,
    [property: Text(50)] string? Duration = null,
    [property: Text(TagList.TagMaxLength)] IReadOnlyList<string>? Tags = null);

public static class TimeEndpoints
{
    public static void MapTimeCommands(this IEndpointRouteBuilder v1)
    {
        v1.MapTimerCommands();
        v1.MapWeekCommands();
        v1.MapSync();

        v1.Command<LogTimeBody>("/time-entries", Role.Everyone, Log, (call, done) => Answers.Created(
            done, done.Find<TimesheetEvent.TimeEntryLogged>()?.EntryId ?? call.Body.Id!.Value, "/v1/time-entries"),
            afterOwnWrites: body => body.AssistantId is not null, afterAllWrites: body => body.Id is not null);

        v1.Command<CorrectEntryBody>("/time-entries/{id:guid}:correct", Role.Everyone, Correct,
            (call, done) => Answers.Changed(done, call.RouteId()), afterOwnWrites: _ => true);

        v1.Command<NoBody>("/time-entries/{id:guid}:remove", Role.Everyone, Remove,
            (call, done) => Answers.Changed(done, call.RouteId()), afterOwnWrites: _ => true);
    }

    internal static LogTimeCommand? Log(CommandCall<LogTimeBody> call)
    {
        var body = call.Body;
        if (call.Assistant(body.AssistantId) is not { } assistant) return null;
        var said = new SpentBody(body.StartedAt, body.EndedAt, body.WorkedOn, body.DurationSeconds, body.Duration);
        if (call.Spent(said) is not { } time) return null;
        var wish = new LogTime(
            call.IdOrNew(body.Id), assistant, body.EngagementId, time, body.Note, body.Billable, call.Zone(assistant), call.Now,
            body.Tags);
        return call.IsFree(body.Id, wish.Week) ? new LogTimeCommand(call.Context, wish) : null;
    }

    internal static CorrectEntryCommand? Correct(CommandCall<CorrectEntryBody> call)
    {
        var body = call.Body;
        if (call.Entry(call.RouteId()) is not { } week) return null;
        var said = new SpentBody(body.StartedAt, body.EndedAt, body.WorkedOn, body.DurationSeconds, body.Duration);
        if (call.Spent(said) is not { } time) return null;
        return new CorrectEntryCommand(call.Context, new CorrectEntry(
            call.RouteId(), week, body.EngagementId, time, body.Note, body.Billable, call.Now, body.Tags));
    }

    internal static RemoveEntryCommand? Remove(CommandCall<NoBody> call) => call.Entry(call.RouteId()) is { } week
        ? new RemoveEntryCommand(call.Context, week, new RemoveEntry(call.RouteId(), call.Now))
        : null;
}
