using Billing.Domain.Taxes;
using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;
using CsCheck;
using static Billing.Domain.Tests.Taxes.UsFederal.TaxCases;

namespace Billing.Domain.Tests.Taxes.UsFederal;

/// <summary>What holds for every household.</summary>
public sealed class AnnualTaxProperties
{
    private static readonly Gen<decimal> Dollars =
        Gen.OneOf(Gen.Int[0, 60_000_000], Gen.Int[0, 5_000_000], Gen.Int[0, 200_000]).Select(cents => cents / 100m);

    private static readonly Gen<decimal> Sometimes = Gen.OneOf(Gen.Const(0m), Dollars);

    private static readonly Gen<TaxPerson> Person = Gen.Select(
        Gen.Bool, Gen.Bool, Dollars, Sometimes, Sometimes, Sometimes,
        (older, blind, profit, wages, premiums, sep) => new TaxPerson
        {
            IsSixtyFiveOrOlder = older,
            IsBlind = blind,
            NetProfit = profit,
            Wages = wages,
            HealthInsurancePremiums = premiums,
            SepContribution = sep,
        });

    private static readonly Gen<Household> AnyHousehold = Gen.Select(
        Gen.OneOfConst([.. FilingStatuses.All]), Person, Person, Sometimes, Gen.Int[0, 4], Gen.Bool, Sometimes,
        (status, taxpayer, spouse, interest, children, specified, wagesPaid) => new Household
        {
            Status = status,
            Taxpayer = taxpayer,
            Spouse = status == FilingStatus.MarriedFilingJointly ? spouse : null,
            Interest = interest,
            ChildrenUnder17 = children,
            SpecifiedService = specified,
            EmployeeWagesPaid = wagesPaid,
        });

    private static readonly Gen<int> Year = Gen.OneOfConst(2024, 2025, 2026);

    private static Household Earning(Household household, decimal more) => household with
    {
        Taxpayer = household.Taxpayer with { NetProfit = household.Taxpayer.NetProfit + more },
    };

    [Fact]
    public void More_profit_never_means_less_tax_except_where_the_least_qbi_deduction_sets_in() =>
        Gen.Select(Year, AnyHousehold, Dollars).Sample((year, household, more) =>
        {
            var p = Figures(year);
            var less = Worked(p, household);
            var greater = Worked(p, Earning(household, more));
            var step = p.QualifiedBusinessIncome.Minimum is { } minimum
                && less.Active < minimum.ActiveIncomeAtLeast.Value
                && greater.Active >= minimum.ActiveIncomeAtLeast.Value
                    ? minimum.Deduction.Value * 0.37m
                    : 0;
            Assert.True(greater.Total >= less.Total - step, $"{year} {household}: {less} then {greater}");
        });

    private static (decimal Total, decimal Active) Worked(TaxParameters p, Household household)
    {
        var sheet = new Worksheet();
        var tax = AnnualTax.Compute(p, sheet, household);
        return (tax.Total.Exact, sheet.Lines.Single(line => line.Code == "qbi.active-income").Exact);
    }

    [Fact]
    public void A_cent_more_across_the_wage_base_costs_less_than_a_cent() =>
        Gen.Select(Year, Gen.Int[-300, 300], Gen.OneOfConst([.. FilingStatuses.All])).Sample((year, cents, status) =>
        {
            var breakpoint = Figures(year).SelfEmployment.SocialSecurityWageBase.Value / 0.9235m;
            var household = Household(status.Code(), Cents.Round(breakpoint) + (cents / 100m));
            var step = TotalExact(year, Earning(household, 0.01m)) - TotalExact(year, household);
            Assert.InRange(step, 0, 0.01m);
        });

    [Fact]
    public void Swapping_the_spouses_changes_nothing_on_a_joint_return() =>
        Gen.Select(Year, AnyHousehold, Person).Sample((year, household, spouse) =>
        {
            var couple = household with { Status = FilingStatus.MarriedFilingJointly, Spouse = spouse };
            var swapped = couple with { Taxpayer = spouse, Spouse = couple.Taxpayer };
            var (one, other) = (Annual(year, couple), Annual(year, swapped));
            Assert.Equal(one.Total.Exact, other.Total.Exact);
            Assert.Equal(one.AdjustedGrossIncome.Exact, other.AdjustedGrossIncome.Exact);
            Assert.Equal(one.SelfEmploymentTax.Exact, other.SelfEmploymentTax.Exact);
        });

    [Fact]
    public void No_part_of_the_tax_is_negative_and_deductions_keep_their_limits() =>
        Gen.Select(Year, AnyHousehold).Sample((year, household) =>
        {
            var tax = Annual(year, household);
            TaxLine[] parts =
            [
                tax.SelfEmploymentTax, tax.QbiDeduction, tax.TaxableIncome, tax.IncomeTax, tax.Credits,
                tax.AdditionalMedicare, tax.NetInvestmentIncomeTax, tax.Total, tax.SeniorDeduction,
            ];
            Assert.All(parts, part => Assert.True(part.Exact >= 0, part.Code));
            Assert.True(tax.Credits.Exact <= tax.IncomeTax.Exact);
        });

    [Fact]
    public void A_larger_deduction_never_raises_the_tax() =>
        Gen.Select(Year, AnyHousehold, Sometimes).Sample((year, household, adjustments) =>
        {
            var tax = TotalExact(year, household);
            Assert.True(TotalExact(year, household with { OtherAdjustments = adjustments }) <= tax);
            var older = household with { Taxpayer = household.Taxpayer with { IsSixtyFiveOrOlder = true } };
            Assert.True(TotalExact(year, older) <= tax);
        });

    [Fact]
    public void Every_line_takes_only_what_earlier_lines_and_the_figures_say() =>
        Gen.Select(Year, AnyHousehold).Sample((year, household) =>
        {
            var sheet = new Worksheet();
            AnnualTax.Compute(Figures(year), sheet, household);
            WorkingCheck.Holds(year, sheet.Lines);
        });
}
