using Billing.Domain.Expenses;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Projections.Expenses;

internal sealed class VehicleRow : Row
{
    public static readonly Shape<VehicleRow> Shape = new Shape<VehicleRow>("vehicles", "book", "vehicle_id")
        .OptionalText("name", row => ref row.Name)
        .Flag("is_leased", row => ref row.IsLeased)
        .Instant("added_at", row => ref row.AddedAt)
        .Number("version", row => ref row.Version);

    public string? Name;
    public bool IsLeased;
    public Instant AddedAt;
    public long Version;
}

internal sealed class VehicleYearRow : Row
{
    public static readonly Shape<VehicleYearRow> Shape = new Shape<VehicleYearRow>("vehicle_years", "book", "vehicle_id", "tax_year")
        .Text("method", row => ref row.Method)
        .OptionalNumber("total_hundredths", row => ref row.TotalHundredths)
        .OptionalText("unit", row => ref row.Unit);

    public string Method = VehicleMethod.Standard;
    public long? TotalHundredths;
    public string? Unit;
}

internal sealed class VehiclesProjection : Projection
{
    private readonly Table<IdKey, VehicleRow> vehicles = new(VehicleRow.Shape);
    private readonly Table<LineKey, VehicleYearRow> years = new(VehicleYearRow.Shape);

    public VehiclesProjection()
    {
        On<VehicleEvent.VehicleAdded>((fact, e) =>
        {
            var row = vehicles.Add(new IdKey(fact.Book, e.VehicleId));
            row.Name = e.Name;
            row.IsLeased = e.IsLeased;
            row.AddedAt = e.AddedAt;
            row.Version = fact.Version;
        });
        On<VehicleEvent.VehicleYearSet>((fact, e) =>
        {
            if (vehicles.Change(new IdKey(fact.Book, fact.StreamId)) is { } vehicle) vehicle.Version = fact.Version;
            var row = years.ChangeOrAdd(new LineKey(fact.Book, fact.StreamId, e.Year));
            row.Method = e.Method;
            row.TotalHundredths = e.TotalHundredths;
            row.Unit = e.Unit;
        });
    }

    public override int Version => 1;

    public override IReadOnlyList<Table> Tables => [vehicles, years];
}
