using Billing.Domain.Expenses;
using Billing.Domain.Values;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using Billing.Projections.Storage;
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
        .Number("mark_up_minor", row => ref row.MarkUpMinor)
        .Number("business_minor", row => ref row.BusinessMinor)
        .Text("business_currency", row => ref row.BusinessCurrency)
        .OptionalId("vehicle_id", row => ref row.VehicleId)
        .Flag("is_trip", row => ref row.IsTrip)
        .OptionalText("particulars", row => ref row.Particulars)
        .Instant("recorded_at", row => ref row.RecordedAt)
        .OptionalId("recorded_by", row => ref row.RecordedBy)
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
    public long MarkUpMinor;

    /// <summary>What of it was spent for the business, in the books' currency; nothing of a trip, which nobody paid.</summary>
    public long BusinessMinor;

    public string BusinessCurrency = "";
    public Guid? VehicleId;
    public bool IsTrip;
    public string? Particulars;
    public Instant RecordedAt;
    public Guid? RecordedBy;
    public long Version;
}

/// <summary>Trips have a row here too, by which they are found when they are to be rebilled.</summary>
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
        On<ExpenseEvent.TripRecorded>(Apply);
        On<ExpenseEvent.TripCorrected>(Apply);
        On<ExpenseEvent.ReceiptAttached>((fact, _) => Change(fact, _ => { }));
        On<ExpenseEvent.ReceiptRemoved>((fact, _) => Change(fact, _ => { }));
    }

    public override int Version => 3;

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
        row.RecordedBy = e.RecordedBy;
        row.Version = fact.Version;
        Detail(row, e.Particulars);
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
        Detail(row, e.Particulars);
    });

    private void Apply(Fact fact, ExpenseEvent.TripRecorded e)
    {
        var row = expenses.Add(new IdKey(fact.Book, e.ExpenseId));
        row.RecordedAt = e.RecordedAt;
        row.Version = fact.Version;
        Drive(row, e.Currency, new TripFacts(
            e.VehicleId, e.DrivenOn, new Distance(e.DistanceHundredths, e.Unit), e.ClientId, e.EngagementId, e.RatePerUnit,
            e.Purpose, e.FromPlace, e.ToPlace));
    }

    private void Apply(Fact fact, ExpenseEvent.TripCorrected e) => Change(fact, row => Drive(row, e.Currency, new TripFacts(
        e.VehicleId, e.DrivenOn, new Distance(e.DistanceHundredths, e.Unit), e.ClientId, e.EngagementId, e.RatePerUnit,
        e.Purpose, e.FromPlace, e.ToPlace)));

    private static void Detail(ExpenseRow row, ExpenseParticulars? particulars)
    {
        var amount = new Money(row.AmountMinor, Currency.Of(row.Currency));
        var business = ExpenseAmounts.ForBusiness(amount, particulars);
        row.BusinessMinor = business.Minor;
        row.BusinessCurrency = business.Currency.Code;
        row.MarkUpMinor = ExpenseAmounts.MarkUpOn(amount, particulars?.MarkUp).Minor;
        row.VehicleId = particulars?.VehicleId;
        row.Particulars = particulars is null ? null : ListText.Of(particulars);
    }

    private static void Drive(ExpenseRow row, string currency, TripFacts trip)
    {
        row.IsTrip = true;
        row.AmountMinor = TripCharge.Of(trip.Distance, trip.RatePerUnit, Currency.Of(currency)).Minor;
        row.Currency = currency;
        row.BusinessCurrency = currency;
        row.Category = Expense.VehicleCategory;
        row.PaidOn = trip.DrivenOn;
        row.ClientId = trip.ClientId;
        row.EngagementId = trip.EngagementId;
        row.Rebill = trip.RatePerUnit is not null;
        row.Note = TripCharge.Wording(trip);
        row.VehicleId = trip.VehicleId;
    }

    private void Change(Fact fact, Action<ExpenseRow> change)
    {
        if (expenses.Change(new IdKey(fact.Book, fact.StreamId)) is not { } row) return;
        change(row);
        row.Version = fact.Version;
    }
}
