using Billing.Domain.Taxes.UsFederal;
using static Billing.Domain.Tests.Taxes.UsFederal.TaxCases;

namespace Billing.Domain.Tests.Taxes.UsFederal;

/// <summary>The year's tax in examples. Figures are fixed literals, worked out apart from this code.</summary>
public sealed class AnnualTaxTests
{
    [Theory]
    [InlineData(2026, "single", 50_000, 7_064.78, 46_467.61, 6_073.52, 24_294.09, 2_667.29, 9_732.07)]
    [InlineData(2026, "single", 49_240, 6_957.39, 45_761.30, 5_932.26, 23_729.04, 2_599.49, 9_556.88)]
    [InlineData(2025, "single", 100_000, 14_129.55, 92_935.23, 15_437.05, 61_748.18, 8_498.60, 22_628.15)]
    [InlineData(2024, "single", 120_000, 16_955.46, 111_522.27, 19_384.45, 77_537.82, 12_111.32, 29_066.78)]
    [InlineData(2024, "mfj", 60_000, 8_477.73, 55_761.14, 5_312.23, 21_248.91, 2_124.89, 10_602.62)]
    public void Comes_out_to_the_cent(
        int year, string status, decimal netProfit,
        decimal selfEmployment, decimal agi, decimal qbi, decimal taxable, decimal incomeTax, decimal total)
    {
        var tax = Annual(year, Household(status, netProfit));

        Assert.Equal(selfEmployment, tax.SelfEmploymentTax.Amount);
        Assert.Equal(agi, tax.AdjustedGrossIncome.Amount);
        Assert.Equal(qbi, tax.QbiDeduction.Amount);
        Assert.Equal(taxable, tax.TaxableIncome.Amount);
        Assert.Equal(incomeTax, tax.IncomeTax.Amount);
        Assert.Equal(total, tax.Total.Amount);
        Assert.Equal(total, tax.Net.Amount);
    }

    [Theory]
    [InlineData(60_000, 0.2305)]
    [InlineData(100_000, 0.3049)]
    [InlineData(190_000, 0.3197)]
    [InlineData(300_000, 0.635)]
    public void Costs_of_the_next_hundred_dollars_what_is_published_for_a_single_person_in_2026(
        decimal netProfit, decimal share)
    {
        var before = TotalExact(2026, Household("single", netProfit));
        var marginal = (TotalExact(2026, Household("single", netProfit + 100)) - before) / 100;

        Assert.Equal(share, Math.Round(marginal, share == 0.635m ? 3 : 4));
    }

    [Fact]
    public void A_spouses_loss_lowers_income_and_qbi_but_not_the_others_self_employment_tax()
    {
        var couple = Household("mfj", 100_000) with { Spouse = new TaxPerson { NetProfit = -30_000 } };

        var tax = Annual(2026, couple);

        Assert.Equal(14_129.55m, tax.SelfEmploymentTax.Amount);
        // 100,000 − 30,000 − 7,064.775 of half the tax.
        Assert.Equal(62_935.23m, tax.AdjustedGrossIncome.Amount);
        // The income limit, a fifth of 62,935.225 − 32,200, is below a fifth of the netted income.
        Assert.Equal(6_147.05m, tax.QbiDeduction.Amount);
    }

    [Theory]
    [InlineData(2024, "qss", 30_750)]
    [InlineData(2025, "single", 17_750)]
    [InlineData(2025, "mfj", 33_100)]
    [InlineData(2026, "hoh", 26_200)]
    [InlineData(2026, "mfs", 17_750)]
    public void A_box_of_65_adds_to_the_standard_deduction(int year, string status, decimal deduction)
    {
        var older = Household(status, 0) with { Taxpayer = new TaxPerson { IsSixtyFiveOrOlder = true } };

        Assert.Equal(deduction, Annual(year, older).StandardDeduction.Amount);
    }

    [Fact]
    public void Four_boxes_of_a_couple_all_count()
    {
        var person = new TaxPerson { IsSixtyFiveOrOlder = true, IsBlind = true };
        var couple = Household("mfj", 0) with { Taxpayer = person, Spouse = person };

        Assert.Equal(32_200m + (4 * 1_650m), Annual(2026, couple).StandardDeduction.Amount);
    }

    [Theory]
    [InlineData(2025, 500, 15_750)]
    [InlineData(2026, 500, 16_600)]
    [InlineData(2026, 5_000, 17_100)]
    public void Cash_gifts_count_from_2026_up_to_their_limit(int year, decimal gifts, decimal deduction)
    {
        var giver = Household("single", 0) with { CashCharity = gifts };

        Assert.Equal(deduction, Annual(year, giver).StandardDeduction.Amount);
    }

    [Theory]
    [InlineData(2024, "mfj", 100_000, 0)]
    [InlineData(2025, "mfj", 150_000, 12_000)]
    [InlineData(2025, "mfj", 200_000, 6_000)]
    [InlineData(2026, "mfj", 250_000, 0)]
    [InlineData(2026, "mfs", 60_000, 0)]
    [InlineData(2026, "single", 75_000, 6_000)]
    [InlineData(2026, "qss", 100_000, 4_500)]
    public void The_senior_deduction_phases_out_for_each_person(int year, string status, decimal agi, decimal deduction)
    {
        var person = new TaxPerson { IsSixtyFiveOrOlder = true };
        var household = Household(status, 0) with
        {
            Taxpayer = person with { Wages = agi },
            Spouse = status == "mfj" ? person : null,
        };

        Assert.Equal(deduction, Annual(year, household).SeniorDeduction.Amount);
    }

    [Fact]
    public void Additional_medicare_tax_takes_wages_and_net_earnings_and_is_not_halved()
    {
        var household = Household("qss", 0) with { Taxpayer = new TaxPerson { NetProfit = 100_000, Wages = 150_000 } };

        var tax = Annual(2026, household);

        // 0.9 % of 150,000 + 92,350 − 200,000; a qualifying surviving spouse has the threshold of a single person.
        Assert.Equal(381.15m, tax.AdditionalMedicare.Amount);
        Assert.Equal(tax.SelfEmploymentTax.Exact / 2, tax.HalfSelfEmploymentTax.Exact);
    }

    [Theory]
    [InlineData("single", 10_000, 380)]
    [InlineData("qss", 10_000, 0)]
    [InlineData("mfj", 10_000, 0)]
    [InlineData("single", 1_000, 38)]
    public void Net_investment_income_tax_takes_interest_over_the_threshold(
        string status, decimal interest, decimal expected)
    {
        var household = Household(status, 0) with
        {
            Taxpayer = new TaxPerson { Wages = 230_000 },
            Interest = interest,
        };

        Assert.Equal(expected, Annual(2026, household).NetInvestmentIncomeTax.Amount);
    }

    [Fact]
    public void Refundable_credits_lower_the_net_tax_but_never_below_nothing()
    {
        var household = Household("single", 50_000) with { RefundableCredits = 1_000 };

        Assert.Equal(9_732.07m, Annual(2026, household).Total.Amount);
        Assert.Equal(8_732.07m, Annual(2026, household).Net.Amount);
        Assert.Equal(0m, Annual(2026, household with { RefundableCredits = 20_000 }).Net.Amount);
    }

    [Fact]
    public void Refuses_a_spouse_on_a_separate_return()
    {
        var problem = (Household("mfs", 1) with { Spouse = new TaxPerson() }).Problem();

        Assert.Equal("spouse-needs-joint-return", problem?.Code);
    }
}
