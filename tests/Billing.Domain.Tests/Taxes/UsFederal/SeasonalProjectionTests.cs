using Billing.Domain.Taxes.UsFederal;
using NodaTime;
using static Billing.Domain.Tests.Taxes.UsFederal.EstimatorTests;
using static Billing.Domain.Tests.Taxes.UsFederal.TaxCases;

namespace Billing.Domain.Tests.Taxes.UsFederal;

/// <summary>A year that goes like the one before it.</summary>
public sealed class SeasonalProjectionTests
{
    private static readonly LocalDate MidYear = new(2026, 7, 1);

    private static readonly Receipt[] Receipts =
    [
        new(new LocalDate(2025, 1, 20), Usd(1_000_000)), new(new LocalDate(2025, 7, 1), Usd(500_000)),
        new(new LocalDate(2025, 7, 2), Usd(4_600_000)),
    ];

    private static readonly BusinessExpense[] Expenses = [new(new LocalDate(2025, 5, 1), "meals", Usd(200_000))];

    private static bool TryMake(ProfitProjection projection, out TaxEstimate? estimate, out Rejection? rejection) =>
        Estimator.TryEstimate(Figures(2026), HalfYear with { AsOf = MidYear, Projection = projection }, out estimate, out rejection);

    [Fact]
    public void The_rest_of_the_year_follows_the_share_of_last_years_profit_that_was_there_by_the_same_day()
    {
        var shape = LastYear.Shape(Figures(2026), Receipts, Expenses, MidYear);

        // Half of the meals counts: 14,000 of 60,000 by the first of July.
        Assert.Equal(new ProfitProjection.Seasonal(60_000, 14_000), shape);
        Assert.True(TryMake(shape, out var estimate, out _));
        // This year 24,620 by the same day.
        Assert.Equal(24_620m * 60 / 14, Math.Round(estimate!.Projection.NetProfit.Exact, 10), 9);
        Assert.Equal(
            "Assumes that the year goes like the last one, of whose profit 23.33 % was there by the same day, 2026-07-01 now.",
            estimate.Projection.Method);
        WorkingCheck.Holds(2026, estimate.Lines);
    }

    [Fact]
    public void Once_the_year_is_over_nothing_is_added()
    {
        var shape = LastYear.Shape(Figures(2026), Receipts, Expenses, new LocalDate(2027, 1, 10));
        Assert.Equal(shape.LastYearNetProfit, shape.LastYearNetProfitByThen);
    }

    [Fact]
    public void The_29th_of_february_is_held_against_the_28th()
    {
        Receipt[] receipts = [new(new LocalDate(2023, 2, 28), Usd(100)), new(new LocalDate(2023, 3, 1), Usd(100))];
        Assert.Equal(1m, LastYear.Shape(Figures(2024), receipts, [], new LocalDate(2024, 2, 29)).LastYearNetProfitByThen);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-5_000, -5_000)]
    [InlineData(50_000, 0)]
    [InlineData(50_000, -100)]
    [InlineData(50_000, 999)]
    public void Books_that_show_no_season_are_refused(int profit, int byThen)
    {
        Assert.False(TryMake(new ProfitProjection.Seasonal(profit, byThen), out _, out var rejection));
        Assert.Equal(("seasonal-needs-last-year", "/projection"), (rejection!.Code, rejection.Field));
    }

    [Fact]
    public void The_least_that_is_enough_to_go_by_is_taken() =>
        Assert.True(TryMake(new ProfitProjection.Seasonal(50_000, 1_000), out _, out _));
}
