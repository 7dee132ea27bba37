using Billing.Domain.Expenses;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Paging;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Expenses;

/// <param name="Charge">What its client is charged; zero where it is not rebilled.</param>
/// <param name="RatePerUnit">For a mile or kilometre, as decimal text; null where it is not rebilled.</param>
/// <param name="InvoiceId">The finalised invoice it stands on.</param>
/// <param name="Version">Of the trip's stream.</param>
public sealed record TripView(
    Guid ExpenseId, Guid VehicleId, LocalDate DrivenOn, Distance Distance, Guid? ClientId, Guid? EngagementId,
    string? RatePerUnit, Money Charge, string? Purpose, string? FromPlace, string? ToPlace, Guid? InvoiceId, Instant RecordedAt,
    long Version);

/// <summary>Which trips are wanted; null leaves that side open.</summary>
public sealed record TripFilter(Guid? VehicleId = null, LocalDate? From = null, LocalDate? EndExclusive = null);

public sealed record VehicleView(
    Guid VehicleId, string? Name, bool IsLeased, Instant AddedAt, long Version, IReadOnlyList<VehicleYearView> Years);

/// <param name="Method">One of <see cref="VehicleMethod"/>.</param>
/// <param name="Total">All that it was driven in the year; null where it is not known.</param>
public sealed record VehicleYearView(int Year, string Method, Distance? Total);

/// <summary>Trips, vehicles, and what of them is deducted.</summary>
public sealed class TripQueries(ReadDatabase database)
{
    private const string Columns = """
        SELECT expense_id, vehicle_id, driven_on, distance_hundredths, unit, client_id, engagement_id, rate_per_unit, currency,
            purpose, from_place, to_place, invoice_id, recorded_at, version FROM trips
        """;

    public TripView? Trip(BookId book, Guid expenseId) => database.Read(book, (session, key) =>
        session.Row($"{Columns} WHERE book = ?1 AND expense_id = ?2", Read, key, expenseId));

    public Page<TripView> Trips(BookId book, TripFilter filter, PageRequest page) =>
        database.Read(book, (session, key) => Page<TripView>.Of(
            session.Rows(
                $"""
                {Columns} WHERE book = ?1 AND expense_id > ?2 AND (?4 IS NULL OR vehicle_id = ?4)
                    AND (?5 IS NULL OR driven_on >= ?5) AND (?6 IS NULL OR driven_on < ?6)
                ORDER BY expense_id LIMIT ?3
                """,
                Read, key, page.Start, page.Fetched, filter.VehicleId, filter.From, filter.EndExclusive),
            page, trip => trip.ExpenseId));

    public IReadOnlyList<VehicleView> Vehicles(BookId book) => database.Read(book, (session, key) =>
    {
        var years = session.Rows(
            "SELECT vehicle_id, tax_year, method, total_hundredths, unit FROM vehicle_years WHERE book = ?1 ORDER BY tax_year",
            row => (Vehicle: row.Id(), Year: new VehicleYearView(row.Int(), row.Text(), Total(row))), key)
            .ToLookup(year => year.Vehicle, year => year.Year);
        return session.Rows(
            "SELECT vehicle_id, name, is_leased, added_at, version FROM vehicles WHERE book = ?1 ORDER BY vehicle_id",
            row =>
            {
                var id = row.Id();
                return new VehicleView(id, row.OptionalText(), row.Bool(), row.Instant(), row.Long(), [.. years[id]]);
            },
            key);
    });

    /// <summary>How vehicles are deducted in some whole years, and every trip of those.</summary>
    internal static (VehicleDeductions Rule, IReadOnlyList<BusinessTrip> Trips) Deductions(
        Session session, long key, int firstYear, int lastYear)
    {
        var trips = session.Rows(
            """
            SELECT expense_id, vehicle_id, driven_on, distance_hundredths, unit FROM trips
            WHERE book = ?1 AND driven_on >= ?2 AND driven_on < ?3 ORDER BY driven_on, expense_id
            """,
            row => new BusinessTrip(row.Id(), row.Id(), row.Date(), new Distance(row.Long(), row.Text())),
            key, new LocalDate(firstYear, 1, 1), new LocalDate(lastYear + 1, 1, 1));
        var elections = session.Rows(
            """
            SELECT vehicle_id, tax_year, method, total_hundredths, unit FROM vehicle_years
            WHERE book = ?1 AND tax_year >= ?2 AND tax_year <= ?3
            """,
            row => new VehicleElection(row.Id(), row.Int(), row.Text(), Total(row)), key, firstYear, lastYear);
        return (new VehicleDeductions(trips, elections), trips);
    }

    private static Distance? Total(Statement row)
    {
        var (hundredths, unit) = (row.OptionalLong(), row.OptionalText());
        return hundredths is { } total ? new Distance(total, unit!) : null;
    }

    private static TripView Read(Statement row)
    {
        var (id, vehicle, day, distance) = (row.Id(), row.Id(), row.Date(), new Distance(row.Long(), row.Text()));
        var (client, engagement, rate, currency) = (row.OptionalId(), row.OptionalId(), row.OptionalText(), Currency.Of(row.Text()));
        return new TripView(
            id, vehicle, day, distance, client, engagement, rate, TripCharge.Of(distance, rate, currency), row.OptionalText(),
            row.OptionalText(), row.OptionalText(), row.OptionalId(), row.Instant(), row.Long());
    }
}
