using System.ComponentModel.DataAnnotations;
using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Http;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.TimeTracking;

/// <param name="AssistantId">Whose timer; left out, the caller's own.</param>
/// <param name="StartedAt">Left out, now.</param>
public sealed record StartTimerBody(
    Guid EngagementId, [property: Text(Wording.NoteMaxLength)] string? Note = null, bool Billable = true,
    Instant? StartedAt = null, Guid? Id = null, Guid? AssistantId = null,
    [property: Text(TagList.TagMaxLength)] IReadOnlyList<string>? Tags = null);

/// <param name="EntryId">The entry whose engagement, note, tags and billing mark the new timer takes.</param>
/// <param name="StartedAt">Left out, now.</param>
public sealed record ContinueTimerBody(Guid EntryId, Instant? StartedAt = null, Guid? Id = null);

/// <param name="EndedAt">Left out, now; a time in the past where stopping was forgotten.</param>
public sealed record StopTimerBody(Instant? EndedAt = null, Guid? AssistantId = null);

/// <param name="Resolution">keep, cut or split.</param>
/// <param name="EndedAt">Where the work ended, for keep and cut; left out, now and the policy's cap.</param>
/// <param name="Pieces">What was worked, for split; the first begins with the timer and has its id.</param>
public sealed record ResolveTimerBody(
    string Resolution, Instant? EndedAt = null,
    [property: MaxLength(ForgottenTimer.MostPieces)] IReadOnlyList<TimerPieceBody>? Pieces = null, Guid? AssistantId = null);

/// <param name="Id">Of the entry that the piece becomes; the first has the timer's.</param>
public sealed record TimerPieceBody(Instant StartedAt, Instant EndedAt, Guid? Id = null);

/// <param name="StoppedId">The entry that the timer became which ran before; null where none did.</param>
/// <param name="Forgotten">Where that timer had been forgotten.</param>
public sealed record StartedTimer(Guid Id, long Version, long? Position, Guid? StoppedId, ForgottenNotice? Forgotten)
    : Receipt(Id, Version, Position);

/// <param name="DurationSeconds">Elapsed time of the entry.</param>
/// <param name="Forgotten">Where the timer had been forgotten.</param>
public sealed record StoppedTimer(Guid Id, long Version, long? Position, long? DurationSeconds, ForgottenNotice? Forgotten)
    : Receipt(Id, Version, Position);

/// <summary>The timer that was stopped had run longer than the practice's policy takes for work.</summary>
/// <param name="RanSeconds">How long it had run.</param>
/// <param name="DurationSeconds">Of the entry that it became, which the policy may have capped.</param>
/// <param name="Detail">What to do about it.</param>
public sealed record ForgottenNotice(long RanSeconds, long DurationSeconds, bool Capped, string Detail)
{
    public static ForgottenNotice? Of(TimesheetEvent.TimerStopped? stopped) => stopped is { RanSeconds: { } ran }
        ? new ForgottenNotice(
            ran, stopped.DurationSeconds, ran > stopped.DurationSeconds,
            $"The timer had run for {DurationText.Of(ran)}; its entry has {DurationText.Of(stopped.DurationSeconds)}. Correct the "
            + "entry where the work took another time.")
        : null;
}

/// <param name="EntryIds">Every entry that the timer became, in order.</param>
public sealed record ResolvedTimer(Guid Id, long Version, long? Position, IReadOnlyList<Guid> EntryIds)
    : Receipt(Id, Version, Position);

public static class TimerEndpoints
{
    private static readonly string[] Resolutions = ["keep", "cut", "split"];

    public static void MapTimerCommands(this IEndpointRouteBuilder v1)
    {
        v1.Command<StartTimerBody>("/timer:start", Role.Everyone, call => Start(call, stopsRunning: false), (call, done) =>
            Started(done, call.Body.Id), afterOwnWrites: body => body.AssistantId is not null, afterAllWrites: body => body.Id is not null);

        v1.Command<StartTimerBody>("/timer:switch", Role.Everyone, call => Start(call, stopsRunning: true), (call, done) =>
            Started(done, call.Body.Id), afterOwnWrites: _ => true, afterAllWrites: body => body.Id is not null);

        v1.Command<ContinueTimerBody>("/timer:continue", Role.Everyone, Continue, (call, done) =>
            Started(done, call.Body.Id), afterOwnWrites: _ => true, afterAllWrites: body => body.Id is not null);

        v1.Command<StopTimerBody>("/timer:stop", Role.Everyone, Stop, (call, done) =>
        {
            var stopped = done.Find<TimesheetEvent.TimerStopped>();
            return new Answer(new StoppedTimer(
                stopped?.EntryId ?? Guid.Empty, done.Version, Answers.Position(done), stopped?.DurationSeconds,
                ForgottenNotice.Of(stopped)));
        }, afterOwnWrites: _ => true);

        v1.Command<ResolveTimerBody>("/timer:resolve", Role.Everyone, Resolve, (call, done) =>
        {
            var stopped = done.Find<TimesheetEvent.TimerStopped>()?.EntryId ?? Guid.Empty;
            var others = done.Events.OfType<TimesheetEvent.TimeEntryLogged>().OrderBy(e => e.StartedAt).Select(e => e.EntryId);
            return new Answer(new ResolvedTimer(stopped, done.Version, Answers.Position(done), [stopped, .. others]));
        }, afterOwnWrites: _ => true, afterAllWrites: body => body.Pieces?.Any(piece => piece?.Id is not null) == true);
    }

    private static Answer Started(CommandResult.Done done, Guid? chosen)
    {
        var id = done.Find<TimesheetEvent.TimerStarted>()?.EntryId ?? chosen!.Value;
        var stopped = done.Find<TimesheetEvent.TimerStopped>();
        return new Answer(
            new StartedTimer(id, done.Version, Answers.Position(done), stopped?.EntryId, ForgottenNotice.Of(stopped)),
            $"/v1/time-entries/{id:D}");
    }

    internal static StartTimerCommand? Start(CommandCall<StartTimerBody> call, bool stopsRunning)
    {
        if (call.Assistant(call.Body.AssistantId) is not { } assistant) return null;
        var wish = new StartTimer(
            call.IdOrNew(call.Body.Id), assistant, call.Body.EngagementId, call.Body.Note, call.Body.Billable,
            call.Zone(assistant), call.Body.StartedAt, call.Now, call.Body.Tags, stopsRunning);
        return call.IsFree(call.Body.Id, wish.Week) ? new StartTimerCommand(call.Context, wish) : null;
    }

    private static ContinueTimerCommand? Continue(CommandCall<ContinueTimerBody> call)
    {
        if (call.Entry(call.Body.EntryId, "/entryId") is not { } entryWeek) return null;
        var wish = new ContinueTimer(
            call.IdOrNew(call.Body.Id), entryWeek.AssistantId, call.Body.EntryId, call.Zone(entryWeek.AssistantId),
            call.Body.StartedAt, call.Now);
        return call.IsFree(call.Body.Id, wish.Week) ? new ContinueTimerCommand(call.Context, entryWeek, wish) : null;
    }

    internal static StopTimerCommand? Stop(CommandCall<StopTimerBody> call) =>
        call.Running(call.Body.AssistantId) is var (week, timer)
            ? new StopTimerCommand(call.Context, week, new StopTimer(
                timer.EntryId, call.Body.EndedAt, call.Now, IsSaid: call.Body.EndedAt is not null))
            : null;

    private static ResolveTimerCommand? Resolve(CommandCall<ResolveTimerBody> call)
    {
        if (Resolution(call) is not { } resolution || call.Running(call.Body.AssistantId) is not var (week, timer)) return null;
        for (var i = 1; i < call.Body.Pieces?.Count; i++)
        {
            var piece = call.Body.Pieces[i];
            var itsWeek = TimesheetWeek.Of(timer.AssistantId, piece.StartedAt, DateTimeZoneProviders.Tzdb[timer.TimeZone]);
            if (!call.IsFree(piece.Id, itsWeek, FormattableString.Invariant($"/pieces/{i}/id"))) return null;
        }
        return new ResolveTimerCommand(call.Context, week, new ResolveTimer(timer.EntryId, resolution, call.Now));
    }

    private static TimerResolution? Resolution(CommandCall<ResolveTimerBody> call)
    {
        var body = call.Body;
        if (!Resolutions.Contains(body.Resolution))
        {
            call.Refuse("/resolution", "resolution-unknown", $"A timer is resolved by one of {string.Join(", ", Resolutions)}.");
            return null;
        }
        if (body.Resolution == "split")
        {
            if (body.EndedAt is null && body.Pieces?.All(piece => piece is not null) == true)
            {
                return new TimerResolution.Split(
                    [.. body.Pieces.Select(piece => new TimerPiece(call.IdOrNew(piece.Id), piece.StartedAt, piece.EndedAt))]);
            }
            call.Refuse("/pieces", "required", "A split needs the pieces that were worked, each with its start and end.");
            return null;
        }
        if (body.Pieces is null)
        {
            return body.Resolution == "keep"
                ? new TimerResolution.Keep(body.EndedAt)
                : new TimerResolution.Cut(body.EndedAt);
        }
        call.Refuse("/pieces", "resolution-unknown", "Only a split has pieces; send resolution split, or leave them out.");
        return null;
    }
}
