using Billing.Domain.Expenses;
using Billing.Domain.Values;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Projections.Expenses;

internal sealed class TripRow : Row
{
    public static readonly Shape<TripRow> Shape = new Shape<TripRow>("trips", "book", "expense_id")
        .Id("vehicle_id", row => ref row.VehicleId)
        .Date("driven_on", row => ref row.DrivenOn)
        .Number("distance_hundredths", row => ref row.DistanceHundredths)
        .Text("unit", row => ref row.Unit)
        .OptionalId("client_id", row => ref row.ClientId)
        .OptionalId("engagement_id", row => ref row.EngagementId)
        .OptionalText("rate_per_unit", row => ref row.RatePerUnit)
        .Text("currency", row => ref row.Currency)
        .OptionalText("purpose", row => ref row.Purpose)
        .OptionalText("from_place", row => ref row.FromPlace)
        .OptionalText("to_place", row => ref row.ToPlace)
        .OptionalId("invoice_id", row => ref row.InvoiceId)
        .Instant("recorded_at", row => ref row.RecordedAt)
        .Number("version", row => ref row.Version)
        .Index("by_day", "(book, driven_on)");

    public Guid VehicleId;
    public LocalDate DrivenOn;
    public long DistanceHundredths;
    public string Unit = Distance.Miles;
    public Guid? ClientId;
    public Guid? EngagementId;
    public string? RatePerUnit;
    public string Currency = "";
    public string? Purpose;
    public string? FromPlace;
    public string? ToPlace;
    public Guid? InvoiceId;
    public Instant RecordedAt;
    public long Version;
}

internal sealed class TripsProjection : Projection
{
    private readonly Table<IdKey, TripRow> trips = new(TripRow.Shape);

    public TripsProjection()
    {
        On<ExpenseEvent.TripRecorded>(Apply);
        On<ExpenseEvent.TripCorrected>(Apply);
        On<ExpenseEvent.ExpenseRemoved>((fact, _) => trips.Remove(new IdKey(fact.Book, fact.StreamId)));
        On<ExpenseEvent.ExpenseBilled>((fact, e) => Change(fact, row => row.InvoiceId = e.InvoiceId));
        On<ExpenseEvent.ExpenseReleased>((fact, _) => Change(fact, row => row.InvoiceId = null));
        On<ExpenseEvent.ReceiptAttached>((fact, _) => Change(fact, _ => { }));
        On<ExpenseEvent.ReceiptRemoved>((fact, _) => Change(fact, _ => { }));
    }

    public override int Version => 1;

    public override IReadOnlyList<Table> Tables => [trips];

    private void Apply(Fact fact, ExpenseEvent.TripRecorded e)
    {
        var row = trips.Add(new IdKey(fact.Book, e.ExpenseId));
        row.VehicleId = e.VehicleId;
        row.DrivenOn = e.DrivenOn;
        row.DistanceHundredths = e.DistanceHundredths;
        row.Unit = e.Unit;
        row.ClientId = e.ClientId;
        row.EngagementId = e.EngagementId;
        row.RatePerUnit = e.RatePerUnit;
        row.Currency = e.Currency;
        row.Purpose = e.Purpose;
        row.FromPlace = e.FromPlace;
        row.ToPlace = e.ToPlace;
        row.RecordedAt = e.RecordedAt;
        row.Version = fact.Version;
    }

    private void Apply(Fact fact, ExpenseEvent.TripCorrected e) => Change(fact, row =>
    {
        row.VehicleId = e.VehicleId;
        row.DrivenOn = e.DrivenOn;
        row.DistanceHundredths = e.DistanceHundredths;
        row.Unit = e.Unit;
        row.ClientId = e.ClientId;
        row.EngagementId = e.EngagementId;
        row.RatePerUnit = e.RatePerUnit;
        row.Currency = e.Currency;
        row.Purpose = e.Purpose;
        row.FromPlace = e.FromPlace;
        row.ToPlace = e.ToPlace;
    });

    private void Change(Fact fact, Action<TripRow> change)
    {
        if (trips.Change(new IdKey(fact.Book, fact.StreamId)) is not { } row) return;
        change(row);
        row.Version = fact.Version;
    }
}
