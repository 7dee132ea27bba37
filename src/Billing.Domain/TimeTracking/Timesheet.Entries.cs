using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.TimeTracking.TimesheetEvent;

namespace Billing.Domain.TimeTracking;

/// <summary>Work is written down when it is done, and corrected until it is handed in or billed.</summary>
public static partial class Timesheet
{
    /// <param name="state">Of the command's week.</param>
    /// <param name="engagement">The engagement that the command names.</param>
    /// <param name="client">That engagement's client.</param>
    public static Decision<TimesheetEvent> Decide(
        TimesheetState state, LogTime command, AdjacentWeeks adjacent, EngagementState engagement, ClientState client)
    {
        var around = new Surroundings(state, adjacent);
        if (around.FirstAs(command.EntryId) is { } before)
            return IsRetry(before, command) ? Decision<TimesheetEvent>.AlreadyDone : IdTaken;
        if ((WorkTime.Refuse(command.Time) ?? Wording.RefuseNote(command.Note, "/note")) is { } invalid) return invalid;

        var time = WorkTime.Of(command.Time, command.Zone);
        if (state.IsHandedIn) return HandedIn;
        var refusal = WorkRules.Refuse(command.EngagementId, time.WorkedOn, engagement, client)
            ?? RefuseTime(command.EntryId, time, around, command.Zone, command.At);
        if (refusal is not null) return refusal;
        return new TimeEntryLogged(
            command.EntryId, command.AssistantId, command.EngagementId, engagement.Terms!.ClientId, command.Note,
            command.Billable, time.WorkedOn, time.StartedAt, time.EndedAt, time.DurationSeconds, command.Zone.Id, command.At);
    }

    /// <param name="state">Of the command's week.</param>
    /// <param name="engagement">The engagement that the command names.</param>
    /// <param name="client">That engagement's client.</param>
    public static Decision<TimesheetEvent> Decide(
        TimesheetState state, CorrectEntry command, AdjacentWeeks adjacent, EngagementState engagement, ClientState client)
    {
        if (!state.Entries.TryGetValue(command.EntryId, out var entry)) return NotAnEntry(state, command.EntryId);
        if ((WorkTime.Refuse(command.Time) ?? Wording.RefuseNote(command.Note, "/note")) is { } invalid) return invalid;

        var zone = TimeZones.Of(entry.TimeZone);
        var time = WorkTime.Of(command.Time, zone);
        if (IsAsWished(entry, command, time)) return Decision<TimesheetEvent>.AlreadyDone;
        if (RefuseChange(state, entry) is { } fixedForGood) return fixedForGood;
        if (!command.Week.Contains(time.WorkedOn)) return AnotherWeek(command);

        var refusal = RefuseEngagement(entry, command, time, engagement, client);
        if (time != TimeOf(entry))
            refusal ??= RefuseTime(entry.EntryId, time, new Surroundings(state, adjacent), zone, command.At);
        if (refusal is not null) return refusal;
        return new TimeEntryCorrected(
            entry.EntryId, command.EngagementId, engagement.Terms!.ClientId, command.Note, command.Billable, time.WorkedOn,
            time.StartedAt, time.EndedAt, time.DurationSeconds, entry.TimeZone, command.At);
    }

    public static Decision<TimesheetEvent> Decide(TimesheetState state, RemoveEntry command)
    {
        if (state.Removed.ContainsKey(command.EntryId)) return Decision<TimesheetEvent>.AlreadyDone;
        if (state.Running?.EntryId == command.EntryId) return new TimeEntryRemoved(command.EntryId, command.At);
        if (!state.Entries.TryGetValue(command.EntryId, out var entry)) return NoSuchEntry;
        return RefuseChange(state, entry) is { } refusal ? refusal : new TimeEntryRemoved(command.EntryId, command.At);
    }

    private static Rejection? RefuseTime(Guid entryId, WorkTime time, Surroundings around, DateTimeZone zone, Instant at)
    {
        if (time is { StartedAt: { } startedAt, EndedAt: { } endedAt })
        {
            if (endedAt > at) return InTheFuture("/endedAt");
            if (TimeOverlap.Refuse(entryId, startedAt, endedAt, around, zone) is { } overlap) return overlap;
        }
        else if (time.WorkedOn > at.InZone(zone).Date)
        {
            return InTheFuture("/workedOn");
        }
        return DayTotal.Refuse(entryId, time, around, zone, at);
    }

    /// <summary>What stays as it was is not judged again: the client may be archived or the engagement ended since.</summary>
    private static Rejection? RefuseEngagement(
        TimeEntry entry, CorrectEntry command, WorkTime time, EngagementState engagement, ClientState client)
    {
        if (entry.EngagementId != command.EngagementId)
            return WorkRules.Refuse(command.EngagementId, time.WorkedOn, engagement, client);
        if (engagement.Terms?.EngagementId != command.EngagementId)
            throw new ArgumentException("This is the state of another engagement.", nameof(engagement));
        return time.WorkedOn == entry.WorkedOn ? null : WorkRules.RefuseAfterEnd(time.WorkedOn, engagement);
    }

    private static Rejection? RefuseChange(TimesheetState state, TimeEntry entry)
    {
        if (entry.InvoiceId is not { } invoiceId) return state.IsHandedIn ? HandedIn : null;
        return new Rejection(
            "entry-billed", $"This entry stands on invoice {invoiceId:D}, so it can't be changed; void that invoice first.");
    }

    /// <summary>Also true for an entry that was corrected or removed since: the wish to write it down was fulfilled.</summary>
    private static bool IsRetry(TimesheetEvent before, LogTime command)
    {
        if (before is not TimeEntryLogged logged || WorkTime.Refuse(command.Time) is not null) return false;
        // Where the start is known, the day follows from the zone, which may be another one by now.
        var time = WorkTime.Of(command.Time, command.Zone);
        return logged.AssistantId == command.AssistantId && logged.EngagementId == command.EngagementId
            && logged.Note == command.Note && logged.Billable == command.Billable
            && logged.StartedAt == time.StartedAt && logged.EndedAt == time.EndedAt
            && logged.DurationSeconds == time.DurationSeconds
            && (time.StartedAt is not null || logged.WorkedOn == time.WorkedOn);
    }

    private static bool IsAsWished(TimeEntry entry, CorrectEntry command, WorkTime time) =>
        entry.EngagementId == command.EngagementId && entry.Note == command.Note && entry.Billable == command.Billable
        && TimeOf(entry) == time;

    private static WorkTime TimeOf(TimeEntry entry) =>
        new(entry.WorkedOn, entry.StartedAt, entry.EndedAt, entry.DurationSeconds);

    private static Rejection NotAnEntry(TimesheetState state, Guid entryId)
    {
        if (state.Running is { } timer && timer.EntryId == entryId)
            return TimerRunning(timer, "stop it first");
        return state.Removed.ContainsKey(entryId) ? EntryRemoved : NoSuchEntry;
    }

    private static Rejection AnotherWeek(CorrectEntry command) => new(
        "another-week",
        $"A correction stays within {command.Week.IsoText}. To move work to another week, remove it here and log it there.",
        command.Time is TimeSpent.Between ? "/startedAt" : "/workedOn");

    private static Rejection InTheFuture(string field) =>
        new("in-the-future", "Work is written down when it is done, not before.", field);

    private static Rejection IdTaken { get; } =
        new("id-taken", "Other work has this id, or had it before it was removed; take a new id.", "/id");

    private static Rejection HandedIn { get; } = new(
        "week-handed-in", "This week is handed in, so nothing in it changes; have it reopened first.");

    private static Rejection EntryRemoved { get; } =
        new("entry-removed", "This entry was removed; log it again with a new id.");

    private static Rejection NoSuchEntry { get; } =
        new("entry-unknown", "There is no such entry in this week.", Kind: RejectionKind.NotFound);
}
