using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using static Billing.Domain.Tests.Taxes.UsFederal.TaxCases;

namespace Billing.Domain.Tests.Taxes.UsFederal;

/// <summary>Whole dollars and the Tax Table, as a filed return has them.</summary>
public sealed class FormModeTests
{
    private static AnnualTax Filed(int year, Household household) =>
        AnnualTax.Compute(Figures(year), new Worksheet(LineRounding.WholeDollars), household.InWholeDollars());

    [Theory]
    // Rows of the 2025 Tax Table as printed: 95,000 and 98,000 of a couple.
    [InlineData(2025, "mfj", 95_000 + 31_500, 10_926)]
    [InlineData(2025, "mfj", 98_000 + 31_500, 11_394)]
    // The middle of a row: 3,025; 2,987.50; 20; 10; 2.50.
    [InlineData(2026, "single", 16_100 + 3_049, 303)]
    [InlineData(2026, "single", 16_100 + 2_999, 299)]
    [InlineData(2026, "single", 16_100 + 15, 2)]
    [InlineData(2026, "single", 16_100 + 14, 1)]
    [InlineData(2026, "single", 16_100 + 4, 0)]
    // From 100,000 the rate schedule: 5,800 + 22 % of 49,600.
    [InlineData(2026, "single", 16_100 + 100_000, 16_712)]
    public void Income_tax_is_that_of_the_table(int year, string status, int wages, int tax)
    {
        var household = Household(status, 0);

        Assert.Equal(tax, Filed(year, household with { Taxpayer = new TaxPerson { Wages = wages } }).IncomeTax.Exact);
    }

    [Fact]
    public void A_filed_return_has_whole_dollars_on_every_line()
    {
        var tax = Filed(2025, Household("single", 100_000.49m));

        Assert.Equal(14_129m, tax.SelfEmploymentTax.Exact);
        Assert.Equal(92_935m, tax.AdjustedGrossIncome.Exact);
        Assert.Equal(61_748m, tax.TaxableIncome.Exact);
        Assert.Equal(8_494m, tax.IncomeTax.Exact);
    }
}
