using Billing.Domain.Taxes.UsFederal;
using static Billing.Domain.Tests.Taxes.UsFederal.TaxCases;

namespace Billing.Domain.Tests.Taxes.UsFederal;

/// <summary>Retirement plans, itemized deductions, dependants and the alternative minimum tax.</summary>
public sealed class PlansAndDeductionsTests
{
    private static RetirementPlanLines Plans(int year, TaxPerson person) =>
        Annual(year, new Household { Status = FilingStatus.Single, Taxpayer = person }).Plans[0];

    [Theory]
    // 100,000 less half of 14,129.55 is 92,935.23; a fifth of it 18,587.05; 24,500 of deferral on top.
    [InlineData(2026, 100_000, null, 18_587.05, 43_087.05)]
    [InlineData(2026, 100_000, 49, 18_587.05, 43_087.05)]
    [InlineData(2026, 100_000, 50, 18_587.05, 51_087.05)]
    [InlineData(2026, 100_000, 60, 18_587.05, 54_337.05)]
    [InlineData(2026, 100_000, 64, 18_587.05, 51_087.05)]
    // In 2024 there was no higher catch-up yet.
    [InlineData(2024, 100_000, 60, 18_587.05, 49_087.05)]
    // 72,000 of additions at most, the catch-up on top.
    [InlineData(2026, 600_000, 50, 72_000, 80_000)]
    // Never more than the business leaves.
    [InlineData(2026, 10_000, null, 1_858.70, 9_293.52)]
    public void A_solo_401k_takes_deferral_employers_part_and_catch_up(
        int year, int profit, int? age, decimal sep, decimal solo)
    {
        var plans = Plans(year, new TaxPerson { NetProfit = profit, Age = age });

        Assert.Equal(sep, plans.SepLimit.Amount);
        Assert.Equal(solo, plans.SoloLimit.Amount);
    }

    [Fact]
    public void Deferrals_into_an_employers_plan_use_up_the_same_limit()
    {
        var plans = Plans(2026, new TaxPerson { NetProfit = 100_000, DeferralsElsewhere = 20_000 });

        Assert.Equal(18_587.05m + 4_500m, plans.SoloLimit.Amount);
    }

    [Theory]
    // 92,350 of net earnings: 18,100 and a match of 3 % of them.
    [InlineData(2026, 100_000, null, 20_870.50)]
    [InlineData(2026, 100_000, 55, 24_720.50)]
    [InlineData(2026, 100_000, 61, 26_120.50)]
    [InlineData(2024, 100_000, 61, 24_220.50)]
    public void A_simple_plan_takes_pay_put_aside_and_the_match(int year, int profit, int? age, decimal limit) =>
        Assert.Equal(limit, Plans(year, new TaxPerson { NetProfit = profit, Age = age }).SimpleLimit.Amount);

    [Fact]
    public void A_contribution_lowers_income_up_to_its_limit()
    {
        var without = Annual(2026, Household("single", 100_000));
        var household = Household("single", 100_000);
        var with = Annual(2026, household with
        {
            Taxpayer = household.Taxpayer with { Solo401kContribution = 60_000 },
        });

        Assert.Equal(without.AdjustedGrossIncome.Amount - 43_087.05m, with.AdjustedGrossIncome.Amount);
    }

    [Fact]
    public void A_person_has_one_kind_of_plan()
    {
        var household = Household("single", 100_000);

        var problem = (household with
        {
            Taxpayer = household.Taxpayer with { SepContribution = 1, Solo401kContribution = 1 },
        }).Problem();

        Assert.Equal("retirement-plans-exclude-each-other", problem?.Code);
    }

    [Fact]
    public void Itemized_deductions_count_where_they_are_more()
    {
        var household = Household("single", 0) with { Taxpayer = new TaxPerson { Wages = 100_000 } };

        Assert.Equal(83_900m, Annual(2026, household with { ItemizedDeductions = 16_099 }).TaxableIncome.Exact);
        Assert.Equal(79_000m, Annual(2026, household with { ItemizedDeductions = 21_000 }).TaxableIncome.Exact);
    }

    [Theory]
    // Somebody's dependant: at least 1,350, else earned income and 450, at most what others have.
    [InlineData(0, 1_350)]
    [InlineData(5_000, 5_450)]
    [InlineData(40_000, 16_100)]
    public void A_dependants_standard_deduction_follows_earned_income(int wages, int deduction)
    {
        var household = Household("single", 0) with { IsDependent = true, Taxpayer = new TaxPerson { Wages = wages } };

        Assert.Equal(deduction, Annual(2026, household).StandardDeduction.Exact);
    }

    [Fact]
    public void Taxes_among_large_itemized_deductions_bring_up_the_alternative_minimum_tax()
    {
        var household = Household("mfj", 0) with
        {
            Taxpayer = new TaxPerson { Wages = 1_000_000 },
            ItemizedDeductions = 300_000,
            ItemizedTaxes = 300_000,
        };

        var tax = Annual(2026, household);

        // 1,000,000 less an exemption of 140,200: 26 % of 244,500 and 28 % of 615,300 are 235,854; by the schedule 700,000 pay
        // 116,896 and 35 % of 187,550.
        Assert.Equal(182_538.5m, tax.IncomeTax.Exact);
        Assert.Equal(235_854m - 182_538.5m, tax.Return.AlternativeMinimumTax.Exact);
        Assert.Equal(tax.Total.Exact, tax.IncomeTax.Exact + tax.Return.AlternativeMinimumTax.Exact + tax.AdditionalMedicare.Exact);
    }

    [Fact]
    public void With_the_standard_deduction_there_is_none()
    {
        foreach (var year in (int[])[2024, 2025, 2026])
            foreach (var status in FilingStatuses.All)
                for (var wages = 50_000m; wages < 4_000_000; wages *= 1.1m)
                {
                    var household = Household(status.Code(), wages / 3);
                    var tax = Annual(year, household with { Taxpayer = household.Taxpayer with { Wages = wages } });
                    Assert.Equal(0, tax.Return.AlternativeMinimumTax.Exact);
                }
    }
}
