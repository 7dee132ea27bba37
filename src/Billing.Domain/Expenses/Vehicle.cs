using System.Collections.Immutable;
using System.Diagnostics;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Expenses.VehicleEvent;

namespace Billing.Domain.Expenses;

public sealed record AddVehicle(Guid VehicleId, string Name, bool IsLeased, Instant At);

/// <param name="Total">All that it was driven in the year; null where it is not known.</param>
public sealed record SetVehicleYear(int Year, string Method, Distance? Total, Instant At);

public abstract record VehicleState
{
    private VehicleState() { }

    public sealed record NotAdded : VehicleState;

    /// <param name="Years">What is said of each year; of a year that is not there, the standard rate holds.</param>
    /// <param name="AddedAs">What it was added with, to know a retry by.</param>
    public sealed record Kept(
        Guid VehicleId, string? Name, bool IsLeased, ImmutableSortedDictionary<int, VehicleYear> Years,
        VehicleAdded AddedAs) : VehicleState;
}

/// <param name="Method">One of <see cref="VehicleMethod"/>.</param>
public sealed record VehicleYear(string Method, Distance? Total);

/// <summary>One vehicle and how it is deducted year by year. The stream is <c>vehicle-{id}</c>.</summary>
public static class Vehicle
{
    public const int FirstYear = 2000;
    public const int LastYear = 2099;

    public static readonly StreamType<VehicleState, VehicleEvent> Stream = new("vehicle", new VehicleState.NotAdded(), Evolve);

    public static VehicleState Evolve(VehicleState state, VehicleEvent @event) => (state, @event) switch
    {
        (_, VehicleAdded e) => new VehicleState.Kept(
            e.VehicleId, e.Name, e.IsLeased, ImmutableSortedDictionary<int, VehicleYear>.Empty, e),
        (VehicleState.Kept kept, VehicleYearSet e) => kept with
        {
            Years = kept.Years.SetItem(e.Year, new VehicleYear(
                e.Method, e.TotalHundredths is { } total && e.Unit is { } unit ? new Distance(total, unit) : null)),
        },
        _ => throw new UnreachableException(),
    };

    /// <summary>Refuses: <c>id-taken</c> and what <see cref="Wording.RefuseName"/> refuses.</summary>
    public static Decision<VehicleEvent> Decide(VehicleState state, AddVehicle command)
    {
        var added = new VehicleAdded(command.VehicleId, command.Name, command.IsLeased, command.At);
        if (state is VehicleState.Kept kept)
        {
            return kept.AddedAs with { AddedAt = command.At } == added
                ? Decision<VehicleEvent>.AlreadyDone
                : new Rejection("id-taken", "There is a vehicle with this id already; take a new id.", "/id");
        }
        return Wording.RefuseName(command.Name, "/name") is { } refusal ? refusal : added;
    }

    /// <summary>Refuses: <c>vehicle-unknown</c>, <c>tax-year-unknown</c>, <c>vehicle-method-unknown</c>,
    /// <c>vehicle-total-missing</c>, <c>vehicle-method-bound</c> and what <see cref="Distance.Refuse"/> refuses.</summary>
    public static Decision<VehicleEvent> Decide(VehicleState state, SetVehicleYear command)
    {
        if (state is not VehicleState.Kept kept) return NoSuchVehicle;
        if (command.Year is < FirstYear or > LastYear)
            return Invalid("tax-year-unknown", $"The tax year lies between {FirstYear} and {LastYear}.", "/year");
        if (command.Method is not (VehicleMethod.Standard or VehicleMethod.Actual))
            return Invalid("vehicle-method-unknown", "A vehicle is deducted by standard or actual.", "/method");
        if (command.Total is { } total && Distance.Refuse(total.Hundredths, total.Unit, "/total") is { } refusal) return refusal;
        if (command.Method == VehicleMethod.Actual && command.Total is null)
        {
            return Invalid(
                "vehicle-total-missing",
                "Actual costs count by the business share of the distance, so say how far the vehicle was driven in all.", "/total");
        }
        var year = new VehicleYear(command.Method, command.Total);
        if (kept.Years.GetValueOrDefault(command.Year) == year) return Decision<VehicleEvent>.AlreadyDone;
        return RefuseSwitch(kept, kept.Years.SetItem(command.Year, year)) is { } bound
            ? bound
            : new VehicleYearSet(command.Year, command.Method, command.Total?.Hundredths, command.Total?.Unit, command.At);
    }

    /// <summary>There is no such vehicle in this practice.</summary>
    public static Rejection NoSuchVehicle { get; } =
        new("vehicle-unknown", "There is no such vehicle.", Kind: RejectionKind.NotFound);

    /// <summary>
    /// The first year binds: actual costs then mean actual costs for good, and a leased vehicle that began by the standard
    /// rate keeps it. An owned one that began by the standard rate may change from year to year.
    /// </summary>
    private static Rejection? RefuseSwitch(VehicleState.Kept kept, ImmutableSortedDictionary<int, VehicleYear> years)
    {
        var (firstYear, first) = years.First();
        var isBound = first.Method == VehicleMethod.Actual || kept.IsLeased;
        if (!isBound || years.Values.All(year => year.Method == first.Method)) return null;
        return new Rejection(
            "vehicle-method-bound",
            first.Method == VehicleMethod.Actual
                ? FormattableString.Invariant($"This vehicle began with actual costs in {firstYear}, and so stays with them.")
                : FormattableString.Invariant($"This vehicle is leased and began with the standard rate in {firstYear}, and so keeps it."),
            "/method");
    }

    private static Rejection Invalid(string code, string detail, string field) =>
        new(code, detail, field, RejectionKind.Invalid);
}
