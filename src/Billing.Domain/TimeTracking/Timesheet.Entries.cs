using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.TimeTracking.TimesheetEvent;

namespace Billing.Domain.TimeTracking;

/// <summary>
/// Work is written down when it is done, and corrected until its week is handed in. What is billed can always be corrected
/// as a fact: the invoice stays as it is, and what follows for the client is worked out by comparing.
/// </summary>
public static partial class Timesheet
{
    /// <param name="state">Of the command's week.</param>
    /// <param name="engagement">The engagement that the command names.</param>
    /// <param name="client">That engagement's client.</param>
    public static Decision<TimesheetEvent> Decide(
        TimesheetState state, LogTime command, AdjacentWeeks adjacent, EngagementState engagement, ClientState client,
        BusinessState business)
    {
        var around = new Surroundings(state, adjacent);
        if (around.FirstAs(command.EntryId) is { } before)
            return IsRetry(before, command) ? Decision<TimesheetEvent>.AlreadyDone : IdTaken;
        return Log(state, command, around, engagement, client, business);
    }

    /// <summary>Writes work down under an id that the week may know as removed.</summary>
    internal static Decision<TimesheetEvent> Restore(
        TimesheetState state, LogTime command, AdjacentWeeks adjacent, EngagementState engagement, ClientState client,
        BusinessState business) => Log(state, command, new Surroundings(state, adjacent), engagement, client, business);

    private static Decision<TimesheetEvent> Log(
        TimesheetState state, LogTime command, Surroundings around, EngagementState engagement, ClientState client,
        BusinessState business)
    {
        if (RefuseSaid(command.Time, command.Note, command.Tags) is { } invalid) return invalid;

        var time = WorkTime.Of(command.Time, command.Zone);
        if (PeriodLock.Refuse(business, time.WorkedOn, DayField(command.Time)) is { } locked) return locked;
        if (state.IsHandedIn) return HandedIn;
        var refusal = WorkRules.Refuse(command.EngagementId, time.WorkedOn, engagement, client)
            ?? RefuseTime(command.EntryId, time, around, command.Zone, command.At);
        if (refusal is not null) return refusal;
        return new TimeEntryLogged(
            command.EntryId, command.AssistantId, command.EngagementId, engagement.Terms!.ClientId, command.Note,
            command.Billable, time.WorkedOn, time.StartedAt, time.EndedAt, time.DurationSeconds, command.Zone.Id, command.At,
            TagList.Kept(command.Tags));
    }

    /// <param name="state">Of the command's week.</param>
    /// <param name="engagement">The engagement that the command names.</param>
    /// <param name="client">That engagement's client.</param>
    public static Decision<TimesheetEvent> Decide(
        TimesheetState state, CorrectEntry command, AdjacentWeeks adjacent, EngagementState engagement, ClientState client,
        BusinessState business)
    {
        if (!state.Entries.TryGetValue(command.EntryId, out var entry)) return NotAnEntry(state, command.EntryId);
        if (RefuseSaid(command.Time, command.Note, command.Tags) is { } invalid) return invalid;

        var zone = TimeZones.Of(entry.TimeZone);
        var time = WorkTime.Of(command.Time, zone);
        if (IsAsWished(entry, command, time)) return Decision<TimesheetEvent>.AlreadyDone;
        var refusal = RefuseChange(state, entry, business)
            ?? PeriodLock.Refuse(business, time.WorkedOn, DayField(command.Time));
        if (refusal is not null) return refusal;
        if (!command.Week.Contains(time.WorkedOn)) return AnotherWeek(command);

        refusal = RefuseEngagement(entry, command, time, engagement, client) ?? RefuseAnotherClient(entry, engagement);
        if (time != TimeOf(entry))
            refusal ??= RefuseTime(entry.EntryId, time, new Surroundings(state, adjacent), zone, command.At);
        if (refusal is not null) return refusal;
        return new TimeEntryCorrected(
            entry.EntryId, command.EngagementId, engagement.Terms!.ClientId, command.Note, command.Billable, time.WorkedOn,
            time.StartedAt, time.EndedAt, time.DurationSeconds, entry.TimeZone, command.At,
            TagList.Kept(command.Tags));
    }

    public static Decision<TimesheetEvent> Decide(TimesheetState state, RemoveEntry command, BusinessState business)
    {
        if (state.Removed.ContainsKey(command.EntryId)) return Decision<TimesheetEvent>.AlreadyDone;
        var refusal = state.Running is { } timer && timer.EntryId == command.EntryId
            ? PeriodLock.Refuse(business, timer.WorkedOn, field: null)
            : state.Entries.TryGetValue(command.EntryId, out var entry) ? RefuseChange(state, entry, business) : NoSuchEntry;
        return refusal is null ? new TimeEntryRemoved(command.EntryId, command.At) : refusal;
    }

    private static Rejection? RefuseSaid(TimeSpent time, string? note, IReadOnlyList<string>? tags) =>
        WorkTime.Refuse(time) ?? Wording.RefuseNote(note, "/note") ?? TagList.Refuse(tags, "/tags");

    /// <summary>Where a request says the day of the work.</summary>
    private static string DayField(TimeSpent time) => time is TimeSpent.Between ? "/startedAt" : "/workedOn";

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

    /// <summary>A billed entry changes in a week that is handed in too: the invoice is what is fixed, and it stays.</summary>
    private static Rejection? RefuseChange(TimesheetState state, TimeEntry entry, BusinessState business)
    {
        if (PeriodLock.Refuse(business, entry.WorkedOn, field: null) is { } locked) return locked;
        return state.IsHandedIn && entry.InvoiceId is null ? HandedIn : null;
    }

    private static Rejection? RefuseAnotherClient(TimeEntry entry, EngagementState engagement) =>
        entry.InvoiceId is { } invoiceId && entry.ClientId != engagement.Terms!.ClientId
            ? new Rejection(
                "entry-billed",
                $"This entry stands on invoice {invoiceId:D}, so it can't become work for another client; void that invoice "
                + "first, or remove the entry and log it anew.",
                "/engagementId")
            : null;

    /// <summary>Also true for an entry that was corrected or removed since: the wish to write it down was fulfilled.</summary>
    private static bool IsRetry(TimesheetEvent before, LogTime command)
    {
        if (before is not TimeEntryLogged logged || WorkTime.Refuse(command.Time) is not null) return false;
        // Where the start is known, the day follows from the zone, which may be another one by now.
        var time = WorkTime.Of(command.Time, command.Zone);
        return logged.AssistantId == command.AssistantId && logged.EngagementId == command.EngagementId
            && logged.Note == command.Note && logged.Billable == command.Billable
            && TagList.AreSame(logged.Tags, command.Tags)
            && logged.StartedAt == time.StartedAt && logged.EndedAt == time.EndedAt
            && logged.DurationSeconds == time.DurationSeconds
            && (time.StartedAt is not null || logged.WorkedOn == time.WorkedOn);
    }

    private static bool IsAsWished(TimeEntry entry, CorrectEntry command, WorkTime time) =>
        entry.EngagementId == command.EngagementId && entry.Note == command.Note && entry.Billable == command.Billable
        && TagList.AreSame(entry.Tags, command.Tags) && TimeOf(entry) == time;

    private static WorkTime TimeOf(TimeEntry entry) =>
        new(entry.WorkedOn, entry.StartedAt, entry.EndedAt, entry.DurationSeconds);

    internal static Rejection NotAnEntry(TimesheetState state, Guid entryId)
    {
        if (state.Running is { } timer && timer.EntryId == entryId)
            return TimerRunning(timer, "stop it first");
        return state.Removed.ContainsKey(entryId) ? EntryRemoved : NoSuchEntry;
    }

    private static Rejection AnotherWeek(CorrectEntry command) => new(
        "another-week",
        $"A correction stays within {command.Week.IsoText}. To move work to another week, remove it here and log it there.",
        DayField(command.Time));

    private static Rejection InTheFuture(string field) =>
        new("in-the-future", "Work is written down when it is done, not before.", field);

    internal static Rejection IdTaken { get; } =
        new("id-taken", "Other work has this id, or had it before it was removed; take a new id.", "/id");

    private static Rejection HandedIn { get; } = new(
        "week-handed-in", "This week is handed in, so nothing in it changes; have it reopened first.");

    internal static Rejection EntryRemoved { get; } =
        new("entry-removed", "This entry was removed; log it again with a new id.");

    private static Rejection NoSuchEntry { get; } =
        new("entry-unknown", "There is no such entry in this week.", Kind: RejectionKind.NotFound);
}
