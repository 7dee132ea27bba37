using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Tests.Taxes.UsFederal.TaxCases;

namespace Billing.Domain.Tests.Taxes.UsFederal;

/// <summary>From dated facts to the next payment.</summary>
public sealed class EstimatorTests
{
    internal static Money Usd(long cents) => new(cents, Currency.Usd);

    /// <summary>A virtual assistant's first half of 2026: 25,000 received, 380 of expenses that count.</summary>
    internal static readonly TaxFacts HalfYear = new()
    {
        AsOf = new LocalDate(2026, 7, 1),
        Household = Household("single", 0),
        Projection = new ProfitProjection.OwnNumber(50_000),
        Receipts = [new(new LocalDate(2026, 2, 10), Usd(1_500_000)), new(new LocalDate(2026, 5, 10), Usd(1_000_000))],
        Expenses =
        [
            new(new LocalDate(2026, 3, 1), "software", Usd(30_000)),
            new(new LocalDate(2026, 3, 2), "meals", Usd(16_000)),
        ],
        Payments = [new(new LocalDate(2026, 4, 15), Usd(100_000))],
        PriorYear = new PriorYear(6_000, 40_000, FiledForTwelveMonths: true),
    };

    private static TaxEstimate Made(TaxFacts facts, int year = 2026) =>
        Estimator.TryEstimate(Figures(year), facts, out var estimate, out var rejection)
            ? estimate
            : throw new InvalidOperationException(rejection.Detail);

    [Fact]
    public void Says_what_to_pay_next_and_why()
    {
        var estimate = Made(HalfYear);

        Assert.Equal("us-federal-2026.1", estimate.ParametersVersion);
        Assert.Equal(24_620m, estimate.ScheduleC.NetProfit.Amount);
        Assert.Equal(9_732.07m, estimate.Annual.Total.Amount);
        Assert.Equal(RequirementBasis.PriorYear, estimate.Required.Basis);
        Assert.Equal(
            "Last year's tax governs: 100 % of it is $6,000.00, less than 90 % of this year's expected tax, $8,758.86. "
            + "Paying it on time is enough, however much more you earn.",
            estimate.Required.Reason);
        Assert.Equal(2_000m, estimate.Plan.OverdueNow);
        Assert.Equal(1_500m, estimate.Plan.DueNext);
        Assert.Equal(
            "Pay $3,500 by 2026-09-15, $2,000.00 of it at once: so much was missed at earlier instalments, and "
            + "interest runs until it is paid.",
            estimate.Advice);
        Assert.Equal(8_732.07m, estimate.BalanceWithReturn);
        // 500 from 15 April and 1,500 from 15 June to 1 July: 76 and 15 days at 6 %, a day of both at 7 %.
        Assert.Equal(10.33m, estimate.Penalty.Amount);
    }

    [Fact]
    public void The_run_rate_goes_on_like_the_days_so_far()
    {
        var estimate = Made(HalfYear with { Projection = new ProfitProjection.RunRate() });

        // 24,620 in the 182 days through 1 July.
        Assert.Equal(49_375.27m, estimate.Projection.NetProfit.Amount);
        Assert.Equal(
            "Assumes that the rest of the year goes like its first 182 of 365 days, through 2026-07-01.",
            estimate.Projection.Method);
    }

    [Theory]
    [InlineData(2026, 12, 31)]
    [InlineData(2027, 3, 1)]
    public void At_the_end_of_the_year_the_run_rate_is_the_profit(int year, int month, int day)
    {
        var facts = HalfYear with { Projection = new ProfitProjection.RunRate() };
        var late = facts with { AsOf = new LocalDate(year, month, day) };

        Assert.Equal(24_620m, Made(late).Projection.NetProfit.Exact);
    }

    [Fact]
    public void Year_to_date_adds_nothing()
    {
        var estimate = Made(HalfYear with { Projection = new ProfitProjection.YearToDateOnly() });

        Assert.Equal(24_620m, estimate.Projection.NetProfit.Exact);
    }

    [Fact]
    public void What_came_after_the_day_does_not_count_yet()
    {
        var estimate = Made(HalfYear with { AsOf = new LocalDate(2026, 4, 14) });

        Assert.Equal(14_620m, estimate.ScheduleC.NetProfit.Amount);
        Assert.Equal(0m, estimate.Plan.Credited);
        Assert.Equal("Pay $1,500 by 2026-04-15.", estimate.Advice);
    }

    [Fact]
    public void Another_business_of_the_person_adds_to_the_books()
    {
        var facts = HalfYear with { Projection = new ProfitProjection.OwnNumber(40_000) };
        var estimate = Made(facts with { Household = Household("single", 10_000) });

        Assert.Equal(9_732.07m, estimate.Annual.Total.Amount);
    }

    [Fact]
    public void An_overpayment_applied_counts_on_the_first_due_date()
    {
        var facts = HalfYear with { Payments = [], PriorOverpaymentApplied = 3_000 };
        var estimate = Made(facts with { AsOf = new LocalDate(2026, 6, 15) });

        Assert.Equal(0m, estimate.Plan.CatchUp);
        Assert.Equal("Nothing is to be paid by 2026-06-15.", estimate.Advice);
        Assert.Equal(0m, estimate.Penalty.Amount);
    }

    [Fact]
    public void Withholding_counts_a_quarter_at_each_date_and_in_the_balance()
    {
        var estimate = Made(HalfYear with { Payments = [], Withholding = 2_000, AsOf = new LocalDate(2026, 4, 1) });

        Assert.Equal(1_000m, estimate.Plan.DueNext);
        Assert.Equal(7_732.07m, estimate.BalanceWithReturn);
    }

    [Fact]
    public void After_the_year_the_balance_with_the_return_is_named()
    {
        var estimate = Made(HalfYear with { AsOf = new LocalDate(2027, 1, 20) });

        Assert.Equal(
            "The instalments were missed by $5,000.00: pay it now, interest runs until it is paid. Filing and paying "
            + "all tax by 2027-02-01 makes up for the fourth. $8,732.07 in all is expected to be due with the return "
            + "by 2027-04-15.",
            estimate.Advice);
    }

    [Fact]
    public void A_refund_is_named_as_one()
    {
        var facts = HalfYear with
        {
            AsOf = new LocalDate(2027, 2, 20),
            Payments = [new(new LocalDate(2026, 4, 15), Usd(1_000_000))],
        };

        Assert.Equal(
            "All four instalments are covered. $267.93 is expected back with the return.", Made(facts).Advice);
    }

    [Fact]
    public void The_working_holds_from_the_receipts_to_the_requirement() =>
        WorkingCheck.Holds(2026, Made(HalfYear).Lines);

    [Fact]
    public void The_same_facts_and_figures_give_the_same_estimate()
    {
        var (one, other) = (Made(HalfYear), Made(HalfYear));

        Assert.Equal(
            one.Lines.Select(line => (line.Code, line.Exact, line.Formula)),
            other.Lines.Select(line => (line.Code, line.Exact, line.Formula)));
        Assert.Equal(one.Advice, other.Advice);
    }
}
