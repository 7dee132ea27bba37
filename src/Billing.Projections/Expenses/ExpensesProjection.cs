using Billing.Domain.Expenses;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Projections.Expenses;

internal sealed class ExpenseRow : Row
{
    public static readonly Shape<ExpenseRow> Shape = new Shape<ExpenseRow>("expenses", "book", "expense_id")
        .Number("amount_minor", row => ref row.AmountMinor)
        .Text("currency", row => ref row.Currency)
        .Text("category", row => ref row.Category)
        .Date("paid_on", row => ref row.PaidOn)
        .OptionalId("client_id", row => ref row.ClientId)
        .OptionalId("engagement_id", row => ref row.EngagementId)
        .Flag("rebill", row => ref row.Rebill)
        .OptionalText("payee", row => ref row.Payee)
        .OptionalText("note", row => ref row.Note)
        .OptionalId("invoice_id", row => ref row.InvoiceId)
        .Instant("recorded_at", row => ref row.RecordedAt)
        .Number("version", row => ref row.Version)
        .Index("by_day", "(book, paid_on)")
        .Index("unbilled", "(book, client_id, paid_on) WHERE invoice_id IS NULL AND rebill = 1");

    public long AmountMinor;
    public string Currency = "";
    public string Category = "";
    public LocalDate PaidOn;
    public Guid? ClientId;
    public Guid? EngagementId;
    public bool Rebill;
    public string? Payee;
    public string? Note;
    public Guid? InvoiceId;
    public Instant RecordedAt;
    public long Version;
}

internal sealed class ExpensesProjection : Projection
{
    private readonly Table<IdKey, ExpenseRow> expenses = new(ExpenseRow.Shape);

    public ExpensesProjection()
    {
        On<ExpenseEvent.ExpenseRecorded>(Apply);
        On<ExpenseEvent.ExpenseCorrected>(Apply);
        On<ExpenseEvent.ExpenseRemoved>((fact, _) => expenses.Remove(new IdKey(fact.Book, fact.StreamId)));
        On<ExpenseEvent.ExpenseBilled>((fact, e) => Change(fact, row => row.InvoiceId = e.InvoiceId));
        On<ExpenseEvent.ExpenseReleased>((fact, _) => Change(fact, row => row.InvoiceId = null));
    }

    public override int Version => 1;

    public override IReadOnlyList<Table> Tables => [expenses];

    private void Apply(Fact fact, ExpenseEvent.ExpenseRecorded e)
    {
        var row = expenses.Add(new IdKey(fact.Book, e.ExpenseId));
        row.AmountMinor = e.AmountMinor;
        row.Currency = e.Currency;
        row.Category = e.Category;
        row.PaidOn = e.PaidOn;
        row.ClientId = e.ClientId;
        row.EngagementId = e.EngagementId;
        row.Rebill = e.Rebill;
        row.Payee = e.Payee;
        row.Note = e.Note;
        row.RecordedAt = e.RecordedAt;
        row.Version = fact.Version;
    }

    private void Apply(Fact fact, ExpenseEvent.ExpenseCorrected e) => Change(fact, row =>
    {
        row.AmountMinor = e.AmountMinor;
        row.Currency = e.Currency;
        row.Category = e.Category;
        row.PaidOn = e.PaidOn;
        row.ClientId = e.ClientId;
        row.EngagementId = e.EngagementId;
        row.Rebill = e.Rebill;
        row.Payee = e.Payee;
        row.Note = e.Note;
    });

    private void Change(Fact fact, Action<ExpenseRow> change)
    {
        if (expenses.Change(new IdKey(fact.Book, fact.StreamId)) is not { } row) return;
        change(row);
        row.Version = fact.Version;
    }
}
