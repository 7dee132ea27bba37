using Billing.Domain.TimeTracking;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Projections.TimeTracking;

internal sealed class TimeTrackingProjection : Projection
{
    private readonly Table<IdKey, TimeEntryRow> entries = new(TimeEntryRow.Shape);
    private readonly Table<IdKey, RunningTimerRow> timers = new(RunningTimerRow.Shape);
    private readonly Table<NameKey, WeekRow> weeks = new(WeekRow.Shape);

    public TimeTrackingProjection()
    {
        On<TimesheetEvent.TimerStarted>(Apply);
        On<TimesheetEvent.TimerStopped>(Apply);
        On<TimesheetEvent.TimeEntryLogged>(Apply);
        On<TimesheetEvent.TimeEntryCorrected>(Apply);
        On<TimesheetEvent.TimeEntryRemoved>(Apply);
        On<TimesheetEvent.TimeBilled>((fact, e) => SetInvoice(fact, e.EntryIds, e.InvoiceId));
        On<TimesheetEvent.TimeReleased>((fact, e) => SetInvoice(fact, e.EntryIds, null));
        On<TimesheetEvent.WeekHandedIn>((fact, e) => SetStage(fact, handedInAt: e.HandedInAt));
        On<TimesheetEvent.WeekApproved>((fact, e) => Week(fact).ApprovedAt = e.ApprovedAt);
        On<TimesheetEvent.WeekReturned>((fact, e) => SetStage(fact, returnedAt: e.ReturnedAt, reason: e.Reason));
        On<TimesheetEvent.WeekReopened>((fact, _) => SetStage(fact));
    }

    public override int Version => 2;

    public override IReadOnlyList<Table> Tables => [entries, timers, weeks];

    private void Apply(Fact fact, TimesheetEvent.TimerStarted e)
    {
        Week(fact);
        var row = timers.Add(new IdKey(fact.Book, e.EntryId));
        row.AssistantId = e.AssistantId;
        row.EngagementId = e.EngagementId;
        row.ClientId = e.ClientId;
        row.WorkedOn = e.WorkedOn;
        row.StartedAt = e.StartedAt;
        row.Billable = e.Billable;
        row.Note = e.Note;
        row.Tags = TagText.Of(e.Tags);
        row.TimeZone = e.TimeZone;
        row.Version = fact.Version;
    }

    private void Apply(Fact fact, TimesheetEvent.TimerStopped e)
    {
        Week(fact);
        var key = new IdKey(fact.Book, e.EntryId);
        if (timers.Remove(key) is not { } timer) return;
        var row = entries.Add(key);
        row.AssistantId = timer.AssistantId;
        row.EngagementId = timer.EngagementId;
        row.ClientId = timer.ClientId;
        row.WorkedOn = timer.WorkedOn;
        row.StartedAt = timer.StartedAt;
        row.EndedAt = e.StoppedAt;
        row.DurationSeconds = e.DurationSeconds;
        row.Billable = timer.Billable;
        row.Note = timer.Note;
        row.Tags = timer.Tags;
        row.TimeZone = timer.TimeZone;
        row.Version = fact.Version;
    }

    private void Apply(Fact fact, TimesheetEvent.TimeEntryLogged e)
    {
        Week(fact);
        var row = entries.Add(new IdKey(fact.Book, e.EntryId));
        row.AssistantId = e.AssistantId;
        row.EngagementId = e.EngagementId;
        row.ClientId = e.ClientId;
        row.WorkedOn = e.WorkedOn;
        row.StartedAt = e.StartedAt;
        row.EndedAt = e.EndedAt;
        row.DurationSeconds = e.DurationSeconds;
        row.Billable = e.Billable;
        row.Note = e.Note;
        row.Tags = TagText.Of(e.Tags);
        row.TimeZone = e.TimeZone;
        row.Version = fact.Version;
    }

    private void Apply(Fact fact, TimesheetEvent.TimeEntryCorrected e)
    {
        Week(fact);
        if (entries.Change(new IdKey(fact.Book, e.EntryId)) is not { } row) return;
        row.EngagementId = e.EngagementId;
        row.ClientId = e.ClientId;
        row.WorkedOn = e.WorkedOn;
        row.StartedAt = e.StartedAt;
        row.EndedAt = e.EndedAt;
        row.DurationSeconds = e.DurationSeconds;
        row.Billable = e.Billable;
        row.Note = e.Note;
        row.Tags = TagText.Of(e.Tags);
        row.TimeZone = e.TimeZone;
        row.Version = fact.Version;
    }

    /// <summary>A timer that still runs is thrown away by the same event.</summary>
    private void Apply(Fact fact, TimesheetEvent.TimeEntryRemoved e)
    {
        Week(fact);
        var key = new IdKey(fact.Book, e.EntryId);
        if (timers.Remove(key) is null) entries.Remove(key);
    }

    private void SetInvoice(Fact fact, IReadOnlyList<Guid> entryIds, Guid? invoiceId)
    {
        Week(fact);
        entries.Fetch(entryIds.Select(entryId => new IdKey(fact.Book, entryId)));
        foreach (var entryId in entryIds)
        {
            if (entries.Change(new IdKey(fact.Book, entryId)) is not { } row) continue;
            row.InvoiceId = invoiceId;
            row.Version = fact.Version;
        }
    }

    /// <summary>Handing in, sending back and reopening each forget what was said of the week before.</summary>
    private void SetStage(Fact fact, Instant? handedInAt = null, Instant? returnedAt = null, string? reason = null)
    {
        var row = Week(fact);
        (row.HandedInAt, row.ApprovedAt, row.ReturnedAt, row.ReturnReason) = (handedInAt, null, returnedAt, reason);
    }

    /// <summary>Every event of the stream moves its version on.</summary>
    private WeekRow Week(Fact fact)
    {
        var row = weeks.ChangeOrAdd(new NameKey(fact.Book, fact.Stream));
        row.Version = fact.Version;
        return row;
    }
}
