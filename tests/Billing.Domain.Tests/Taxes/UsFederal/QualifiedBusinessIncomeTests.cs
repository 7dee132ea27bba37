using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using static Billing.Domain.Tests.Taxes.UsFederal.TaxCases;

namespace Billing.Domain.Tests.Taxes.UsFederal;

/// <summary>Section 199A in round figures of 2026: a single person's range runs from 201,750 to 276,750.</summary>
public sealed class QualifiedBusinessIncomeTests
{
    private const int BelowTheRange = 201_750;
    private const int MidRange = 239_250;
    private const int AboveTheRange = 276_750;

    private static QbiDeduction Of(decimal income, decimal before, Household? household = null, int year = 2026)
    {
        var sheet = new Worksheet();
        return QualifiedBusinessIncome.Compute(
            Figures(year).QualifiedBusinessIncome,
            sheet,
            household ?? Household("single", 0),
            sheet.Add("business-income", "Income", null, income, "given"),
            sheet.Add("before", "Before", null, before, "given"));
    }

    [Theory]
    [InlineData(BelowTheRange, 0, 0, false, 40_000)]
    [InlineData(BelowTheRange, 0, 0, true, 40_000)]
    [InlineData(MidRange, 0, 0, false, 20_000)]
    [InlineData(MidRange, 20_000, 0, false, 25_000)]
    [InlineData(MidRange, 20_000, 1_000_000, false, 35_000)]
    [InlineData(MidRange, 100_000, 0, false, 40_000)]
    [InlineData(MidRange, 0, 0, true, 10_000)]
    [InlineData(MidRange, 20_000, 0, true, 12_500)]
    [InlineData(AboveTheRange, 20_000, 0, false, 10_000)]
    [InlineData(AboveTheRange, 20_000, 1_000_000, false, 30_000)]
    public void The_limit_by_wages_and_property_comes_in_across_the_range(
        decimal before, decimal wagesPaid, decimal property, bool specified, decimal deduction)
    {
        var household = Household("single", 0) with
        {
            EmployeeWagesPaid = wagesPaid,
            QualifiedPropertyBasis = property,
            SpecifiedService = specified,
        };

        Assert.Equal(deduction, Of(200_000, before, household).Deduction.Amount);
    }

    [Theory]
    [InlineData(1_000, 2026, 400)]
    [InlineData(999.99, 2026, 200)]
    [InlineData(1_000, 2025, 200)]
    [InlineData(2_500, 2026, 500)]
    public void From_2026_a_thousand_of_active_income_gives_at_least_400(decimal income, int year, decimal deduction) =>
        Assert.Equal(deduction, Of(income, 50_000, year: year).Deduction.Amount);

    [Theory]
    [InlineData(false, 400)]
    [InlineData(true, 0)]
    public void Above_the_range_a_specified_service_has_no_active_income(bool specified, decimal deduction)
    {
        var household = Household("single", 0) with { SpecifiedService = specified };

        Assert.Equal(deduction, Of(200_000, AboveTheRange, household).Deduction.Amount);
    }

    [Fact]
    public void Taxable_income_limits_the_deduction() => Assert.Equal(2_000m, Of(50_000, 10_000).Deduction.Amount);

    [Fact]
    public void A_loss_gives_no_deduction_and_is_carried_to_next_year()
    {
        var loss = Of(-5_000, 50_000);
        var next = Of(8_000, 50_000, Household("single", 0) with { QualifiedBusinessLossBroughtIn = 5_000 });

        Assert.Equal((0m, 5_000m), (loss.Deduction.Amount, loss.LossCarriedOut.Amount));
        Assert.Equal((600m, 0m), (next.Deduction.Amount, next.LossCarriedOut.Amount));
    }
}
