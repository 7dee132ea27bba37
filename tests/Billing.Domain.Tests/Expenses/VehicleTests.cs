using Billing.Domain.Expenses;
using Billing.Domain.Values;
using static Billing.Domain.Expenses.VehicleEvent;
using static Billing.Domain.Tests.Expenses.Garage;

namespace Billing.Domain.Tests.Expenses;

public sealed class VehicleTests
{
    private static readonly Distance Total = new(1_200_000, Distance.Miles);
    private static readonly VehicleAdded Added = new(Car, "Hatchback", IsLeased: false, Now);

    [Fact]
    public void Is_added_once()
    {
        Vehicle.Stream.Given().When(s => Vehicle.Decide(s, new AddVehicle(Car, "Hatchback", false, Now))).Then(Added);
        Vehicle.Stream.Given(Added).When(s => Vehicle.Decide(s, new AddVehicle(Car, "Hatchback", false, Later))).ThenNothing();
        Vehicle.Stream.Given(Added).When(s => Vehicle.Decide(s, new AddVehicle(Car, "Hatchback", true, Later))).ThenRefused("id-taken", "/id");
        Vehicle.Stream.Given().When(s => Vehicle.Decide(s, new AddVehicle(Car, "", false, Now))).ThenRefused("text-missing", "/name");
    }

    [Fact]
    public void A_year_is_by_the_standard_rate_or_by_actual_costs_with_the_distance_in_all()
    {
        Set([Added], 2026, "standard").Then(new VehicleYearSet(2026, "standard", null, null, Later));
        Set([Added], 2026, "actual", Total).Then(new VehicleYearSet(2026, "actual", 1_200_000, "mi", Later));
        Set([Added, new VehicleYearSet(2026, "actual", 1_200_000, "mi", Now)], 2026, "actual", Total).ThenNothing();
        Set([Added], 2026, "actual").ThenRefused("vehicle-total-missing", "/total");
        Set([Added], 2026, "both").ThenRefused("vehicle-method-unknown", "/method");
        Set([Added], 1999, "standard").ThenRefused("tax-year-unknown", "/year");
        Set([Added], 2026, "standard", new Distance(0, "mi")).ThenRefused("distance-out-of-range", "/total/hundredths");
        Set([], 2026, "standard").ThenRefused("vehicle-unknown");
    }

    [Fact]
    public void Who_began_with_actual_costs_stays_with_them()
    {
        VehicleEvent[] actualFirst = [Added, new VehicleYearSet(2024, "actual", 10, "mi", Now)];
        Set(actualFirst, 2025, "standard").ThenRefused("vehicle-method-bound", "/method");
        Set(actualFirst, 2025, "actual", Total).Then(new VehicleYearSet(2025, "actual", 1_200_000, "mi", Later));
        // The first year itself can be put right while it stands alone.
        Set(actualFirst, 2024, "standard").Then(new VehicleYearSet(2024, "standard", null, null, Later));
    }

    [Fact]
    public void An_owned_vehicle_that_began_by_the_standard_rate_changes_freely_and_a_leased_one_never()
    {
        var standardFirst = new VehicleYearSet(2024, "standard", null, null, Now);
        Set([Added, standardFirst], 2025, "actual", Total).Then(new VehicleYearSet(2025, "actual", 1_200_000, "mi", Later));
        Set([Added with { IsLeased = true }, standardFirst], 2025, "actual", Total).ThenRefused("vehicle-method-bound", "/method");
        // Nor can it be changed by saying something of an earlier year.
        Set([Added, standardFirst], 2023, "actual", Total).ThenRefused("vehicle-method-bound", "/method");
    }

    [Fact]
    public void Folds_every_kind_of_event() =>
        Vehicle.Stream.Takes_every_kind_of_event([Added, new VehicleYearSet(2024, "standard", null, null, Now)]);

    private static Outcome<VehicleEvent> Set(VehicleEvent[] before, int year, string method, Distance? total = null) =>
        Vehicle.Stream.Given(before).When(s => Vehicle.Decide(s, new SetVehicleYear(year, method, total, Later)));
}
