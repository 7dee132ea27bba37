using NodaTime;

namespace Billing.Projections.TimeTracking;

/// <param name="Timesheet">Name of the stream that holds it.</param>
/// <param name="StartedAt">Null, like <paramref name="EndedAt"/>, where only a date and a duration are known.</param>
/// <param name="InvoiceId">The finalised invoice it stands on.</param>
/// <param name="Version">Version of the timesheet as of the entry's last change.</param>
public sealed record TimeEntryView(
    Guid EntryId, string Timesheet, Guid AssistantId, Guid EngagementId, Guid ClientId, LocalDate WorkedOn,
    Instant? StartedAt, Instant? EndedAt, long DurationSeconds, bool Billable, string? Note, string TimeZone,
    Guid? InvoiceId, long Version);

/// <param name="WorkedOn">The day on which it was started, in its zone.</param>
public sealed record RunningTimerView(
    Guid EntryId, string Timesheet, Guid AssistantId, Guid EngagementId, Guid ClientId, LocalDate WorkedOn, Instant StartedAt,
    bool Billable, string? Note, string TimeZone, long Version);

public sealed record DayTotalView(LocalDate Day, long DurationSeconds, long BillableSeconds);

/// <summary>One assistant's week, Monday to Sunday. A running timer counts towards no total.</summary>
/// <param name="Days">All seven.</param>
/// <param name="Running">The timer that began in this week and still runs.</param>
/// <param name="HandedInAt">Null while the week is open.</param>
/// <param name="Version">Version of the timesheet; 0 where nothing was ever written on it.</param>
public sealed record WeekView(
    string Timesheet, Guid AssistantId, LocalDate FirstDay, IReadOnlyList<TimeEntryView> Entries,
    IReadOnlyList<DayTotalView> Days, long DurationSeconds, long BillableSeconds, RunningTimerView? Running,
    Instant? HandedInAt, long Version);

/// <summary>Which entries are wanted; null leaves that side open.</summary>
/// <param name="From">First day of work.</param>
/// <param name="EndExclusive">Day after the last day of work.</param>
/// <param name="IsBilled">On an invoice, or not.</param>
public sealed record TimeEntryFilter(
    Guid? ClientId = null, Guid? EngagementId = null, Guid? AssistantId = null, LocalDate? From = null,
    LocalDate? EndExclusive = null, bool? IsBilled = null);
