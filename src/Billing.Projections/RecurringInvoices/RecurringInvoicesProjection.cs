using Billing.Domain.RecurringInvoices;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.RecurringInvoices;

/// <summary>As much of a recurring invoice as says when its next period is due; what it bills is asked of its stream.</summary>
internal sealed class RecurringInvoiceRow : Row
{
    public static readonly Shape<RecurringInvoiceRow> Shape = new Shape<RecurringInvoiceRow>(
        "recurring_invoices", "book", "recurring_id")
        .Id("client_id", row => ref row.ClientId)
        .OptionalText("name", row => ref row.Name)
        .Text("mode", row => ref row.Mode)
        .Text("rule", row => ref row.Rule)
        .Number("every", row => ref row.Every)
        .Text("days_of_month", row => ref row.DaysOfMonth)
        .Text("dates", row => ref row.Dates)
        .OptionalDate("anchor", row => ref row.Anchor)
        .OptionalDate("last_day", row => ref row.LastDay)
        .OptionalNumber("period_count", row => ref row.Count)
        .Flag("in_advance", row => ref row.InAdvance)
        .Number("done", row => ref row.Done)
        .Flag("is_paused", row => ref row.IsPaused)
        .Flag("is_ended", row => ref row.IsEnded)
        .Date("next_from", row => ref row.NextFrom)
        .OptionalDate("next_through", row => ref row.NextThrough)
        .OptionalDate("runs_on", row => ref row.RunsOn)
        .OptionalId("last_invoice_id", row => ref row.LastInvoiceId)
        .Number("version", row => ref row.Version)
        .Index("due", "(runs_on) WHERE runs_on IS NOT NULL AND is_paused = 0");

    public Guid ClientId;
    public string? Name;
    public string Mode = "";
    public string Rule = "";
    public long Every;
    public string DaysOfMonth = "";

    /// <summary>As days are numbered, such as 20260131.</summary>
    public string Dates = "";
    public LocalDate? Anchor;
    public LocalDate? LastDay;
    public long? Count;
    public bool InAdvance;

    /// <summary>How many periods are behind it.</summary>
    public long Done;
    public bool IsPaused;
    public bool IsEnded;
    public LocalDate NextFrom;

    /// <summary>Null, like the day on which it runs, where no period is left.</summary>
    public LocalDate? NextThrough;
    public LocalDate? RunsOn;
    public Guid? LastInvoiceId;
    public long Version;
}

internal sealed class RecurringInvoicesProjection : Projection
{
    private readonly Table<IdKey, RecurringInvoiceRow> recurring = new(RecurringInvoiceRow.Shape);

    public RecurringInvoicesProjection()
    {
        On<RecurringInvoiceEvent.RecurringInvoiceSet>(Apply);
        On<RecurringInvoiceEvent.PeriodInvoiced>((fact, e) => Change(fact, row =>
        {
            (row.Done, row.NextFrom) = (row.Done + 1, e.EndExclusive);
            row.LastInvoiceId = e.InvoiceId ?? e.FeeInvoiceId;
        }));
        On<RecurringInvoiceEvent.PeriodSkipped>((fact, e) => Change(
            fact, row => (row.Done, row.NextFrom) = (row.Done + 1, e.EndExclusive)));
        On<RecurringInvoiceEvent.RecurringInvoicePaused>((fact, _) => Change(fact, row => row.IsPaused = true));
        On<RecurringInvoiceEvent.RecurringInvoiceResumed>((fact, _) => Change(fact, row => row.IsPaused = false));
        On<RecurringInvoiceEvent.RecurringInvoiceEnded>((fact, _) => Change(fact, row => row.IsEnded = true));
    }

    public override int Version => 1;

    public override IReadOnlyList<Table> Tables => [recurring];

    private void Apply(Fact fact, RecurringInvoiceEvent.RecurringInvoiceSet e)
    {
        recurring.ChangeOrAdd(new IdKey(fact.Book, e.RecurringId));
        Change(fact, row =>
        {
            row.ClientId = e.ClientId;
            row.Name = e.Name;
            row.Mode = e.Mode;
            row.Rule = e.Cycle.Rule;
            row.Every = e.Cycle.Every;
            row.DaysOfMonth = ListText.Of(e.Cycle.DaysOfMonth);
            row.Dates = ListText.Of([.. e.Cycle.Dates.Select(day => (int)Calendar.Number(day))]);
            row.Anchor = e.Cycle.Anchor;
            row.LastDay = e.LastDay;
            row.Count = e.Count;
            row.InAdvance = e.InAdvance;
            if (row.Done == 0) row.NextFrom = e.FirstDay;
        });
    }

    private void Change(Fact fact, Action<RecurringInvoiceRow> change)
    {
        if (recurring.Change(new IdKey(fact.Book, fact.StreamId)) is not { } row) return;
        change(row);
        var next = row.IsEnded ? null : PlanOf(row).At((int)row.Done + 1, row.NextFrom);
        (row.NextThrough, row.RunsOn) = (next?.Through, next?.RunsOn);
        row.Version = fact.Version;
    }

    private static PeriodPlan PlanOf(RecurringInvoiceRow row) => new(
        new BillingCycle(
            row.Rule, (int)row.Every, ListText.Numbers(row.DaysOfMonth),
            [.. ListText.Numbers(row.Dates).Select(day => Calendar.Date(day))], row.Anchor),
        row.LastDay, (int?)row.Count, row.InAdvance);
}
