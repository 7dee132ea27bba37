using Billing.Projections.Rows;
using NodaTime;

namespace Billing.Projections.TimeTracking;

/// <summary>The timesheet's name is not kept: it follows from the assistant and the day.</summary>
internal sealed class TimeEntryRow : Row
{
    public static readonly Shape<TimeEntryRow> Shape = new Shape<TimeEntryRow>("time_entries", "book", "entry_id")
        .Id("assistant_id", row => ref row.AssistantId)
        .Id("engagement_id", row => ref row.EngagementId)
        .Id("client_id", row => ref row.ClientId)
        .Date("worked_on", row => ref row.WorkedOn)
        .OptionalInstant("started_at", row => ref row.StartedAt)
        .OptionalInstant("ended_at", row => ref row.EndedAt)
        .Number("duration_seconds", row => ref row.DurationSeconds)
        .Flag("billable", row => ref row.Billable)
        .OptionalText("note", row => ref row.Note)
        .OptionalText("tags", row => ref row.Tags)
        .Text("time_zone", row => ref row.TimeZone)
        .OptionalId("invoice_id", row => ref row.InvoiceId)
        .Number("version", row => ref row.Version)
        .Index("by_day", "(book, assistant_id, worked_on)")
        .Index(
            "unbilled",
            $"(book, client_id, worked_on, duration_seconds) {Unbilled}",
            $"""
            (book, client_id, worked_on, started_at, entry_id, duration_seconds, assistant_id, engagement_id, ended_at, billable,
            note, tags, time_zone, invoice_id, version) {Unbilled}
            """);

    private const string Unbilled = "WHERE invoice_id IS NULL AND billable = 1";

    public Guid AssistantId;
    public Guid EngagementId;
    public Guid ClientId;
    public LocalDate WorkedOn;
    public Instant? StartedAt;
    public Instant? EndedAt;
    public long DurationSeconds;
    public bool Billable;
    public string? Note;
    public string? Tags;
    public string TimeZone = "";
    public Guid? InvoiceId;
    public long Version;
}

internal sealed class RunningTimerRow : Row
{
    public static readonly Shape<RunningTimerRow> Shape = new Shape<RunningTimerRow>("running_timers", "book", "entry_id")
        .Id("assistant_id", row => ref row.AssistantId)
        .Id("engagement_id", row => ref row.EngagementId)
        .Id("client_id", row => ref row.ClientId)
        .Date("worked_on", row => ref row.WorkedOn)
        .Instant("started_at", row => ref row.StartedAt)
        .Flag("billable", row => ref row.Billable)
        .OptionalText("note", row => ref row.Note)
        .OptionalText("tags", row => ref row.Tags)
        .Text("time_zone", row => ref row.TimeZone)
        .Number("version", row => ref row.Version);

    public Guid AssistantId;
    public Guid EngagementId;
    public Guid ClientId;
    public LocalDate WorkedOn;
    public Instant StartedAt;
    public bool Billable;
    public string? Note;
    public string? Tags;
    public string TimeZone = "";
    public long Version;
}

/// <summary>One assistant's week by the name of its stream.</summary>
internal sealed class WeekRow : Row
{
    public static readonly Shape<WeekRow> Shape = new Shape<WeekRow>("weeks", "book", "timesheet")
        .OptionalInstant("handed_in_at", row => ref row.HandedInAt)
        .OptionalInstant("approved_at", row => ref row.ApprovedAt)
        .OptionalInstant("returned_at", row => ref row.ReturnedAt)
        .OptionalText("return_reason", row => ref row.ReturnReason)
        .Number("version", row => ref row.Version);

    public Instant? HandedInAt;
    public Instant? ApprovedAt;
    public Instant? ReturnedAt;
    public string? ReturnReason;
    public long Version;
}
