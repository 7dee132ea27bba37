using System.Diagnostics;
using System.Globalization;
using Billing.Domain.Access;
using NodaTime;
using static Billing.Domain.TimeTracking.TimerResolution;

namespace Billing.Domain.TimeTracking;

/// <summary>What becomes of a timer that ran on when the work had ended.</summary>
public abstract record TimerResolution
{
    private TimerResolution() { }

    /// <param name="EndedAt">Null for now.</param>
    public sealed record Keep(Instant? EndedAt) : TimerResolution;

    /// <param name="EndedAt">Null for the policy's cap, or now where the timer has not run that long.</param>
    public sealed record Cut(Instant? EndedAt) : TimerResolution;

    /// <summary>What was worked, with breaks between; the first piece begins with the timer and has its id.</summary>
    public sealed record Split(IReadOnlyList<TimerPiece> Pieces) : TimerResolution;
}

/// <param name="EntryId">Of the entry that the piece becomes; the first has the timer's instead.</param>
public sealed record TimerPiece(Guid EntryId, Instant StartedAt, Instant EndedAt);

/// <summary>Decided by the week in which the timer was started, and by the weeks in which its pieces began.</summary>
public sealed record ResolveTimer(Guid EntryId, TimerResolution Resolution, Instant At);

/// <summary>The stop of the timer and the entries that are logged with it, in one append; or why not.</summary>
public sealed record ResolutionPlan(StopTimer? Stop, IReadOnlyList<LogTime> Others, Rejection? Refusal);

/// <summary>Notices timers that were forgotten, and says what their resolution writes.</summary>
public static class ForgottenTimer
{
    public const int MostPieces = 20;

    public static bool Is(Instant startedAt, TimekeepingPolicy policy, Instant at) =>
        at - startedAt >= Duration.FromSeconds(policy.ForgottenAfterSeconds);

    /// <summary>Where the policy proposes to cut a timer: never later than now.</summary>
    public static Instant CutAt(Instant startedAt, TimekeepingPolicy policy, Instant at) =>
        Instant.Min(startedAt + Duration.FromSeconds(policy.CapSeconds), at);

    /// <summary>When the entry ends, and how long the timer had run where it had been forgotten.</summary>
    internal static (Instant EndedAt, long? RanSeconds) EndOf(RunningTimer timer, StopTimer command, TimekeepingPolicy policy)
    {
        var until = WorkTime.CutToSecond(command.EndedAt ?? command.At);
        if (command.IsSaid || !Is(timer.StartedAt, policy, until)) return (until, null);
        var ran = until.ToUnixTimeSeconds() - timer.StartedAt.ToUnixTimeSeconds();
        return (policy.WhenForgotten == TimekeepingPolicy.Cap ? CutAt(timer.StartedAt, policy, until) : until, ran);
    }

    /// <param name="state">Of the week in which the timer was started.</param>
    public static ResolutionPlan Plan(TimesheetState state, ResolveTimer command, BusinessState business)
    {
        if (state.Running is not { } timer || timer.EntryId != command.EntryId)
        {
            return Refused(new Rejection(
                "timer-unknown", "No such timer runs in this week.", Kind: RejectionKind.NotFound));
        }
        return command.Resolution switch
        {
            Keep keep => StoppedAt(command, keep.EndedAt),
            Cut cut => StoppedAt(
                command, cut.EndedAt ?? CutAt(timer.StartedAt, TimekeepingPolicy.Of(business), command.At)),
            Split split => RefusePieces(timer, split.Pieces) is { } refusal ? Refused(refusal) : InPieces(timer, command, split),
            _ => throw new UnreachableException(),
        };
    }

    private static ResolutionPlan StoppedAt(ResolveTimer command, Instant? endedAt) =>
        new(new StopTimer(command.EntryId, endedAt, command.At, IsSaid: true), [], null);

    private static ResolutionPlan Refused(Rejection refusal) => new(null, [], refusal);

    private static ResolutionPlan InPieces(RunningTimer timer, ResolveTimer command, Split split) => new(
        new StopTimer(timer.EntryId, split.Pieces[0].EndedAt, command.At, IsSaid: true),
        [
            .. split.Pieces.Skip(1).Select(piece => new LogTime(
                piece.EntryId, timer.AssistantId, timer.EngagementId, new TimeSpent.Between(piece.StartedAt, piece.EndedAt),
                timer.Note, timer.Billable, TimeZones.Of(timer.TimeZone), command.At, timer.Tags)),
        ],
        null);

    private static Rejection? RefusePieces(RunningTimer timer, IReadOnlyList<TimerPiece> pieces)
    {
        if (pieces.Count is < 2 or > MostPieces)
        {
            return Invalid(
                "pieces-out-of-range", $"A timer is split into 2 to {MostPieces} pieces; one piece is a cut.", "/pieces");
        }
        if (WorkTime.CutToSecond(pieces[0].StartedAt) != timer.StartedAt)
        {
            return Invalid(
                "piece-outside-timer",
                $"The first piece begins with the timer, at {Timesheet.Since(timer)}. Correct the entry afterwards where the "
                + "work began later.",
                "/pieces/0/startedAt");
        }
        var taken = new HashSet<Guid> { timer.EntryId };
        for (var i = 1; i < pieces.Count; i++)
        {
            // A week knows the ids of its neighbours; a timer that nobody stopped may have run through more of them.
            if (!taken.Add(pieces[i].EntryId))
                return Timesheet.IdTaken with { Field = string.Create(CultureInfo.InvariantCulture, $"/pieces/{i}/id") };
            if (pieces[i].StartedAt < pieces[i - 1].EndedAt)
            {
                return Invalid(
                    "pieces-out-of-order", "Each piece begins when the one before it has ended, or later.",
                    $"/pieces/{i}/startedAt");
            }
        }
        return null;
    }

    private static Rejection Invalid(string code, string detail, string field) =>
        new(code, detail, field, RejectionKind.Invalid);
}
