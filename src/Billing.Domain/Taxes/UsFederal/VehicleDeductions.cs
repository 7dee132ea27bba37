using Billing.Domain.Expenses;
using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>A trip for the business.</summary>
public sealed record BusinessTrip(Guid TripId, Guid VehicleId, LocalDate On, Distance Distance);

/// <summary>Running costs of a vehicle, as far as they were spent for the business's vehicle at all.</summary>
public sealed record VehicleCost(Guid ExpenseId, Guid VehicleId, LocalDate On, string Category, Money Amount);

/// <summary>How a vehicle is deducted in a year.</summary>
/// <param name="Method">One of <see cref="VehicleMethod"/>.</param>
/// <param name="Total">All that it was driven in the year; null where it is not known.</param>
public sealed record VehicleElection(Guid VehicleId, int Year, string Method, Distance? Total);

/// <summary>What of a trip or of a vehicle's costs is deducted.</summary>
public sealed record VehicleDeduction(Guid SourceId, LocalDate On, string Category, Money Amount);

/// <summary>
/// Schedule C line 9: a vehicle's trips at the rate of their day, or the business share of its actual costs. A year of a
/// vehicle is the one or the other, so that nothing is deducted twice.
/// </summary>
public sealed class VehicleDeductions
{
    private readonly Dictionary<(Guid, int), VehicleElection> elections;
    private readonly Dictionary<(Guid, int), Int128> driven;

    /// <param name="trips">All of the years that are asked for: a year's share needs the whole year.</param>
    public VehicleDeductions(IReadOnlyList<BusinessTrip> trips, IEnumerable<VehicleElection> elections)
    {
        this.elections = elections.ToDictionary(election => (election.VehicleId, election.Year));
        driven = trips.GroupBy(trip => (trip.VehicleId, trip.On.Year)).ToDictionary(
            year => year.Key, year => year.Aggregate((Int128)0, (sum, trip) => sum + trip.Distance.Millimetres));
    }

    /// <summary>Where nothing is said of a vehicle's year, the standard rate holds.</summary>
    public bool IsByActualCost(Guid vehicleId, int year) =>
        elections.GetValueOrDefault((vehicleId, year))?.Method == VehicleMethod.Actual;

    /// <summary>Null for what is deducted in the other way.</summary>
    public VehicleDeduction? Of(BusinessTrip trip) => IsByActualCost(trip.VehicleId, trip.On.Year)
        ? null
        : new VehicleDeduction(trip.TripId, trip.On, Expense.VehicleCategory, AtStandardRate(trip));

    /// <inheritdoc cref="Of(BusinessTrip)"/>
    public VehicleDeduction? Of(VehicleCost cost) => IsByActualCost(cost.VehicleId, cost.On.Year)
        ? new VehicleDeduction(cost.ExpenseId, cost.On, cost.Category, BusinessShareOf(cost))
        : null;

    /// <summary>The trip's miles at the dated rate, rounded once to the cent.</summary>
    /// <exception cref="ArgumentException">There is no rate for its day; such a trip can't be recorded.</exception>
    public static Money AtStandardRate(BusinessTrip trip)
    {
        var rate = TaxParameterLibrary.MileageRateOn(trip.On)
            ?? throw new ArgumentException($"There is no mileage rate for {Words.Day(trip.On)}.", nameof(trip));
        return trip.Distance.AtRatePerMile(rate, Currency.Usd);
    }

    /// <summary>Cost × business distance ÷ all distance of the year, rounded once; all of it where the business had more.</summary>
    public Money BusinessShareOf(VehicleCost cost)
    {
        var total = elections.GetValueOrDefault((cost.VehicleId, cost.On.Year))?.Total?.Millimetres ?? 0;
        var business = driven.GetValueOrDefault((cost.VehicleId, cost.On.Year));
        if (total == 0) return Money.Zero(cost.Amount.Currency);
        if (business >= total) return cost.Amount;
        return new Money(Rounding.DivideHalfAwayFromZero(cost.Amount.Minor * business, total), cost.Amount.Currency);
    }
}
