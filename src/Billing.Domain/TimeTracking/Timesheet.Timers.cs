using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.TimeTracking.TimesheetEvent;

namespace Billing.Domain.TimeTracking;

/// <summary>
/// An assistant has one running timer at most. Starting another is refused, or stops the one that runs, as the practice has
/// it or the command asks for it.
/// </summary>
public static partial class Timesheet
{
    /// <summary>The stop that goes before a start in the same append; null where nothing has to be stopped for it.</summary>
    /// <param name="state">Of the command's week.</param>
    public static StopTimer? StopBefore(
        TimesheetState state, StartTimer command, AdjacentWeeks adjacent, BusinessState business)
    {
        var around = new Surroundings(state, adjacent);
        if (around.Running is not { } running || around.FirstAs(command.EntryId) is not null) return null;
        return command.StopsRunning || TimekeepingPolicy.Of(business).WhileRunning == TimekeepingPolicy.StopFirst
            ? new StopTimer(running.EntryId, command.StartedAt, command.At)
            : null;
    }

    /// <summary>The start that continues an entry, or why there is none.</summary>
    /// <param name="state">Of the week that holds the entry.</param>
    public static (StartTimer? Start, Rejection? Refusal) Continuation(TimesheetState state, ContinueTimer command) =>
        state.Entries.TryGetValue(command.ContinuedId, out var entry)
            ? (new StartTimer(
                command.EntryId, command.AssistantId, entry.EngagementId, entry.Note, entry.Billable, command.Zone,
                command.StartedAt, command.At, TagList.Kept(entry.Tags)), null)
            : (null, NotAnEntry(state, command.ContinuedId));

    /// <param name="state">Of the command's week.</param>
    /// <param name="engagement">The engagement that the command names.</param>
    /// <param name="client">That engagement's client.</param>
    public static Decision<TimesheetEvent> Decide(
        TimesheetState state, StartTimer command, AdjacentWeeks adjacent, EngagementState engagement, ClientState client,
        BusinessState business)
    {
        var around = new Surroundings(state, adjacent);
        if (around.FirstAs(command.EntryId) is { } before)
            return IsRetry(before, command) ? Decision<TimesheetEvent>.AlreadyDone : IdTaken;

        var invalid = WorkTime.RefuseInstant(command.StartedAt ?? command.At, "/startedAt")
            ?? Wording.RefuseNote(command.Note, "/note") ?? TagList.Refuse(command.Tags, "/tags");
        if (invalid is not null) return invalid;
        var startedAt = WorkTime.CutToSecond(command.StartedAt ?? command.At);
        var workedOn = startedAt.InZone(command.Zone).Date;

        if (PeriodLock.Refuse(business, workedOn, "/startedAt") is { } locked) return locked;
        if (state.IsHandedIn) return HandedIn;
        if (WorkRules.Refuse(command.EngagementId, workedOn, engagement, client) is { } refusal) return refusal;
        if (startedAt > command.At) return InTheFuture("/startedAt");
        if (around.Running is { } running) return TimerRunning(running, "stop it or switch before another one is started");
        if (TimeOverlap.Refuse(command.EntryId, startedAt, endedAt: null, around, command.Zone) is { } overlap) return overlap;
        return new TimerStarted(
            command.EntryId, command.AssistantId, command.EngagementId, engagement.Terms!.ClientId, command.Note,
            command.Billable, startedAt, workedOn, command.Zone.Id, TagList.Kept(command.Tags));
    }

    /// <param name="state">Of the week in which the timer was started.</param>
    public static Decision<TimesheetEvent> Decide(
        TimesheetState state, StopTimer command, AdjacentWeeks adjacent, BusinessState business)
    {
        if (state.Running is not { } timer || timer.EntryId != command.EntryId) return DecideStopped(state, command);

        if (command.EndedAt is { } given && WorkTime.RefuseInstant(given, "/endedAt") is { } outOfRange) return outOfRange;
        var (endedAt, ranSeconds) = ForgottenTimer.EndOf(timer, command, TimekeepingPolicy.Of(business));
        if (endedAt > command.At) return InTheFuture("/endedAt");
        if (WorkTime.RefuseBetween(timer.StartedAt, endedAt) is { } invalid)
            return command.EndedAt is null ? RefuseStopNow(timer, endedAt) : invalid;

        if (PeriodLock.Refuse(business, timer.WorkedOn, field: null) is { } locked) return locked;
        var zone = TimeZones.Of(timer.TimeZone);
        var around = new Surroundings(state, adjacent);
        var time = WorkTime.Between(timer.StartedAt, endedAt, zone);
        var refusal = TimeOverlap.Refuse(timer.EntryId, timer.StartedAt, endedAt, around, zone)
            ?? DayTotal.Refuse(timer.EntryId, time, around, zone, command.At);
        return refusal is null ? new TimerStopped(timer.EntryId, endedAt, time.DurationSeconds, ranSeconds) : refusal;
    }

    /// <summary>A timer that does not run any more was stopped already, or removed, or never was.</summary>
    private static Decision<TimesheetEvent> DecideStopped(TimesheetState state, StopTimer command)
    {
        if (state.Removed.ContainsKey(command.EntryId)) return EntryRemoved;
        if (!state.Entries.TryGetValue(command.EntryId, out var entry) || entry.FirstAs is not TimerStarted)
            return new Rejection("timer-unknown", "No such timer runs in this week.", Kind: RejectionKind.NotFound);
        return command.EndedAt is not { } given || WorkTime.CutToSecond(given) == entry.EndedAt
            ? Decision<TimesheetEvent>.AlreadyDone
            : new Rejection(
                "timer-stopped", "This timer was stopped at another time; correct the entry that it became.", "/endedAt");
    }

    private static Rejection RefuseStopNow(RunningTimer timer, Instant endedAt) => endedAt <= timer.StartedAt
        ? new Rejection(
            "timer-too-short", "This timer runs for less than a second; stop it a little later, or remove it.")
        : new Rejection(
            "timer-forgotten",
            $"This timer runs since {Since(timer)}, which is more than 24 hours. Resolve it: keep it up to the time at which "
            + "the work really ended, cut it, or split it into what was worked; or remove it.",
            "/endedAt");

    /// <summary>A retry may come when the clock, or the assistant's zone, has moved on.</summary>
    private static bool IsRetry(TimesheetEvent before, StartTimer command) => before is TimerStarted started
        && started.AssistantId == command.AssistantId && started.EngagementId == command.EngagementId
        && started.Note == command.Note && started.Billable == command.Billable
        && TagList.AreSame(started.Tags, command.Tags)
        && (command.StartedAt is not { } given || WorkTime.CutToSecond(given) == started.StartedAt);

    private static Rejection TimerRunning(RunningTimer timer, string remedy) => new(
        "timer-running", $"The timer {timer.EntryId:D} runs since {Since(timer)}; {remedy}.");

    internal static string Since(RunningTimer timer) =>
        $"{WorkTime.Local(timer.StartedAt, TimeZones.Of(timer.TimeZone))} ({timer.TimeZone})";
}
