using Billing.Domain.Expenses;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Expenses;

internal sealed class RecurringExpenseRow : Row
{
    public static readonly Shape<RecurringExpenseRow> Shape = new Shape<RecurringExpenseRow>(
        "recurring_expenses", "book", "recurring_id")
        .Number("amount_minor", row => ref row.AmountMinor)
        .Text("currency", row => ref row.Currency)
        .Text("category", row => ref row.Category)
        .Text("every", row => ref row.Every)
        .Date("first_on", row => ref row.FirstOn)
        .OptionalDate("until", row => ref row.Until)
        .OptionalId("client_id", row => ref row.ClientId)
        .OptionalId("engagement_id", row => ref row.EngagementId)
        .Flag("rebill", row => ref row.Rebill)
        .OptionalText("payee", row => ref row.Payee)
        .OptionalText("note", row => ref row.Note)
        .OptionalText("particulars", row => ref row.Particulars)
        .OptionalDate("recorded_through", row => ref row.RecordedThrough)
        .Number("version", row => ref row.Version);

    public long AmountMinor;
    public string Currency = "";
    public string Category = "";
    public string Every = "";
    public LocalDate FirstOn;
    public LocalDate? Until;
    public Guid? ClientId;
    public Guid? EngagementId;
    public bool Rebill;
    public string? Payee;
    public string? Note;
    public string? Particulars;
    public LocalDate? RecordedThrough;
    public long Version;
}

internal sealed class RecurringExpensesProjection : Projection
{
    private readonly Table<IdKey, RecurringExpenseRow> recurring = new(RecurringExpenseRow.Shape);

    public RecurringExpensesProjection()
    {
        On<RecurringExpenseEvent.RecurringExpenseSet>(Apply);
        On<RecurringExpenseEvent.OccurrencesRecorded>((fact, e) =>
        {
            if (recurring.Change(new IdKey(fact.Book, fact.StreamId)) is not { } row) return;
            row.RecordedThrough = e.Through;
            row.Version = fact.Version;
        });
    }

    public override int Version => 1;

    public override IReadOnlyList<Table> Tables => [recurring];

    private void Apply(Fact fact, RecurringExpenseEvent.RecurringExpenseSet e)
    {
        var row = recurring.ChangeOrAdd(new IdKey(fact.Book, e.RecurringId));
        row.AmountMinor = e.AmountMinor;
        row.Currency = e.Currency;
        row.Category = e.Category;
        row.Every = e.Every;
        row.FirstOn = e.FirstOn;
        row.Until = e.Until;
        row.ClientId = e.ClientId;
        row.EngagementId = e.EngagementId;
        row.Rebill = e.Rebill;
        row.Payee = e.Payee;
        row.Note = e.Note;
        row.Particulars = e.Particulars is { } particulars ? ListText.Of(particulars) : null;
        row.Version = fact.Version;
    }
}
