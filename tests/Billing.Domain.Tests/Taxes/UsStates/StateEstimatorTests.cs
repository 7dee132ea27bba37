using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Taxes.UsStates;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Tests.Taxes.UsFederal.TaxCases;
using static Billing.Domain.Tests.Taxes.UsStates.StateCases;

namespace Billing.Domain.Tests.Taxes.UsStates;

/// <summary>From the federal estimate to what to pay a state next.</summary>
public sealed class StateEstimatorTests
{
    private static readonly Household Hundred = Household("single", 100_000);
    private static readonly LocalDate March = new(2025, 3, 1);

    [Fact]
    public void California_wants_thirty_forty_nothing_and_thirty_percent()
    {
        var estimate = Estimate("CA", 2025, Hundred, March);

        // 90 % of 4,397.955925.
        Assert.Equal(3_958.16m, estimate.Required!.Instalments);
        Assert.Equal([1_187.45m, 1_583.26m, 0m, 1_187.45m], estimate.Plan!.Instalments.Select(i => i.Required));
        Assert.Equal(
            [new LocalDate(2025, 4, 15), new(2025, 6, 16), new(2025, 9, 15), new(2026, 1, 15)],
            estimate.Plan.Instalments.Select(i => i.Due.DeadlineOn));
        Assert.Equal("Pay $1,188 by 2025-04-15.", estimate.Advice);
        Assert.Equal(
            "90 % of this year's expected tax governs, $3,958.16: last year's return to California is not known. "
            + "If you tell it, less may be enough.",
            estimate.Required.Reason);
        Assert.Equal((Confidence.Medium, (Confidence?)Confidence.High), (estimate.TaxConfidence, estimate.InstalmentConfidence));
        Assert.Equal("us-ca-2025.1", estimate.ParametersVersion);
    }

    [Theory]
    [InlineData("CA", 15_000, false, 0)]
    [InlineData("CA", 15_750.01, false, 1)]
    [InlineData("CO", 20_000, true, 2)]
    [InlineData("TX", 20_000, true, 0)]
    public void What_no_state_provides_for_is_said(string state, double itemized, bool isDependent, int more)
    {
        var without = Estimate(state, 2025, Hundred, March).Limits;
        var with = Estimate(
            state, 2025, Hundred with { ItemizedDeductions = (decimal)itemized, IsDependent = isDependent }, March).Limits;

        Assert.Equal(without, with.Take(without.Count));
        Assert.Equal(more, with.Count - without.Count);
        Assert.Equal(more > 0, with.Any(limit => limit.StartsWith("The federal return itemizes.", StringComparison.Ordinal)));
    }

    [Fact]
    public void In_autumn_California_wants_nothing_more()
    {
        var paid = new StateFacts { Payments = [new(new LocalDate(2025, 4, 15), Usd(277_071))] };
        var estimate = Estimate("CA", 2025, Hundred, new LocalDate(2025, 8, 1), paid);

        Assert.Equal("Nothing is to be paid by 2025-09-15.", estimate.Advice);
        Assert.Equal(1_627.25m, estimate.BalanceWithReturn);
        var late = Estimate("CA", 2025, Hundred, new LocalDate(2026, 1, 20), paid);
        Assert.Equal(
            "The instalments were missed by $1,187.45: pay it now. $1,627.25 in all is expected to be due with the return.", late.Advice);
    }

    [Theory]
    [InlineData("single", 150_000.00, "3000.00")]
    [InlineData("single", 150_000.01, "3300.00")]
    [InlineData("mfs", 75_000.00, "3000.00")]
    [InlineData("mfs", 75_000.01, "3300.00")]
    public void Last_years_tax_is_enough_at_110_percent_where_its_income_was_high(string status, double income, string required)
    {
        var lastYear = new StateFacts { PriorYear = new(3_000, (decimal)income, true) };
        var estimate = Estimate("CA", 2025, Household(status, 200_000), March, lastYear);

        Assert.Equal(required, estimate.Required!.Instalments.ToString("F2", System.Globalization.CultureInfo.InvariantCulture));
        Assert.StartsWith("Last year's tax governs: $3,", estimate.Required.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("single", 999_999.99, true)]
    [InlineData("single", 1_000_000, false)]
    [InlineData("mfs", 499_999.99, true)]
    [InlineData("mfs", 500_000, false)]
    public void From_a_million_on_last_years_tax_is_no_safe_harbour_in_California(string status, double wages, bool isOne)
    {
        var rich = Household(status, 0) with { Taxpayer = new TaxPerson { Wages = (decimal)wages } };
        var estimate = Estimate("CA", 2025, rich, March, new StateFacts { PriorYear = new(3_000, 50_000, true) });

        Assert.Equal(isOne, estimate.Required!.PriorYear is not null);
        Assert.Equal(isOne, estimate.Required.Instalments == 3_000);
        if (!isOne) Assert.Contains("last year's tax is no safe harbour", estimate.Required.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("single", "3897.96", "0")]     // 499.995925 is left.
    [InlineData("single", "3897.95", "60.21")] // 500.005925 is left, and 3,958.16 are required.
    [InlineData("mfs", "4147.96", "0")]
    [InlineData("mfs", "4147.95", "0")]        // Above 250, but withholding covers what is required.
    [InlineData("mfs", "3900.00", "58.16")]
    public void Less_than_500_dollars_or_250_apart_is_not_wanted_during_the_year(string status, string withheld, string instalments)
    {
        var withholding = decimal.Parse(withheld, System.Globalization.CultureInfo.InvariantCulture);
        var estimate = Estimate("CA", 2025, Household(status, 100_000), March, new StateFacts { Withholding = withholding });

        Assert.Equal(decimal.Parse(instalments, System.Globalization.CultureInfo.InvariantCulture), estimate.Required!.Instalments);
        Assert.StartsWith(
            instalments == "0" ? "Nothing has to be paid to California" : "90 %", estimate.Required.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_states_dates_are_assumed_and_said_to_be()
    {
        var estimate = Estimate("GA", 2025, Hundred, March, new StateFacts { PriorOverpaymentApplied = 100 });

        // 90 % of 4,200.5381775 = 3,780.48.
        Assert.Equal([945.12m, 945.12m, 945.12m, 945.12m], estimate.Plan!.Instalments.Select(i => i.Required));
        Assert.Equal(845.12m, estimate.Plan.DueNext);
        Assert.Equal((Confidence?)Confidence.Unverified, estimate.InstalmentConfidence);
        Assert.Contains(estimate.Limits, limit => limit.StartsWith("When and how much Georgia wants", StringComparison.Ordinal));
        Assert.Null(Law("GA", 2025).DeMinimis(FilingStatus.Single));
        Assert.Null(Law("GA", 2025).PenaltyRate);
    }

    [Fact]
    public void A_state_without_income_tax_wants_nothing_and_says_so()
    {
        var estimate = Estimate("TX", 2026, Hundred, new LocalDate(2026, 3, 1));

        Assert.Equal("Texas has no tax on the income of persons: nothing is to be paid there.", estimate.Advice);
        Assert.Equal(0m, estimate.Tax.Exact);
        Assert.Null(estimate.Plan);
        Assert.Null(estimate.Required);
        Assert.Empty(Law("TX", 2026).InstalmentSchedule);
    }

    [Fact]
    public void Payments_after_the_day_and_last_years_return_in_part_do_not_count()
    {
        var ofState = new StateFacts
        {
            Payments = [new(new LocalDate(2025, 3, 2), Usd(100_000))],
            PriorYear = new PriorYear(0, 0, FiledForTwelveMonths: false),
        };
        var estimate = Estimate("CA", 2025, Hundred, March, ofState);

        Assert.Equal(0m, estimate.Plan!.Credited);
        Assert.EndsWith("was not filed or did not cover twelve months.", estimate.Required!.Reason, StringComparison.Ordinal);
        var none = Estimate("CA", 2025, Hundred, March, ofState with { PriorYear = new PriorYear(0, 0, FiledForTwelveMonths: true) });
        Assert.Equal(0m, none.Required!.Instalments);
    }

    private static Money Usd(long cents) => new(cents, Currency.Usd);
}
