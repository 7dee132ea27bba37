using System.ComponentModel.DataAnnotations;
using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.TimeTracking;

/// <param name="AssistantId">Whose week; left out, the caller's.</param>
public sealed record WeekBody(Guid? AssistantId = null);

/// <param name="Reason">What the assistant is to mend.</param>
public sealed record ReturnWeekBody([property: Text(Wording.NameMaxLength)] string Reason, Guid? AssistantId = null);

public sealed record SetGridBody(
    [property: MaxLength(WeekGrid.MostCells)] IReadOnlyList<GridCellBody> Cells, Guid? AssistantId = null);

/// <summary>How long one engagement was worked for on one day; no duration for none.</summary>
/// <param name="Duration">As people write it; instead of the seconds.</param>
/// <param name="Note">Left out, the note stays.</param>
/// <param name="Tags">Left out, the tags stay.</param>
/// <param name="Id">Of the entry that is logged where the cell has none yet.</param>
public sealed record GridCellBody(
    Guid EngagementId, LocalDate WorkedOn, long? DurationSeconds = null, [property: Text(50)] string? Duration = null,
    [property: Text(Wording.NoteMaxLength)] string? Note = null,
    [property: Text(TagList.TagMaxLength)] IReadOnlyList<string>? Tags = null, Guid? Id = null);

public static class WeekEndpoints
{
    public static void MapWeekCommands(this IEndpointRouteBuilder v1)
    {
        v1.Command<SetGridBody>("/weeks/{week}:set-grid", Role.Everyone, SetGrid,
            (call, done) => Answers.Changed(done, call.AssistantOf(call.Body.AssistantId)),
            afterOwnWrites: body => body.AssistantId is not null,
            afterAllWrites: body => body.Cells.Any(cell => cell?.Id is not null));

        v1.Command<WeekBody>("/weeks/{week}:hand-in", Role.Everyone, HandIn,
            (call, done) => Answers.Changed(done, call.AssistantOf(call.Body.AssistantId)),
            afterOwnWrites: body => body.AssistantId is not null);

        v1.Command<WeekBody>("/weeks/{week}:approve", Role.Owner, call => call.Week(call.Body.AssistantId) is { } week
                ? new ApproveWeekCommand(call.Context, week, new ApproveWeek(call.Now))
                : null,
            (call, done) => Answers.Changed(done, call.AssistantOf(call.Body.AssistantId)),
            afterOwnWrites: body => body.AssistantId is not null);

        v1.Command<ReturnWeekBody>("/weeks/{week}:return", Role.Owner, call => call.Week(call.Body.AssistantId) is { } week
                ? new ReturnWeekCommand(call.Context, week, new ReturnWeek(call.Body.Reason, call.Now))
                : null,
            (call, done) => Answers.Changed(done, call.AssistantOf(call.Body.AssistantId)),
            afterOwnWrites: body => body.AssistantId is not null);

        v1.Command<WeekBody>("/weeks/{week}:reopen", Role.Owner, call => call.Week(call.Body.AssistantId) is { } week
                ? new ReopenWeekCommand(call.Context, week, new ReopenWeek(call.Now))
                : null,
            (call, done) => Answers.Changed(done, call.AssistantOf(call.Body.AssistantId)),
            afterOwnWrites: body => body.AssistantId is not null);
    }

    internal static HandInWeekCommand? HandIn(CommandCall<WeekBody> call) => call.Week(call.Body.AssistantId) is { } week
        ? new HandInWeekCommand(call.Context, new HandInWeek(week, call.Zone(week.AssistantId), call.Now))
        : null;

    internal static SetGridCommand? SetGrid(CommandCall<SetGridBody> call)
    {
        if (call.Week(call.Body.AssistantId) is not { } week) return null;
        var cells = new List<GridCell>();
        for (var i = 0; i < call.Body.Cells.Count; i++)
        {
            if (Cell(call, i) is not { } cell) continue;
            if (call.IsFree(call.Body.Cells[i].Id, week, FormattableString.Invariant($"/cells/{i}/id"))) cells.Add(cell);
        }
        return new SetGridCommand(call.Context, new SetGrid(week, cells, call.Zone(week.AssistantId), call.Now));
    }

    private static GridCell? Cell(CommandCall<SetGridBody> call, int index)
    {
        var at = FormattableString.Invariant($"/cells/{index}");
        if (call.Body.Cells[index] is not { } body)
        {
            call.Refuse(at, "required", "A cell must not be null.");
            return null;
        }
        var seconds = body.DurationSeconds ?? 0;
        if (body is { DurationSeconds: not null, Duration: not null })
            call.Refuse($"{at}/duration", "time-incomplete", "Send one of durationSeconds and duration, or neither for no time.");
        else if (body.Duration is { } text && DurationText.Read(text, $"{at}/duration", out seconds) is { Field: { } field } refusal)
            call.Refuse(field, refusal.Code, refusal.Detail);
        return new GridCell(
            call.IdOrNew(body.Id), body.EngagementId, body.WorkedOn, seconds, body.Note, body.Tags);
    }
}
