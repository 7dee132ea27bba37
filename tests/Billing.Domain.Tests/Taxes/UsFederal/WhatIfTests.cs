using Billing.Domain.Taxes.UsFederal;
using NodaTime;
using static Billing.Domain.Tests.Taxes.UsFederal.TaxCases;

namespace Billing.Domain.Tests.Taxes.UsFederal;

/// <summary>Plans worked through beside the books.</summary>
public sealed class WhatIfTests
{
    private static readonly LocalDate October = new(2026, 10, 1);

    /// <summary>Half a year's facts, 50,000 expected for the year.</summary>
    private static TaxFacts Facts => EstimatorTests.HalfYear;

    private static TaxEstimate Made(TaxFacts facts) =>
        Estimator.TryEstimate(Figures(2026), facts, out var estimate, out var rejection)
            ? estimate
            : throw new InvalidOperationException(rejection.Detail);

    private static TaxEstimate With(params WhatIf[] changes) =>
        WhatIf.TryApply(Figures(2026), Facts, changes, out var changed, out var rejection)
            ? Made(changed)
            : throw new InvalidOperationException(rejection.Detail);

    private static string? Refused(WhatIf change) =>
        WhatIf.TryApply(Figures(2026), Facts, [change], out _, out var rejection) ? null : $"{rejection.Code} {rejection.Field}";

    [Fact]
    public void A_client_who_pays_month_after_month_raises_the_year_by_all_of_it()
    {
        var estimate = With(new WhatIf.Income(1_000, new LocalDate(2026, 9, 30), new LocalDate(2027, 3, 1)));

        // September to December; what comes in January is next year's.
        Assert.Equal(54_000m, estimate.Projection.NetProfit.Exact);
        Assert.Equal(TotalExact(2026, Household("single", 54_000)), estimate.Annual.Total.Exact);
    }

    [Fact]
    public void What_is_bought_counts_by_its_category()
    {
        Assert.Equal(48_000m, With(new WhatIf.Expense(2_000, "software", October)).Projection.NetProfit.Exact);
        Assert.Equal(49_000m, With(new WhatIf.Expense(2_000, "meals", October)).Projection.NetProfit.Exact);
    }

    [Fact]
    public void An_invoice_paid_next_year_leaves_this_one()
    {
        var deferral = new WhatIf.Deferral(3_000, new LocalDate(2026, 12, 20), new LocalDate(2027, 1, 5));

        Assert.Equal(47_000m, With(deferral).Projection.NetProfit.Exact);
        Assert.Equal(50_000m, With(deferral with { To = new LocalDate(2026, 12, 30) }).Projection.NetProfit.Exact);
    }

    [Fact]
    public void Money_put_into_a_plan_lowers_the_tax_and_says_by_which_part()
    {
        var (before, after) = (Made(Facts), With(new WhatIf.Contribution(PlanKind.Sep, 5_000)));

        var comparison = EstimateComparison.Of(before.Lines, after.Lines);

        // 5,000 less of income at 12 %, and a fifth less of it for the business deduction.
        Assert.Equal(
            "The tax of the year falls by $480.00: $480.00 less from income tax.", comparison.Reason);
        Assert.Equal(
            ["sep.deduction.taxpayer", "business-income", "agi"], comparison.Lines.Take(3).Select(line => line.Code));
        Assert.Equal((0m, 5_000m), (comparison.Lines[0].Before, comparison.Lines[0].After));
    }

    [Fact]
    public void A_plan_late_in_the_year_moves_only_the_late_instalments_of_the_annualized_method()
    {
        var facts = Facts with
        {
            PriorYear = null,
            Expenses = [],
            Receipts = [new(new LocalDate(2026, 5, 10), EstimatorTests.Usd(500_000))],
            Projection = new ProfitProjection.OwnNumber(15_000),
        };
        Assert.True(WhatIf.TryApply(
            Figures(2026), facts, [new WhatIf.Income(20_000, October, null)], out var changed, out _));

        var (before, after) = (Made(facts).Annualized.Plan.Instalments, Made(changed).Annualized.Plan.Instalments);

        Assert.Equal(before[0].Required, after[0].Required);
        Assert.Equal(before[1].Required, after[1].Required);
        Assert.Equal(before[2].Required, after[2].Required);
        Assert.NotEqual(0, before[2].Required);
        Assert.True(after[3].Required > before[3].Required);
    }

    [Fact]
    public void Nothing_is_planned_in_the_past_in_another_year_or_without_a_known_category()
    {
        Assert.Equal("what-if-in-the-past /changes/0/on", Refused(new WhatIf.Income(1, new LocalDate(2026, 7, 1), null)));
        Assert.Equal("tax-fact-outside-year /changes/0/on", Refused(new WhatIf.Income(1, new LocalDate(2027, 7, 1), null)));
        Assert.Equal(
            "tax-fact-outside-year /changes/0/monthlyUntil", Refused(new WhatIf.Income(1, October, new LocalDate(2026, 9, 1))));
        Assert.Equal("expense-category-unknown /changes/0/category", Refused(new WhatIf.Expense(1, "yacht", October)));
        Assert.Equal("tax-amount-negative /changes/0/amount", Refused(new WhatIf.Contribution(PlanKind.Sep, -1)));
        Assert.Equal("tax-amount-negative /changes/0/amount", Refused(new WhatIf.Deferral(-1, October, October)));
    }
}
