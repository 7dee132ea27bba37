using Billing.Domain.Taxes;
using Billing.Domain.Taxes.Germany;
using Billing.Domain.Tests.Taxes.UsFederal;
using CsCheck;
using static Billing.Domain.Tests.Taxes.Germany.GermanCases;

namespace Billing.Domain.Tests.Taxes.Germany;

/// <summary>Section 32a EStG in every zone of each year, worked out by hand from its formulas.</summary>
public sealed class GermanTariffTests
{
    [Theory]
    [InlineData(2024, 11_784, 0)]
    [InlineData(2024, 11_785, 0)] // 0.14
    [InlineData(2024, 15_000, 548)] // y = 0.3216: (954.8 y + 1,400) y = 548.99
    [InlineData(2024, 17_005, 991)]
    [InlineData(2024, 17_006, 991)]
    [InlineData(2024, 30_000, 4_412)] // z = 1.2995: (181.19 z + 2,397) z + 991.21 = 4,412.09
    [InlineData(2024, 50_000, 10_872)]
    [InlineData(2024, 66_760, 17_402)]
    [InlineData(2024, 66_761, 17_403)]
    [InlineData(2024, 100_000, 31_363)] // 42,000 − 10,636.31
    [InlineData(2024, 277_825, 106_050)]
    [InlineData(2024, 277_826, 106_050)]
    [InlineData(2024, 300_000, 116_028)] // 135,000 − 18,971.06
    [InlineData(2025, 12_096, 0)]
    [InlineData(2025, 15_000, 485)]
    [InlineData(2025, 17_443, 1_015)]
    [InlineData(2025, 17_444, 1_015)]
    [InlineData(2025, 30_000, 4_303)]
    [InlineData(2025, 50_000, 10_691)]
    [InlineData(2025, 68_480, 17_849)]
    [InlineData(2025, 68_481, 17_850)]
    [InlineData(2025, 100_000, 31_088)]
    [InlineData(2025, 277_825, 105_774)]
    [InlineData(2025, 277_826, 105_775)]
    [InlineData(2025, 300_000, 115_753)]
    [InlineData(2026, 12_348, 0)]
    [InlineData(2026, 15_000, 435)] // y = 0.2652: (914.51 y + 1,400) y = 435.60
    [InlineData(2026, 17_799, 1_034)]
    [InlineData(2026, 17_800, 1_035)]
    [InlineData(2026, 30_000, 4_217)]
    [InlineData(2026, 50_000, 10_548)] // z = 3.2201: (173.1 z + 2,397) z + 1,034.87 = 10,548.33
    [InlineData(2026, 69_878, 18_213)]
    [InlineData(2026, 69_879, 18_213)]
    [InlineData(2026, 100_000, 30_864)]
    [InlineData(2026, 277_825, 105_550)]
    [InlineData(2026, 277_826, 105_551)]
    [InlineData(2026, 300_000, 115_529)]
    public void Of_one_person(int year, int taxable, int tax) => Assert.Equal(tax, IncomeTax(year, taxable));

    [Theory]
    [InlineData(2026, 100_000, 21_096)] // Twice the tax on 50,000.
    [InlineData(2026, 100_001.99, 21_096)] // Half of 100,001 is 50,000 in whole euros.
    [InlineData(2026, 24_697, 0)]
    [InlineData(2025, 60_000, 8_606)]
    public void Of_a_couple_is_twice_that_on_half(int year, double taxable, int tax) =>
        Assert.Equal(tax, IncomeTax(year, (decimal)taxable, isJoint: true));

    [Theory]
    [InlineData(2024, 18_130, false, "0")]
    [InlineData(2024, 18_131, false, "0.11")] // 11.9 % of one euro, cents rounded down.
    [InlineData(2025, 19_950, false, "0")]
    [InlineData(2025, 20_950, false, "119.00")]
    [InlineData(2026, 20_350, false, "0")]
    [InlineData(2026, 30_000, false, "1148.35")] // 11.9 % × 9,650, less than 5.5 % of all.
    [InlineData(2026, 40_000, false, "2200.00")] // 5.5 %, less than 11.9 % × 19,650.
    [InlineData(2026, 40_700, true, "0")]
    [InlineData(2026, 50_000, true, "1106.70")]
    [InlineData(2026, 100_000, true, "5500.00")]
    public void The_surcharge_is_free_fades_in_and_is_then_full(int year, int incomeTax, bool isJoint, string surcharge) =>
        Assert.Equal(decimal.Parse(surcharge, System.Globalization.CultureInfo.InvariantCulture), Solidarity(year, incomeTax, isJoint));

    [Fact]
    public void Church_tax_is_eight_percent_in_the_south_and_nine_elsewhere()
    {
        var (sheet, p) = (new Worksheet(money: TaxUnit.Euros), Law(2026).ChurchTax);
        var tax = Amount(sheet, 10_548);
        Assert.Equal(949.32m, GermanTariff.Church(p.Rate, sheet, tax).Exact);
        Assert.Equal(843.84m, GermanTariff.Church(p.RateInBavariaAndBadenWurttemberg, sheet, tax).Exact);
        Assert.Equal(0m, GermanTariff.Church(null, sheet, tax).Exact);
        Assert.Equal(Billing.Domain.Taxes.Parameters.Confidence.Unverified, p.Rate.Confidence);
    }

    [Fact]
    public void More_income_never_means_less_tax() =>
        Gen.Select(Gen.OneOfConst(2024, 2025, 2026), Gen.Int[0, 40_000_000], Gen.Int[0, 5_000_000], Gen.Bool).Sample(
            (year, cents, more, isJoint) =>
        {
            var (less, greater) = (IncomeTax(year, cents / 100m, isJoint), IncomeTax(year, (cents + more) / 100m, isJoint));
            Assert.True(greater >= less);
            Assert.True(Solidarity(year, greater, isJoint) >= Solidarity(year, less, isJoint));
        });

    [Fact]
    public void A_euro_more_never_costs_more_than_a_euro() =>
        Gen.Select(Gen.OneOfConst(2024, 2025, 2026), Gen.Int[0, 400_000]).Sample((year, euros) =>
            Assert.InRange(IncomeTax(year, euros + 1) - IncomeTax(year, euros), 0, 1));

    [Fact]
    public void A_couple_never_pays_more_together_than_alone() =>
        Gen.Select(Gen.OneOfConst(2024, 2025, 2026), Gen.Int[0, 400_000], Gen.Int[0, 400_000]).Sample((year, one, other) =>
            Assert.True(IncomeTax(year, one + other, isJoint: true) <= IncomeTax(year, one) + IncomeTax(year, other) + 2));

    [Theory]
    [InlineData("\"value\": 11135.63", "\"value\": 11035.63", "jumps by")]
    [InlineData("\"value\": 17799", "\"value\": 12348", "do not rise")]
    [InlineData("\"value\": 0.055", "\"value\": 5.5", "no share")]
    [InlineData("\"jurisdiction\": \"de\"", "\"jurisdiction\": \"at\"", "jurisdiction")]
    [InlineData("\"year\": 2026", "\"year\": 2025", "version")]
    [InlineData("\"code\": \"meals\"", "\"code\": \"other\"", "stands twice")]
    [InlineData("\"deductibleShare\": 0.7", "\"deductibleShare\": 7", "has no share")]
    [InlineData("\"endsAtOnce\": {", "\"endsSoon\": {", "endsSoon")]
    public void Refuses_a_file_with_a_mistake(string good, string mistake, string complaint)
    {
        var text = ParameterFile.Text("german-tax-parameters/de-2026.json");
        var at = text.IndexOf(good, StringComparison.Ordinal);
        Assert.True(at >= 0, good);
        var problem = Assert.Throws<InvalidDataException>(() => GermanTaxFile.Parse(text[..at] + mistake + text[(at + good.Length)..]));
        Assert.Contains(complaint, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2023)]
    [InlineData(2027)]
    public void A_year_without_figures_is_refused(int year)
    {
        Assert.False(GermanTaxLibrary.TryForYear(year, out _, out var rejection));
        Assert.Equal("tax-year-not-loaded", rejection.Code);
        Assert.EndsWith("Estimates can be made for 2024, 2025, 2026.", rejection.Detail, StringComparison.Ordinal);
    }
}
