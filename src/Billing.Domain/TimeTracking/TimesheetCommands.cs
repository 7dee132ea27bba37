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
/// <param name="StopsRunning">Whether a timer that runs is stopped for it, whatever the practice's policy is.</param>
public sealed record StartTimer(
    Guid EntryId, Guid AssistantId, Guid EngagementId, string? Note, bool Billable, DateTimeZone Zone, Instant? StartedAt,
    Instant At, IReadOnlyList<string>? Tags = null, bool StopsRunning = false)
{
    /// <summary>Whose stream decides.</summary>
    public TimesheetWeek Week => TimesheetWeek.Of(AssistantId, StartedAt ?? At, Zone);
}

/// <summary>A new timer with the engagement, the note, the tags and the billing mark of an entry.</summary>
/// <param name="EntryId">Of the new timer.</param>
/// <param name="AssistantId">Whose entry it is, and whose timer it will be.</param>
/// <param name="ContinuedId">The entry that goes on.</param>
/// <param name="Zone">The assistant's.</param>
/// <param name="StartedAt">Null for now.</param>
public sealed record ContinueTimer(
    Guid EntryId, Guid AssistantId, Guid ContinuedId, DateTimeZone Zone, Instant? StartedAt, Instant At)
{
    /// <summary>Whose stream decides.</summary>
    public TimesheetWeek Week => TimesheetWeek.Of(AssistantId, StartedAt ?? At, Zone);
}

/// <summary>Decided by the week in which the timer was started.</summary>
/// <param name="EndedAt">Null for now; in the past where stopping was forgotten.</param>
/// <param name="IsSaid">Whether somebody says that the work ended then, as a forgotten timer alone does not.</param>
public sealed record StopTimer(Guid EntryId, Instant? EndedAt, Instant At, bool IsSaid = false);

/// <param name="Zone">The assistant's; the week and the day are those of the start in it.</param>
public sealed record LogTime(
    Guid EntryId, Guid AssistantId, Guid EngagementId, TimeSpent Time, string? Note, bool Billable, DateTimeZone Zone,
    Instant At, IReadOnlyList<string>? Tags = null)
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
    Guid EntryId, TimesheetWeek Week, Guid EngagementId, TimeSpent Time, string? Note, bool Billable, Instant At,
    IReadOnlyList<string>? Tags = null);

/// <summary>Removes an entry, or throws the running timer away.</summary>
public sealed record RemoveEntry(Guid EntryId, Instant At);

/// <param name="Zone">The assistant's.</param>
public sealed record HandInWeek(TimesheetWeek Week, DateTimeZone Zone, Instant At);

public sealed record ReopenWeek(Instant At);

public sealed record ApproveWeek(Instant At);

/// <param name="Reason">What the assistant is to mend.</param>
public sealed record ReturnWeek(string Reason, Instant At);

/// <summary>Part of finalising an invoice.</summary>
public sealed record BillTime(IReadOnlyList<Guid> EntryIds, Guid InvoiceId);

/// <summary>Part of voiding an invoice.</summary>
public sealed record ReleaseTime(IReadOnlyList<Guid> EntryIds, Guid InvoiceId);
