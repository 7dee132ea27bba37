using NodaTime;

namespace Billing.Domain.TimeTracking;

/// <summary>When work was done, as whoever writes it down knows it. Fractions of a second are cut off.</summary>
public abstract record TimeSpent
{
    private TimeSpent() { }

    public sealed record Between(Instant StartedAt, Instant EndedAt) : TimeSpent;

    public sealed record OnDay(LocalDate WorkedOn, long DurationSeconds) : TimeSpent;
}

/// <param name="Zone">The assistant's; the week and the day are those of the start in it.</param>
/// <param name="StartedAt">Null for now.</param>
public sealed record StartTimer(
    Guid EntryId, Guid AssistantId, Guid EngagementId, string? Note, bool Billable, DateTimeZone Zone, Instant? StartedAt,
    Instant At)
{
    /// <summary>Whose stream decides.</summary>
    public TimesheetWeek Week => TimesheetWeek.Of(AssistantId, StartedAt ?? At, Zone);
}

/// <summary>Decided by the week in which the timer was started.</summary>
/// <param name="EndedAt">Null for now; in the past where stopping was forgotten.</param>
public sealed record StopTimer(Guid EntryId, Instant? EndedAt, Instant At);

/// <param name="Zone">The assistant's; the week and the day are those of the start in it.</param>
public sealed record LogTime(
    Guid EntryId, Guid AssistantId, Guid EngagementId, TimeSpent Time, string? Note, bool Billable, DateTimeZone Zone,
    Instant At)
{
    /// <summary>Whose stream decides.</summary>
    public TimesheetWeek Week => Time switch
    {
        TimeSpent.Between between => TimesheetWeek.Of(AssistantId, between.StartedAt, Zone),
        TimeSpent.OnDay onDay => TimesheetWeek.Of(AssistantId, onDay.WorkedOn),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>Says in full what the entry should have been. It keeps its assistant, its week and its zone.</summary>
/// <param name="Week">The week it is in.</param>
public sealed record CorrectEntry(
    Guid EntryId, TimesheetWeek Week, Guid EngagementId, TimeSpent Time, string? Note, bool Billable, Instant At);

/// <summary>Removes an entry, or throws the running timer away.</summary>
public sealed record RemoveEntry(Guid EntryId, Instant At);

/// <param name="Zone">The assistant's.</param>
public sealed record HandInWeek(TimesheetWeek Week, DateTimeZone Zone, Instant At);

public sealed record ReopenWeek(Instant At);

/// <summary>Part of finalising an invoice.</summary>
public sealed record BillTime(IReadOnlyList<Guid> EntryIds, Guid InvoiceId);

/// <summary>Part of voiding an invoice.</summary>
public sealed record ReleaseTime(IReadOnlyList<Guid> EntryIds, Guid InvoiceId);
