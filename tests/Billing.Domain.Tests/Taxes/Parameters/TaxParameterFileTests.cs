using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Tests.Taxes.UsFederal;
using NodaTime;

namespace Billing.Domain.Tests.Taxes.Parameters;

public sealed class TaxParameterFileTests
{
    [Theory]
    [InlineData("\"rate\": 0.12, \"baseTax\": 1240", "\"rate\": 0.12, \"baseTax\": 1250", "base tax")]
    [InlineData("{ \"over\": 12400, ", "{ \"over\": 12401, ", "does not start")]
    [InlineData("{ \"over\": 12400, \"upTo\": 50400", "{ \"over\": 12400, \"upTo\": null", "ends wrongly")]
    [InlineData("\"rate\": 0.12,", "\"rate\": 0.09,", "rising rate")]
    [InlineData("\"upTo\": 12400, \"rate\": 0.1,", "\"upTo\": 12400, \"rate\": 0,", "bracket 0 of single has no rising rate")]
    [InlineData("\"year\": 2026", "\"year\": 2025", "version")]
    [InlineData("us-federal-2026.1", "us-federal-2026", "version")]
    [InlineData("\"year\": 2026,", "", "year")]
    [InlineData("\"year\": 2026,", "\"year\": 2026, \"month\": 4,", "month")]
    [InlineData("\"year\": 2026,", "\"year\": 2026, \"year\": 2026,", "Duplicate")]
    [InlineData("\"value\": 0.9235", "\"value\": null", "value")]
    [InlineData("\"value\": 0.9235", "\"value\": -0.9235", "negative")]
    [InlineData("\"value\": 0.9235", "\"value\": 1.9235", "no share")]
    [InlineData("\"value\": 0.9235", "\"value\": \"0.9235\"", "value")]
    [InlineData("\"value\": 0.9235,", "\"value\": 0.9235, \"path\": \"a\",", "path")]
    [InlineData("\"confidence\": \"high\"", "\"confidence\": \"sure\"", "confidence")]
    [InlineData("\"source\": \"SCHC\"", "\"source\": \" \"", "no source")]
    [InlineData("\"mfj\": 32200, ", "", "mfj")]
    [InlineData("\"2026-07-01\", \"to\": \"2026-12", "\"2026-07-02\", \"to\": \"2026-12", "go on from 2026-07-01")]
    [InlineData("-31\", \"rate\": 0.76", "-30\", \"rate\": 0.76", "end on 2026-12-31")]
    [InlineData("\"rate\": 0.76", "\"rate\": null", "mileage rate is missing")]
    [InlineData("\"code\": \"software\"", "\"code\": \"bank-fees\"", "stands twice")]
    [InlineData("\"line\": \"24b\"", "\"line\": null", "just where")]
    [InlineData("\"deductibleShare\": 0.5", "\"deductibleShare\": 1.5", "no share")]
    public void Refuses_a_file_with_a_mistake(string good, string mistake, string complaint)
    {
        var text = ParameterFile.Text(2026);
        var at = text.IndexOf(good, StringComparison.Ordinal);
        Assert.True(at >= 0, good);
        var broken = text[..at] + mistake + text[(at + good.Length)..];

        var problem = Assert.Throws<InvalidDataException>(() => TaxParameterFile.Parse(broken));

        Assert.Contains(complaint, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void Refuses_what_is_no_file(string text) =>
        Assert.Throws<InvalidDataException>(() => TaxParameterFile.Parse(text));

    [Theory]
    [InlineData(2024)]
    [InlineData(2025)]
    [InlineData(2026)]
    public void Every_year_is_found_by_year_and_by_version(int year)
    {
        Assert.True(TaxParameterLibrary.TryForYear(year, out var byYear, out _));
        Assert.True(TaxParameterLibrary.TryVersion($"us-federal-{year}.1", out var byVersion, out _));
        Assert.Same(byYear, byVersion);
        Assert.Equal(year, byYear.Year);
        Assert.Equal("us-federal", byYear.Jurisdiction);
    }

    [Theory]
    [InlineData(2023)]
    [InlineData(2027)]
    public void A_year_without_figures_is_refused_by_name(int year)
    {
        Assert.False(TaxParameterLibrary.TryForYear(year, out _, out var rejection));
        Assert.Equal("tax-year-not-loaded", rejection.Code);
        Assert.Contains("2024, 2025, 2026", rejection.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_is_not_there_is_refused()
    {
        Assert.False(TaxParameterLibrary.TryVersion("us-federal-2026.9", out _, out var rejection));
        Assert.Equal("tax-parameters-unknown", rejection.Code);
    }

    [Theory]
    [InlineData(2024, false, false)]
    [InlineData(2025, true, false)]
    [InlineData(2026, true, true)]
    public void Rules_that_came_later_are_not_in_earlier_years(int year, bool senior, bool leastQbi)
    {
        var p = TaxCases.Figures(year);

        Assert.Equal(senior, p.SeniorDeduction is not null);
        Assert.Equal(leastQbi, p.QualifiedBusinessIncome.Minimum is not null);
        Assert.Equal(leastQbi, p.StandardDeduction.CashCharityLimit is not null);
    }

    [Theory]
    [InlineData("2024-12-31", 0.67)]
    [InlineData("2025-01-01", 0.70)]
    [InlineData("2026-06-30", 0.725)]
    [InlineData("2026-07-01", 0.76)]
    public void Mileage_has_the_rate_of_its_day(string day, decimal rate)
    {
        var on = NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value;
        var rates = TaxCases.Figures(on.Year).BusinessMileage.Value;

        Assert.Equal(rate, rates.Single(period => period.From <= on && on <= period.To).Rate);
    }

    [Fact]
    public void What_was_not_checked_is_marked_unverified()
    {
        Assert.Equal(Confidence.Unverified, TaxCases.Figures(2026).QualifiedBusinessIncome.WageShare.Confidence);
        Assert.Equal(Confidence.Unverified, TaxCases.Figures(2024).ScheduleC.Categories.Confidence);
        Assert.Equal(Confidence.High, TaxCases.Figures(2026).SelfEmployment.SocialSecurityWageBase.Confidence);
    }

    [Fact]
    public void An_interest_rate_that_is_not_published_is_null()
    {
        var rates = TaxCases.Figures(2026).EstimatedTax.UnderpaymentRates.Value;

        Assert.Null(rates.Single(period => period.From == new LocalDate(2027, 1, 1)).Rate);
    }

    [Theory]
    [InlineData("mfj", 403_500)]
    [InlineData("qss", 201_750)]
    [InlineData("mfs", 201_775)]
    [InlineData("hoh", 201_750)]
    [InlineData("single", 201_750)]
    public void Thresholds_are_those_of_the_status(string status, decimal threshold) =>
        Assert.Equal(
            threshold, TaxCases.Figures(2026).QualifiedBusinessIncome.Threshold.For(TaxCases.Status(status)).Value);

    [Fact]
    public void Codes_of_statuses_read_back()
    {
        Assert.All(FilingStatuses.All, status => Assert.Equal(status, TaxCases.Status(status.Code())));
        Assert.False(FilingStatuses.TryParse("married", out _));
        Assert.False(FilingStatuses.TryParse(null, out _));
    }
}
