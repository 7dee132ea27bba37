using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Tests.Taxes.UsFederal.TaxCases;

namespace Billing.Domain.Tests.Taxes.UsFederal;

public sealed class ScheduleCTests
{
    private static Money Usd(long cents) => new(cents, Currency.Usd);

    private static ScheduleCResult Through(LocalDate day) => ScheduleC.Compute(
        Figures(2026),
        new Worksheet(),
        new TaxFacts
        {
            AsOf = day,
            Household = Household("single", 0),
            Projection = new ProfitProjection.YearToDateOnly(),
            Receipts =
            [
                new(new LocalDate(2026, 3, 31), Usd(1_000_000)),
                new(new LocalDate(2026, 4, 1), Usd(500_000)),
                new(new LocalDate(2026, 4, 2), Usd(-20_000)),
            ],
            Expenses =
            [
                new(new LocalDate(2026, 3, 31), "meals", Usd(10_001)),
                new(new LocalDate(2026, 2, 1), "software", Usd(4_900)),
                new(new LocalDate(2026, 4, 1), "software", Usd(4_900)),
                new(new LocalDate(2026, 2, 2), "entertainment", Usd(30_000)),
                new(new LocalDate(2026, 2, 3), "commissions-and-fees", Usd(2_950)),
            ],
        },
        day);

    [Fact]
    public void Counts_what_was_received_and_paid_through_the_day()
    {
        Assert.Equal(10_000m - 50.005m - 49m - 29.50m, Through(new LocalDate(2026, 3, 31)).NetProfit.Exact);
        Assert.Equal(14_800m - 50.005m - 98m - 29.50m, Through(new LocalDate(2026, 12, 31)).NetProfit.Exact);
    }

    [Fact]
    public void Refunds_have_a_line_of_their_own()
    {
        var result = Through(new LocalDate(2026, 12, 31));

        Assert.Equal(14_800m, result.GrossIncome.Amount);
        Assert.Equal([15_000m, 200m], result.GrossIncome.Inputs.Select(input => input.Value));
    }

    [Fact]
    public void Each_category_has_its_line_and_its_limit()
    {
        var lines = Through(new LocalDate(2026, 12, 31)).Expenses
            .ToDictionary(line => line.Code, line => (line.FormLine, line.Exact));

        Assert.Equal(("Schedule C line 24b", 50.005m), lines["schedule-c.expense.meals"]);
        Assert.Equal(("Schedule C line 27b", 98m), lines["schedule-c.expense.software"]);
        Assert.Equal(("Schedule C line 10", 29.5m), lines["schedule-c.expense.commissions-and-fees"]);
        Assert.Equal((null, 0m), lines["schedule-c.expense.entertainment"]);
    }
}
