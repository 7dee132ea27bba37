using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Taxes.UsStates;
using static Billing.Domain.Tests.Taxes.UsFederal.TaxCases;
using static Billing.Domain.Tests.Taxes.UsStates.StateCases;

namespace Billing.Domain.Tests.Taxes.UsStates;

/// <summary>The year's tax of each state, worked out by hand from the figures of its file.</summary>
public sealed class StateTaxTests
{
    /// <summary>Single, 100,000 of net profit: adjusted gross income 92,935.225, federal taxable income 61,748.18.</summary>
    [Theory]
    [InlineData("AZ", "1929.63")] // (92,935.225 − 15,750) × 2.5 %
    [InlineData("CA", "4397.96")] // 3,201.97 + 9.3 % × (87,229.225 − 72,724) − 153
    [InlineData("CO", "2716.92")] // 61,748.18 × 4.4 %
    [InlineData("GA", "4200.54")] // 80,935.225 × 5.19 %
    [InlineData("IA", "2306.43")] // 61,748.18 × 3.8 % − 40
    [InlineData("ID", "2872.67")] // (61,748.18 − 4,811) × 5.3 % + 10 − 155
    [InlineData("IL", "4459.22")] // (92,935.225 − 2,850) × 4.95 %
    [InlineData("IN", "2758.06")] // 91,935.225 × 3 %
    [InlineData("KY", "3586.61")] // 89,665.225 × 4 %
    [InlineData("LA", "2413.06")] // 80,435.225 × 3 %
    [InlineData("MI", "4003.50")] // (92,935.225 + 7,064.775 − 5,800) × 4.25 %
    [InlineData("MS", "3283.95")] // (84,635.225 − 10,000) × 4.4 %
    [InlineData("NC", "3407.87")] // 80,185.225 × 4.25 %
    [InlineData("OH", "0")] // All of it is business income below the limit.
    [InlineData("PA", "3070.00")] // 100,000 × 3.07 %
    [InlineData("TX", "0")]
    [InlineData("UT", "4182.09")] // 92,935.225 × 4.5 %; 945 − 971.39 of credit is nothing
    public void Of_2025_at_a_hundred_thousand(string state, string tax) =>
        Assert.Equal(Dollars(tax), Tax(state, 2025, Household("single", 100_000)).Amount);

    /// <summary>Single, 50,000 of net profit: adjusted gross income 46,467.6125, federal taxable income 24,294.09.</summary>
    [Theory]
    [InlineData("AZ", "759.19")]
    [InlineData("CA", "841.39")] // 414.49 + 4 % × (40,761.6125 − 26,264) − 153
    [InlineData("CO", "1068.94")]
    [InlineData("GA", "1570.23")]
    [InlineData("IA", "883.18")]
    [InlineData("ID", "887.60")]
    [InlineData("IL", "2155.36")]
    [InlineData("IN", "1341.29")]
    [InlineData("KY", "1508.77")]
    [InlineData("LA", "1007.78")]
    [InlineData("MI", "1874.25")]
    [InlineData("MS", "1126.70")]
    [InlineData("NC", "1345.33")]
    [InlineData("OH", "0")]
    [InlineData("PA", "1535.00")]
    [InlineData("UT", "1469.12")] // 2,067.809 − (966 − 1.3 % × 28,254.6125)
    [InlineData("WA", "0")]
    public void Of_2026_at_fifty_thousand(string state, string tax) =>
        Assert.Equal(Dollars(tax), Tax(state, 2026, Household("single", 50_000)).Amount);

    [Fact]
    public void California_of_2024() =>
        // 3,108.72 + 9.3 % × (105,982.27 − 70,606) − 149
        Assert.Equal(6_249.71m, Tax("CA", 2024, Household("single", 120_000)).Amount);

    [Fact]
    public void California_takes_a_further_percent_above_a_million_and_its_credits_fade()
    {
        var rich = Household("single", 0) with { Taxpayer = new TaxPerson { Wages = 1_200_000 } };

        // 72,219.827 + 12.3 % × 451,341 + 1 % × 194,294; 380 steps of 6 dollars leave nothing of 153.
        Assert.Equal(129_677.71m, Tax("CA", 2025, rich).Amount);
        // 253,203 is one step over the start: 147 of 153 is left. 3,201.97 + 9.3 % × 174,773 − 147.
        var lessRich = rich with { Taxpayer = new TaxPerson { Wages = 253_203 } };
        Assert.Equal(19_308.86m, Tax("CA", 2025, lessRich).Amount);
    }

    [Fact]
    public void California_gives_a_couple_two_credits_and_one_for_each_dependant()
    {
        var couple = Household("mfj", 0) with
        {
            Taxpayer = new TaxPerson { Wages = 60_000, IsSixtyFiveOrOlder = true },
            Spouse = new TaxPerson { Wages = 40_000, IsBlind = true },
            ChildrenUnder17 = 1,
            OtherDependants = 1,
        };

        // 100,000 − 11,412 = 88,588: 2,044.02 + 6 % × (88,588 − 82,904) = 2,385.06; credits 4 × 153 + 2 × 475.
        Assert.Equal(823.06m, Tax("CA", 2025, couple).Amount);
    }

    [Fact]
    public void Ohio_taxes_pay_by_its_rates_and_business_income_only_above_the_limit()
    {
        var paid = Household("single", 0) with { Taxpayer = new TaxPerson { Wages = 70_200 } };

        // 332 + 2.75 % × (70,200 − 2,150 − 26,050), as a published worksheet has it.
        Assert.Equal(1_487m, Tax("OH", 2026, paid).Amount);
        Assert.Equal(0m, Tax("OH", 2026, paid with { Taxpayer = new TaxPerson { Wages = 28_450 } }).Amount);
        Assert.Equal(332.03m, Tax("OH", 2026, paid with { Taxpayer = new TaxPerson { Wages = 28_451 } }).Amount);
        // 3 % of what is above 250,000; the rest of the income is negative once the business is out of it.
        Assert.Equal(1_500m, Tax("OH", 2026, Household("single", 300_000)).Amount);
        Assert.Equal(5_250m, Tax("OH", 2026, Household("mfs", 300_000)).Amount);
    }

    [Fact]
    public void Pennsylvania_sets_no_loss_against_pay()
    {
        var loss = Household("single", -20_000) with { Taxpayer = new TaxPerson { NetProfit = -20_000, Wages = 30_000 }, Interest = 100 };

        Assert.Equal(924.07m, Tax("PA", 2026, loss).Amount); // 30,100 × 3.07 %
    }

    [Fact]
    public void Colorado_takes_federal_deductions_back_from_high_incomes()
    {
        var rich = Household("single", 0) with { Taxpayer = new TaxPerson { Wages = 350_000 } };

        // 350,000 − 16,100 + (16,100 − 1,000) of 2026; − 15,750 + (15,750 − 12,000) of 2025.
        Assert.Equal(15_356m, Tax("CO", 2026, rich).Amount);
        Assert.Equal(14_872m, Tax("CO", 2025, rich).Amount);
        Assert.Equal(12_507m, Tax("CO", 2025, rich with { Taxpayer = new TaxPerson { Wages = 299_999.99m } }).Amount);
        // Itemized ones too: 350,000 − 40,000 + (40,000 − 1,000).
        Assert.Equal(15_356m, Tax("CO", 2026, rich with { ItemizedDeductions = 40_000 }).Amount);
        var profit = Household("single", 600_000);
        var qbi = Annual(2026, profit with { EmployeeWagesPaid = 1_000_000 }).QbiDeduction.Amount;
        Assert.True(qbi > 0);
        Assert.Equal(
            qbi, Worked("CO", 2026, profit with { EmployeeWagesPaid = 1_000_000 }).Lines
                .Single(line => line.Code == "state.addition.business-income").Amount);
    }

    [Fact]
    public void Exemptions_follow_income_where_the_state_says_so()
    {
        var family = Household("mfj", 0) with
        {
            Taxpayer = new TaxPerson { Wages = 80_000 },
            Spouse = new TaxPerson(),
            ChildrenUnder17 = 2,
        };

        // North Carolina: 80,000 − 25,500 − 2 × 2,000; a cent more of income leaves 2 × 1,500.
        Assert.Equal(2_014.95m, Tax("NC", 2026, family).Amount);
        Assert.Equal(2_054.85m, Tax("NC", 2026, family with { Interest = 0.01m }).Amount);
        // Illinois: four exemptions of 2,850, none above 500,000.
        Assert.Equal(3_395.70m, Tax("IL", 2025, family).Amount);
        Assert.Equal(
            24_750.05m, Tax("IL", 2025, family with { Taxpayer = new TaxPerson { Wages = 500_001 } }).Amount);
        // Indiana: 4 × 1,000 + 2 × 1,500.
        Assert.Equal(2_190m, Tax("IN", 2025, family).Amount);
    }

    [Fact]
    public void Age_and_blindness_count_where_they_do()
    {
        var old = Household("single", 0) with { Taxpayer = new TaxPerson { Wages = 30_000, IsSixtyFiveOrOlder = true, IsBlind = true } };

        Assert.Equal(266.25m, Tax("AZ", 2025, old).Amount); // (30,000 − 15,750 − 2,100 − 1,500) × 2.5 %
        Assert.Equal(795m, Tax("IN", 2025, old).Amount); // 30,000 − 1,000 − 2 × 1,000 − 500
        Assert.Equal(989.20m, Tax("KY", 2025, old).Amount); // 26,730 × 4 % − 80
    }

    [Fact]
    public void Every_state_is_covered_free_of_tax_or_refused_by_name()
    {
        var covered = UsState.All.Where(state => StateTaxLibrary.TryFor(state, 2026, out _, out _)).Select(state => state.Code);
        Assert.Equal(
            "AK AZ CA CO FL GA ID IL IN IA KY LA MI MS NV NH NC OH PA SD TN TX UT WA WY", string.Join(' ', covered));
        Assert.Equal(51, UsState.All.Count);

        Assert.False(StateTaxLibrary.TryFor(State("NY"), 2026, out _, out var notCovered));
        Assert.Equal("state-not-covered", notCovered.Code);
        Assert.StartsWith("New York has an income tax", notCovered.Detail, StringComparison.Ordinal);
        Assert.False(StateTaxLibrary.TryFor(State("GA"), 2024, out _, out var notLoaded));
        Assert.Equal("tax-year-not-loaded", notLoaded.Code);
        Assert.Equal("There are no tax figures of Georgia for 2024 yet. Estimates can be made for 2025, 2026.", notLoaded.Detail);
        Assert.False(StateTaxLibrary.TryFor(State("CA"), 2027, out _, out var next));
        Assert.Equal("tax-year-not-loaded", next.Code);
        Assert.False(UsState.TryOf("XX", out _, out var unknown));
        Assert.Equal("state-unknown", unknown.Code);
        Assert.Equal("us-ca", State("cA").Jurisdiction);
    }

    private static decimal Dollars(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
