using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Tests.Taxes.UsFederal.TaxCases;

namespace Billing.Domain.Tests.Taxes.UsFederal;

/// <summary>Line 30, by the rules of the specification: 5 × min(300, square feet) × months ÷ 12, at most line 29.</summary>
public sealed class HomeOfficeDeductionTests
{
    private static readonly LocalDate January = new(2026, 1, 1), December = new(2026, 12, 31);

    [Theory]
    [InlineData(140, 700)]
    [InlineData(300, 1_500)]
    [InlineData(301, 1_500)]
    public void The_simplified_method_is_five_dollars_a_square_foot_up_to_three_hundred(int squareFeet, int dollars)
    {
        var result = Compute(new HomeOffice.Simplified(squareFeet, January, December), profit: 20_000);
        Assert.Equal(dollars, Line(result, "schedule-c.home-office"));
        Assert.Equal(20_000m - dollars, result.NetProfit.Exact);
        Assert.Equal("Schedule C line 31", result.NetProfit.FormLine);
    }

    [Fact]
    public void It_is_limited_to_the_profit_before_it_and_nothing_is_carried_over()
    {
        var result = Compute(new HomeOffice.Simplified(300, January, December), profit: 900);
        Assert.Equal((900m, 0m), (Line(result, "schedule-c.home-office"), result.NetProfit.Exact));
        Assert.Null(result.Sheet.FirstOrDefault(line => line.Code == "schedule-c.home-office-carry-over"));

        var loss = Compute(new HomeOffice.Simplified(300, January, December), profit: -50);
        Assert.Equal((0m, -50m), (Line(loss, "schedule-c.home-office"), loss.NetProfit.Exact));
    }

    [Theory]
    [InlineData("2026-01-01", "2026-12-31", 12)]
    [InlineData("2026-03-18", "2026-12-31", 9)] // fourteen days of March
    [InlineData("2026-03-17", "2026-12-31", 10)] // fifteen
    [InlineData("2026-05-10", "2026-05-23", 0)]
    [InlineData("2026-02-14", "2026-02-28", 1)]
    public void A_month_counts_with_fifteen_days_of_use(string from, string until, int months)
    {
        var result = Compute(new HomeOffice.Simplified(120, Day(from), Day(until)), profit: 20_000);
        Assert.Equal(50m * months, Line(result, "schedule-c.home-office"));
    }

    [Fact]
    public void Through_a_day_only_the_months_so_far_count() => Assert.Equal(
        400m, Line(Compute(new HomeOffice.Simplified(120, January, December), 20_000, new LocalDate(2026, 9, 12)), "schedule-c.home-office"));

    [Fact]
    public void Actual_costs_count_in_full_for_the_office_and_by_its_share_for_the_home()
    {
        // 300 + 18,000 × 150 ÷ 1,500 + 125 carried over.
        var office = new HomeOffice.Actual(150, 1_500, January, December, 300, 18_000, 125);
        Assert.Equal(2_225m, Line(Compute(office, 20_000), "schedule-c.home-office"));
        var limited = Compute(office, 2_000);
        Assert.Equal((2_000m, 225m), (Line(limited, "schedule-c.home-office"), Line(limited, "schedule-c.home-office-carry-over")));
        Assert.Equal(0m, limited.NetProfit.Exact);
    }

    [Fact]
    public void Without_an_office_the_working_has_no_line_of_it() => Assert.DoesNotContain(
        Compute(null, 1_000).Sheet, line => line.Code.Contains("home-office", StringComparison.Ordinal) || line.FormLine == "Schedule C line 29");

    private static decimal Line(Result result, string code) => result.Sheet.Single(line => line.Code == code).Exact;

    private static LocalDate Day(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;

    private static Result Compute(HomeOffice? office, int profit, LocalDate? through = null)
    {
        var sheet = new Worksheet();
        var result = ScheduleC.Compute(
            Figures(2026), sheet,
            new TaxFacts
            {
                AsOf = December,
                Household = Household("single", 0),
                Projection = new ProfitProjection.YearToDateOnly(),
                Receipts = [new(January, new Money(profit * 100, Currency.Usd))],
                HomeOffice = office,
            },
            through ?? December);
        return new Result(result.NetProfit, sheet.Lines);
    }

    private sealed record Result(TaxLine NetProfit, IReadOnlyList<TaxLine> Sheet);
}
