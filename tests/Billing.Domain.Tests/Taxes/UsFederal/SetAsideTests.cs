using Billing.Domain.Taxes.UsFederal;
using CsCheck;
using NodaTime;
using static Billing.Domain.Tests.Taxes.UsFederal.EstimatorTests;
using static Billing.Domain.Tests.Taxes.UsFederal.TaxCases;

namespace Billing.Domain.Tests.Taxes.UsFederal;

/// <summary>What to put aside of the money that comes in.</summary>
public sealed class SetAsideTests
{
    private static readonly LocalDate MidYear = new(2026, 7, 1);

    private static TaxEstimate Made(TaxFacts facts) =>
        Estimator.TryEstimate(Figures(2026), facts, out var estimate, out var rejection)
            ? estimate
            : throw new InvalidOperationException(rejection.Detail);

    /// <param name="received">So far, in US dollars.</param>
    private static TaxFacts Books(decimal received, decimal spent, decimal netProfitOfTheYear) => new()
    {
        AsOf = MidYear,
        Household = Household("single", 0),
        Projection = new ProfitProjection.OwnNumber(netProfitOfTheYear),
        Receipts = received == 0 ? [] : [new(new LocalDate(2026, 2, 10), Usd((long)(received * 100)))],
        Expenses = spent == 0 ? [] : [new(new LocalDate(2026, 3, 1), "software", Usd((long)(spent * 100)))],
    };

    [Theory]
    [InlineData(60_000, 0.2305)]
    [InlineData(100_000, 0.3049)]
    [InlineData(190_000, 0.3197)]
    public void The_next_dollar_of_a_single_filer_costs_what_bracket_and_self_employment_tax_take_together(
        int netProfit, decimal marginal) =>
        Assert.Equal(marginal, Math.Round(Made(Books(0, 0, netProfit)).SetAside.Marginal.Exact, 4));

    [Fact]
    public void Where_the_deduction_for_business_income_fades_the_next_dollar_costs_most_of_itself() =>
        Assert.Equal(0.635m, Math.Round(Made(Books(0, 0, 300_000)).SetAside.Marginal.Exact, 3));

    [Theory]
    [InlineData(20_000, 0.15)]
    [InlineData(60_000, 0.20)]
    [InlineData(190_000, 0.26)]
    public void The_average_rises_with_the_profit(int netProfit, decimal average) =>
        Assert.Equal(average, Math.Round(Made(Books(0, 0, netProfit)).SetAside.Average!.Exact, 2));

    [Fact]
    public void A_dollar_received_bears_less_than_a_dollar_of_profit_by_the_part_that_expenses_take()
    {
        var setAside = Made(Books(received: 40_000, spent: 10_000, netProfitOfTheYear: 60_000)).SetAside;

        Assert.Equal(80_000m, setAside.ProjectedGross.Exact);
        Assert.Equal(0.25m, setAside.ExpenseShare.Exact);
        Assert.Equal(0.75m * setAside.Marginal.Exact, setAside.MarginalOfGross.Exact);
        Assert.Equal(0.75m * setAside.Average!.Exact, setAside.AverageOfGross!.Exact);
    }

    [Fact]
    public void Of_each_payment_the_same_share_brings_the_years_tax_together()
    {
        var estimate = Made(Books(received: 40_000, spent: 10_000, netProfitOfTheYear: 60_000));

        var goal = estimate.SetAside.NoSurprise;
        Assert.Equal(estimate.Annual.Net.Exact, goal.Target.Exact);
        Assert.Equal(estimate.Annual.Net.Amount, Math.Round(goal.OfEachPayment!.Exact * 80_000, 2));
        Assert.Equal(
            Taxed(goal.OfEachPayment.Exact * 1_000), goal.Of(Usd(100_000)).ToDecimal());
        Assert.Equal(-goal.Of(Usd(100_000)), goal.Of(Usd(-100_000)));

        static decimal Taxed(decimal dollars) => Math.Round(dollars, 2, MidpointRounding.AwayFromZero);
    }

    [Fact]
    public void Last_years_tax_is_a_smaller_goal_for_who_only_wants_no_penalty()
    {
        var facts = Books(received: 40_000, spent: 0, netProfitOfTheYear: 80_000) with
        {
            PriorYear = new PriorYear(6_000, 40_000, FiledForTwelveMonths: true),
        };

        var setAside = Made(facts).SetAside;
        Assert.Equal(6_000m, setAside.NoPenalty.Target.Exact);
        Assert.Equal(0.075m, setAside.NoPenalty.OfEachPayment!.Exact);
        Assert.Equal(0.15m, setAside.NoPenalty.FromNowOn!.Exact);
        Assert.True(setAside.NoSurprise.OfEachPayment!.Exact > setAside.NoPenalty.OfEachPayment.Exact);
    }

    [Fact]
    public void What_was_withheld_applied_and_paid_need_not_be_put_aside_again()
    {
        var facts = Books(received: 40_000, spent: 0, netProfitOfTheYear: 80_000) with
        {
            PriorYear = new PriorYear(6_000, 40_000, FiledForTwelveMonths: true),
            Withholding = 1_000,
            PriorOverpaymentApplied = 600,
            Payments = [new(new LocalDate(2026, 4, 15), Usd(40_000)), new(new LocalDate(2026, 9, 15), Usd(90_000))],
        };

        var goal = Made(facts).SetAside.NoPenalty;
        Assert.Equal((6_000m - 1_600) / 80_000, goal.OfEachPayment!.Exact);
        // The payment of September is later than the day.
        Assert.Equal((6_000m - 2_000) / 40_000, goal.FromNowOn!.Exact);
    }

    [Fact]
    public void Nobody_is_told_to_put_more_aside_than_seventy_percent()
    {
        var facts = Books(received: 79_000, spent: 0, netProfitOfTheYear: 80_000);

        Assert.Equal(SetAside.MostOfAPayment, Made(facts).SetAside.NoSurprise.FromNowOn!.Exact);
    }

    [Fact]
    public void Without_anything_to_come_there_is_nothing_to_take_it_from()
    {
        var facts = Books(received: 40_000, spent: 0, netProfitOfTheYear: 0) with
        {
            Projection = new ProfitProjection.YearToDateOnly(),
        };
        var none = Books(0, 0, 0) with { Projection = new ProfitProjection.YearToDateOnly() };

        Assert.Null(Made(facts).SetAside.NoSurprise.FromNowOn);
        Assert.NotNull(Made(facts).SetAside.NoSurprise.OfEachPayment);
        Assert.Null(Made(none).SetAside.NoSurprise.OfEachPayment);
        Assert.Null(Made(none).SetAside.Average);
        Assert.Equal(Usd(0), Made(none).SetAside.NoSurprise.Of(Usd(5_000)));
    }

    [Fact]
    public void Whatever_the_books_say_shares_stay_within_bounds_and_the_working_holds() =>
        Gen.Select(Gen.Int[0, 50_000_000], Gen.Int[0, 30_000_000], Gen.Int[-5_000_000, 60_000_000], Gen.Int[0, 2_000_000], Gen.Int[0, 365])
            .Sample((received, spent, projected, paid, day) =>
            {
                var estimate = Made(Books(received / 100m, spent / 100m, projected / 100m) with
                {
                    AsOf = new LocalDate(2026, 1, 1).PlusDays(day),
                    Payments = [new(new LocalDate(2026, 1, 2), Usd(paid))],
                });
                foreach (var goal in new[] { estimate.SetAside.NoSurprise, estimate.SetAside.NoPenalty })
                {
                    Assert.InRange(goal.OfEachPayment?.Exact ?? 0, 0, SetAside.MostOfAPayment);
                    Assert.InRange(goal.FromNowOn?.Exact ?? 0, 0, SetAside.MostOfAPayment);
                }
                Assert.True(estimate.SetAside.NoPenalty.Target.Exact <= estimate.SetAside.NoSurprise.Target.Exact);
                Assert.InRange(estimate.SetAside.ExpenseShare.Exact, 0, 1);
                WorkingCheck.Holds(2026, estimate.Lines);
            });

    [Fact]
    public void At_the_largest_profit_that_is_taken_there_is_still_a_next_dollar() =>
        Assert.InRange(Made(Books(0, 0, 1_000_000_000_000m)).SetAside.Marginal.Exact, 0.37m, 0.45m);
}
