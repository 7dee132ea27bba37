using Billing.Domain.Expenses;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using CsCheck;
using NodaTime;

namespace Billing.Domain.Tests.Taxes.UsFederal;

public sealed class VehicleDeductionsTests
{
    private static readonly Guid Car = new(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), Van = new(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2);

    /// <summary>The rates of the specification, with the two of 2026 on both sides of their border.</summary>
    [Theory]
    [InlineData("2024-01-01", 6_700)]
    [InlineData("2024-12-31", 6_700)]
    [InlineData("2025-06-15", 7_000)]
    [InlineData("2026-01-01", 7_250)]
    [InlineData("2026-06-30", 7_250)]
    [InlineData("2026-07-01", 7_600)]
    [InlineData("2026-12-31", 7_600)]
    public void A_hundred_miles_are_deducted_at_the_rate_of_their_day(string day, long cents) => Assert.Equal(
        Usd(cents), VehicleDeductions.AtStandardRate(Trip(Car, Day(day), 10_000)));

    [Fact]
    public void Kilometres_convert_exactly_and_are_rounded_once()
    {
        // 160.9344 km are 100 miles; 160.93 km are 99.99726… miles, × 0.725 = 72.498…
        Assert.Equal(Usd(7_250), Kilometres(16_093));
        Assert.Equal(Usd(7_251), Kilometres(16_095));
        // A hundred kilometres are 62.1371… miles, × 0.725 = 45.0494…
        Assert.Equal(Usd(4_505), Kilometres(10_000));

        static Money Kilometres(long hundredths) => VehicleDeductions.AtStandardRate(
            new BusinessTrip(Guid.Empty, Car, new LocalDate(2026, 1, 1), new Distance(hundredths, Distance.Kilometres)));
    }

    [Fact]
    public void A_day_without_a_rate_is_refused_by_name() => Assert.Contains(
        "2023-05-01", Assert.Throws<ArgumentException>(() => VehicleDeductions.AtStandardRate(Trip(Car, new LocalDate(2023, 5, 1), 1))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_vehicle_and_year_are_deducted_in_one_way_and_never_in_both()
    {
        BusinessTrip[] trips = [Trip(Car, Day("2025-03-01"), 300_000), Trip(Car, Day("2026-03-01"), 100_000), Trip(Van, Day("2026-03-01"), 50_000)];
        var rule = new VehicleDeductions(trips, [new(Car, 2026, VehicleMethod.Actual, new Distance(400_000, "mi"))]);
        VehicleCost fuel = new(Guid.Empty, Car, Day("2026-05-01"), "car-and-truck", Usd(10_001));

        Assert.Null(rule.Of(trips[1]));
        // A quarter of the distance was for the business.
        Assert.Equal(Usd(2_500), rule.Of(fuel)!.Amount);
        Assert.Equal(Usd(210_000), rule.Of(trips[0])!.Amount);
        Assert.Null(rule.Of(fuel with { On = Day("2025-05-01") }));
        Assert.NotNull(rule.Of(trips[2]));
        Assert.Null(rule.Of(fuel with { VehicleId = Van }));
    }

    [Fact]
    public void The_business_share_counts_miles_and_kilometres_together_and_is_never_more_than_all()
    {
        BusinessTrip[] trips =
            [Trip(Car, Day("2026-03-01"), 5_000), new(Guid.Empty, Car, Day("2026-04-01"), new Distance(804_672, Distance.Kilometres))];
        var cost = new VehicleCost(Guid.Empty, Car, Day("2026-05-01"), "car-and-truck", Usd(1_000));
        // 50 miles and 8046.72 km, which are 5,000 miles: half of 10,100.
        Assert.Equal(Usd(500), Share(1_010_000));
        Assert.Equal(Usd(1_000), Share(505_000));
        Assert.Equal(Usd(1_000), Share(1));

        Money Share(long total) =>
            new VehicleDeductions(trips, [new(Car, 2026, VehicleMethod.Actual, new Distance(total, "mi"))]).BusinessShareOf(cost);
    }

    [Fact]
    public void A_distance_at_a_rate_is_rounded_once_half_away_from_zero() =>
        Gen.Select(Gen.Long[1, Distance.MaxHundredths], Gen.Int[1, 1_000_000], Gen.Bool).Sample((hundredths, rate, isMiles) =>
        {
            var distance = new Distance(hundredths, isMiles ? Distance.Miles : Distance.Kilometres);
            var cents = distance.AtRatePerMile(rate / 1_000_000m, Currency.Usd).Minor;
            var exact = hundredths * (rate / 1_000_000m) / (isMiles ? 1m : 1.609344m);
            Assert.InRange(cents - exact, -0.5m, 0.5m);
        }, iter: 2_000);

    private static Money Usd(long cents) => new(cents, Currency.Usd);

    private static LocalDate Day(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;

    private static BusinessTrip Trip(Guid vehicle, LocalDate on, long hundredths) =>
        new(Guid.Empty, vehicle, on, new Distance(hundredths, Distance.Miles));
}
