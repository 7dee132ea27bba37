using NodaTime;

namespace Billing.Cli.TimeTracking;

/// <param name="Running">Null while no timer runs.</param>
internal sealed record TimerView(RunningTimer? Running, long? ElapsedSeconds, bool Forgotten);

internal sealed record RunningTimer(Guid EngagementId, Instant StartedAt, string? Note);

/// <param name="StoppedId">The entry that the timer became which ran before; null where none did.</param>
internal sealed record StartedTimer(Guid Id, Guid? StoppedId, ForgottenNotice? Forgotten);

internal sealed record StoppedTimer(Guid Id, ForgottenNotice? Forgotten);

internal sealed record ForgottenNotice(string Detail);

internal sealed record Receipt(Guid Id);

/// <param name="TimeZone">IANA name: where it was worked, which its day goes by.</param>
internal sealed record EntryView(
    Guid EntryId, Guid EngagementId, LocalDate WorkedOn, Instant? StartedAt, Instant? EndedAt, long DurationSeconds, bool Billable,
    string? Note, string TimeZone, Guid? InvoiceId);

internal sealed record WeekView(
    LocalDate FirstDay, IReadOnlyList<EntryView> Entries, long DurationSeconds, RunningTimer? Running, Instant? HandedInAt,
    Instant? ApprovedAt, Instant? ReturnedAt, string? ReturnReason);
