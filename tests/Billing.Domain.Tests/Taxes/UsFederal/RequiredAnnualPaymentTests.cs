using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using static Billing.Domain.Tests.Taxes.UsFederal.TaxCases;

namespace Billing.Domain.Tests.Taxes.UsFederal;

/// <summary>Each safe harbour on both sides of its boundary.</summary>
public sealed class RequiredAnnualPaymentTests
{
    private static RequiredAnnualPayment Of(
        decimal net, PriorYear? prior = null, decimal withholding = 0, string status = "single")
    {
        var sheet = new Worksheet();
        var line = sheet.Add("net-tax", "Net", null, net, "given");
        return RequiredAnnualPayment.Compute(
            Figures(2026).EstimatedTax, sheet, Status(status), line, prior, withholding);
    }

    [Theory]
    [InlineData("single", 150_000, 10_000)]
    [InlineData("single", 150_000.01, 11_000)]
    [InlineData("mfj", 150_000.01, 11_000)]
    [InlineData("mfs", 75_000, 10_000)]
    [InlineData("mfs", 75_000.01, 11_000)]
    public void Last_years_income_over_the_limit_asks_for_110_percent(string status, decimal agi, decimal expected)
    {
        var required = Of(50_000, new PriorYear(10_000, agi, FiledForTwelveMonths: true), status: status);

        Assert.Equal(expected, required.PriorYear?.Amount);
        Assert.Equal(expected, required.Instalments);
        Assert.Equal(RequirementBasis.PriorYear, required.Basis);
        Assert.Equal(expected == 11_000, required.Reason.Contains("110 %", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(10_000, RequirementBasis.CurrentYear)]
    [InlineData(8_999.99, RequirementBasis.PriorYear)]
    public void The_smaller_safe_harbour_governs(decimal priorTax, RequirementBasis basis)
    {
        var required = Of(10_000, new PriorYear(priorTax, 50_000, FiledForTwelveMonths: true));

        Assert.Equal(basis, required.Basis);
        Assert.Equal(Math.Min(9_000, priorTax), required.Instalments);
    }

    [Fact]
    public void A_return_that_was_not_filed_or_was_short_is_no_safe_harbour()
    {
        var required = Of(10_000, new PriorYear(100, 50_000, FiledForTwelveMonths: false));

        Assert.Null(required.PriorYear);
        Assert.Equal(9_000m, required.Instalments);
        Assert.Contains("did not cover twelve months", required.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_last_years_return_90_percent_of_this_year_governs()
    {
        var required = Of(10_000);

        Assert.Equal(RequirementBasis.CurrentYear, required.Basis);
        Assert.Equal(
            "90 % of this year's expected tax governs, $9,000.00: last year's return is not known. If you tell it, "
            + "less may be enough.",
            required.Reason);
    }

    [Theory]
    [InlineData(999.99, 0, RequirementBasis.UnderThreshold, 0)]
    [InlineData(1_000, 0, RequirementBasis.CurrentYear, 900)]
    [InlineData(5_999.99, 5_000, RequirementBasis.UnderThreshold, 0)]
    [InlineData(6_000, 5_000, RequirementBasis.CurrentYear, 5_400)]
    public void Under_1000_after_withholding_nothing_is_required(
        decimal net, decimal withholding, RequirementBasis basis, decimal instalments)
    {
        var required = Of(net, withholding: withholding);

        Assert.Equal(basis, required.Basis);
        Assert.Equal(instalments, required.Instalments);
    }

    [Theory]
    [InlineData(9_000, RequirementBasis.WithheldEnough)]
    [InlineData(8_999.99, RequirementBasis.CurrentYear)]
    public void Withholding_that_covers_the_requirement_leaves_nothing(decimal withholding, RequirementBasis basis) =>
        Assert.Equal(basis, Of(10_000, withholding: withholding).Basis);

    [Fact]
    public void No_tax_last_year_means_nothing_is_required()
    {
        var required = Of(30_000, new PriorYear(0, 20_000, FiledForTwelveMonths: true));

        Assert.Equal(RequirementBasis.NoTaxLastYear, required.Basis);
        Assert.Equal(0m, required.Instalments);
    }
}
