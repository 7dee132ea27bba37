using Billing.Domain.Engagements;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Engagements;

/// <summary>The budget that an engagement has now.</summary>
internal sealed class BudgetRow : Row
{
    public static readonly Shape<BudgetRow> Shape = new Shape<BudgetRow>("budgets", "book", "engagement_id")
        .OptionalNumber("seconds", row => ref row.Seconds)
        .OptionalNumber("money_minor", row => ref row.MoneyMinor)
        .Text("currency", row => ref row.Currency)
        .Text("per", row => ref row.Per)
        .Date("first_day", row => ref row.FirstDay)
        .Text("threshold_percents", row => ref row.ThresholdPercents)
        .Instant("set_at", row => ref row.SetAt)
        .Number("version", row => ref row.Version);

    public long? Seconds;
    public long? MoneyMinor;
    public string Currency = "";
    public string Per = "";
    public LocalDate FirstDay;
    public string ThresholdPercents = "[]";
    public Instant SetAt;
    public long Version;
}

/// <summary>A threshold that was reached, by the version of the budget's stream that says so.</summary>
internal sealed class BudgetAlertRow : Row
{
    public static readonly Shape<BudgetAlertRow> Shape = new Shape<BudgetAlertRow>(
        "budget_alerts", "book", "engagement_id", "version")
        .Text("measure", row => ref row.Measure)
        .Number("percent", row => ref row.Percent)
        .Date("period_start", row => ref row.PeriodStart)
        .Number("used", row => ref row.Used)
        .Number("most", row => ref row.Limit)
        .Text("currency", row => ref row.Currency)
        .Instant("noticed_at", row => ref row.NoticedAt);

    public string Measure = "";
    public long Percent;
    public LocalDate PeriodStart;
    public long Used;
    public long Limit;
    public string Currency = "";
    public Instant NoticedAt;
}

internal sealed class BudgetsProjection : Projection
{
    private readonly Table<IdKey, BudgetRow> budgets = new(BudgetRow.Shape);
    private readonly Table<LineKey, BudgetAlertRow> alerts = new(BudgetAlertRow.Shape);

    public BudgetsProjection()
    {
        On<BudgetEvent.BudgetSet>(Apply);
        On<BudgetEvent.BudgetDropped>((fact, _) => budgets.Remove(new IdKey(fact.Book, fact.StreamId)));
        On<BudgetEvent.BudgetThresholdReached>(Apply);
    }

    public override int Version => 1;

    public override IReadOnlyList<Table> Tables => [budgets, alerts];

    private void Apply(Fact fact, BudgetEvent.BudgetSet e)
    {
        var row = budgets.Add(new IdKey(fact.Book, e.EngagementId));
        row.Seconds = e.Seconds;
        row.MoneyMinor = e.MoneyMinor;
        row.Currency = e.Currency;
        row.Per = e.Per;
        row.FirstDay = e.FirstDay;
        row.ThresholdPercents = ListText.Of(e.ThresholdPercents);
        row.SetAt = e.SetAt;
        row.Version = fact.Version;
    }

    private void Apply(Fact fact, BudgetEvent.BudgetThresholdReached e)
    {
        if (budgets.Change(new IdKey(fact.Book, fact.StreamId)) is not { } budget) return;
        budget.Version = fact.Version;
        var row = alerts.Add(new LineKey(fact.Book, fact.StreamId, fact.Version));
        row.Measure = e.Measure;
        row.Percent = e.Percent;
        row.PeriodStart = e.PeriodStart;
        row.Used = e.Used;
        row.Limit = e.Limit;
        row.Currency = budget.Currency;
        row.NoticedAt = e.NoticedAt;
    }
}
