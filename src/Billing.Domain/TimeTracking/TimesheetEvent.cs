using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.TimeTracking;

/// <summary>
/// What happens in one assistant's week. Work belongs to the week and the day on which it began, in the assistant's zone.
/// </summary>
public abstract record TimesheetEvent
{
    private TimesheetEvent() { }

    public sealed record TimerStarted(
        Guid EntryId, Guid AssistantId, Guid EngagementId, Guid ClientId, [property: Confidential] string? Note, bool Billable,
        Instant StartedAt, LocalDate WorkedOn, string TimeZone,
        [property: Confidential] IReadOnlyList<string>? Tags = null) : TimesheetEvent;

    /// <summary>The timer became a time entry.</summary>
    /// <param name="StoppedAt">When the entry ends.</param>
    /// <param name="RanSeconds">
    /// How long it had run where it had been forgotten, by the policy of that moment, and nobody said when the work ended; more
    /// than the duration where it was capped. Null for every other one.
    /// </param>
    public sealed record TimerStopped(
        Guid EntryId, Instant StoppedAt, long DurationSeconds, long? RanSeconds = null) : TimesheetEvent;

    /// <param name="StartedAt">Null, like <paramref name="EndedAt"/>, where only a date and a duration are known.</param>
    /// <param name="DurationSeconds">Elapsed time; on a DST night it differs from what the clock on the wall says.</param>
    public sealed record TimeEntryLogged(
        Guid EntryId, Guid AssistantId, Guid EngagementId, Guid ClientId, [property: Confidential] string? Note, bool Billable,
        LocalDate WorkedOn, Instant? StartedAt, Instant? EndedAt, long DurationSeconds, string TimeZone,
        Instant LoggedAt, [property: Confidential] IReadOnlyList<string>? Tags = null) : TimesheetEvent;

    /// <summary>
    /// The entry as it should have been, in full. The week and the assistant stay the same, and so does the invoice it stands
    /// on, which is not changed by it.
    /// </summary>
    public sealed record TimeEntryCorrected(
        Guid EntryId, Guid EngagementId, Guid ClientId, [property: Confidential] string? Note, bool Billable,
        LocalDate WorkedOn, Instant? StartedAt, Instant? EndedAt, long DurationSeconds, string TimeZone,
        Instant CorrectedAt, [property: Confidential] IReadOnlyList<string>? Tags = null) : TimesheetEvent;

    /// <summary>Also of an entry that stands on an invoice: what the invoice says too much is seen by comparing.</summary>
    public sealed record TimeEntryRemoved(Guid EntryId, Instant RemovedAt) : TimesheetEvent;

    /// <summary>The entries stand on a finalised invoice, and on no other.</summary>
    public sealed record TimeBilled(IReadOnlyList<Guid> EntryIds, Guid InvoiceId) : TimesheetEvent;

    /// <summary>The invoice was voided, so that the entries are unbilled again.</summary>
    public sealed record TimeReleased(IReadOnlyList<Guid> EntryIds, Guid InvoiceId) : TimesheetEvent;

    public sealed record WeekHandedIn(Instant HandedInAt) : TimesheetEvent;

    public sealed record WeekReopened(Instant ReopenedAt) : TimesheetEvent;

    /// <summary>The owner agrees with the week that was handed in.</summary>
    public sealed record WeekApproved(Instant ApprovedAt) : TimesheetEvent;

    /// <summary>The owner sends the week back, so that it is open again and the assistant mends what the reason says.</summary>
    public sealed record WeekReturned([property: Confidential] string? Reason, Instant ReturnedAt) : TimesheetEvent;
}
