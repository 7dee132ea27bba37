using Billing.Domain.Taxes.UsFederal;
using CsCheck;
using static Billing.Domain.Tests.Taxes.UsFederal.EstimatorTests;
using static Billing.Domain.Tests.Taxes.UsFederal.TaxCases;

namespace Billing.Domain.Tests.Taxes.UsFederal;

/// <summary>What one estimate says otherwise than the one before it, and why.</summary>
public sealed class EstimateChangesTests
{
    private static TaxEstimate Expecting(decimal netProfit) =>
        Estimator.TryEstimate(
            Figures(2026), HalfYear with { Projection = new ProfitProjection.OwnNumber(netProfit) }, out var estimate, out var rejection)
            ? estimate
            : throw new InvalidOperationException(rejection.Detail);

    [Fact]
    public void The_reasons_together_are_the_whole_difference() =>
        Gen.Select(Gen.Int[0, 200_000], Gen.Int[0, 200_000], Gen.Int[0, 200_000]).Sample((first, second, third) =>
        {
            var (before, between, after) = (Expecting(first), Expecting(second), Expecting(third));
            var changes = EstimateChanges.Of(
                before, [(ChangeReason.Parameters, before), (ChangeReason.Corrections, between), (ChangeReason.Time, after)]);
            Assert.Equal(after.Annual.Total.Amount - before.Annual.Total.Amount, changes.Reasons.Sum(reason => reason.TotalTax));
            Assert.Equal(after.Required.Required.Amount - before.Required.Required.Amount, changes.Reasons.Sum(reason => reason.Required));
            Assert.DoesNotContain(changes.Reasons, reason => reason.Code == ChangeReason.Parameters);
        });

    [Fact]
    public void A_step_that_could_not_be_made_counts_to_the_next()
    {
        var (before, after) = (Expecting(50_000), Expecting(60_000));
        var changes = EstimateChanges.Of(before, [(ChangeReason.Corrections, null), (ChangeReason.Time, after)]);
        Assert.Equal(ChangeReason.Time, Assert.Single(changes.Reasons).Code);
    }

    [Fact]
    public void Only_lines_that_are_shown_otherwise_are_named()
    {
        var changes = EstimateChanges.Of(Expecting(50_000), [(ChangeReason.Time, Expecting(60_000))]);
        var line = Assert.Single(changes.Lines, line => line.Code == "projection.net-profit");
        Assert.Equal((50_000m, 60_000m), (line.Before, line.After));
        Assert.DoesNotContain(changes.Lines, line => line.Code == "schedule-c.net-profit");
        Assert.Empty(EstimateChanges.Of(Expecting(50_000), [(ChangeReason.Time, Expecting(50_000))]).Lines);
    }

    [Fact]
    public void A_line_that_is_new_and_one_that_is_gone_are_named()
    {
        var (below, above) = (Expecting(50_000), Expecting(400_000));
        var there = EstimateChanges.Of(below, [(ChangeReason.Time, above)]).Lines.Single(line => line.Code == "qbi.phase-in");
        var gone = EstimateChanges.Of(above, [(ChangeReason.Time, below)]).Lines.Single(line => line.Code == "qbi.phase-in");
        Assert.Null(there.Before);
        Assert.Null(gone.After);
    }
}
