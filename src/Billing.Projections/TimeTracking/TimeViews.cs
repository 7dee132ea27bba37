using NodaTime;

namespace Billing.Projections.TimeTracking;

/// <param name="Timesheet">Name of the stream that holds it.</param>
/// <param name="StartedAt">Null, like <paramref name="EndedAt"/>, where only a date and a duration are known.</param>
/// <param name="InvoiceId">The finalised invoice it stands on.</param>
/// <param name="Version">Version of the timesheet as of the entry's last change.</param>
public sealed record TimeEntryView(
    Guid EntryId, string Timesheet, Guid AssistantId, Guid EngagementId, Guid ClientId, LocalDate WorkedOn,
    Instant? StartedAt, Instant? EndedAt, long DurationSeconds, bool Billable, string? Note, string TimeZone,
    Guid? InvoiceId, long Version)
{
    /// <summary>In the order of their letters.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}

/// <param name="WorkedOn">The day on which it was started, in its zone.</param>
public sealed record RunningTimerView(
    Guid EntryId, string Timesheet, Guid AssistantId, Guid EngagementId, Guid ClientId, LocalDate WorkedOn, Instant StartedAt,
    bool Billable, string? Note, string TimeZone, long Version)
{
    /// <summary>In the order of their letters.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}

public sealed record DayTotalView(LocalDate Day, long DurationSeconds, long BillableSeconds);

/// <summary>One assistant's week, Monday to Sunday. A running timer counts towards no total.</summary>
/// <param name="Days">All seven.</param>
/// <param name="Running">The timer that began in this week and still runs.</param>
/// <param name="HandedInAt">Null while the week is open.</param>
/// <param name="ApprovedAt">Null until the owner has agreed with the week that was handed in.</param>
/// <param name="ReturnedAt">When the owner sent the week back; null once it is handed in again.</param>
/// <param name="Version">Version of the timesheet; 0 where nothing was ever written on it.</param>
public sealed record WeekView(
    string Timesheet, Guid AssistantId, LocalDate FirstDay, IReadOnlyList<TimeEntryView> Entries,
    IReadOnlyList<DayTotalView> Days, long DurationSeconds, long BillableSeconds, RunningTimerView? Running,
    Instant? HandedInAt, Instant? ApprovedAt, Instant? ReturnedAt, string? ReturnReason, long Version);

/// <summary>How far a week has come, for whoever looks after many.</summary>
/// <param name="Week">As ISO 8601 writes it: <c>2026-W14</c>.</param>
public sealed record WeekStatusView(
    string Timesheet, Guid AssistantId, string Week, LocalDate FirstDay, long DurationSeconds, long BillableSeconds,
    Instant? HandedInAt, Instant? ApprovedAt, Instant? ReturnedAt, string? ReturnReason, long Version);

/// <summary>Which weeks are wanted.</summary>
public enum WeekStatus
{
    /// <summary>Waiting for the owner.</summary>
    HandedIn,

    Approved,

    /// <summary>Sent back, and not handed in again yet.</summary>
    Returned,
}

/// <summary>Which entries are wanted; null leaves that side open.</summary>
/// <param name="From">First day of work.</param>
/// <param name="EndExclusive">Day after the last day of work.</param>
/// <param name="IsBilled">On an invoice, or not.</param>
/// <param name="Tag">One of the entry's tags, letter by letter.</param>
public sealed record TimeEntryFilter(
    Guid? ClientId = null, Guid? EngagementId = null, Guid? AssistantId = null, LocalDate? From = null,
    LocalDate? EndExclusive = null, bool? IsBilled = null, string? Tag = null);
