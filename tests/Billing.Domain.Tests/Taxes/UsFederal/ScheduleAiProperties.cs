using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using CsCheck;
using static Billing.Domain.Tests.Taxes.UsFederal.TaxCases;

namespace Billing.Domain.Tests.Taxes.UsFederal;

/// <summary>What holds for every year's course of income.</summary>
public sealed class ScheduleAiProperties
{
    private static readonly Gen<decimal> Dollars = Gen.OneOf(Gen.Int[0, 20_000_000], Gen.Int[0, 300_000]).Select(cents => cents / 100m);

    private static readonly Gen<(int Year, Household[] Periods, decimal Quarter)> Course = Gen.Select(
        Gen.OneOfConst(2024, 2025, 2026), Gen.OneOfConst([.. FilingStatuses.All]), Dollars.Array[4], Dollars.Array[4],
        Gen.Int[0, 3], Dollars, (year, status, profits, wages, children, quarter) =>
        {
            var periods = new Household[4];
            var (profit, wage) = (0m, 0m);
            for (var i = 0; i < periods.Length; i++)
            {
                profit += profits[i];
                wage += wages[i];
                periods[i] = new Household
                {
                    Status = status,
                    ChildrenUnder17 = children,
                    Taxpayer = new TaxPerson { NetProfit = profit, Wages = wage },
                };
            }
            return (year, periods, quarter);
        });

    private static decimal[] Required(int year, Household[] periods, decimal quarter) =>
    [
        .. ScheduleAi.Compute(Figures(year), new Worksheet(), periods, [quarter, quarter, quarter, quarter]).Columns
            .Select(column => column.Required.Exact),
    ];

    [Fact]
    public void No_column_asks_for_more_by_then_than_the_regular_method() => Course.Sample((year, periods, quarter) =>
    {
        var (sum, columns) = (0m, Required(year, periods, quarter));
        for (var i = 0; i < columns.Length; i++)
        {
            sum += columns[i];
            Assert.True(columns[i] >= 0);
            Assert.True(sum <= quarter * (i + 1), $"column {i}: {sum} of {quarter * (i + 1)}");
        }
    });

    [Fact]
    public void All_four_ask_for_the_required_payment_or_for_nine_tenths_of_the_tax() => Course.Sample((year, periods, quarter) =>
    {
        var tax = Annual(year, periods[3]).Net.Exact;

        var sum = Required(year, periods, quarter).Sum();

        // Earlier columns may already have asked for more than the year came to.
        Assert.True(sum >= Math.Min(quarter * 4, tax * 0.9m) - 0.000001m, $"{sum} of {quarter * 4} and {tax * 0.9m}");
    });

    [Fact]
    public void The_last_column_is_the_year() => Course.Sample((year, periods, quarter) =>
    {
        var annual = Annual(year, periods[3]);
        var last = ScheduleAi.Compute(Figures(year), new Worksheet(), periods, [quarter, quarter, quarter, quarter]).Columns[3];
        Assert.Equal(annual.Net.Amount, last.Tax.Amount);
        Assert.Equal(annual.TaxableIncome.Amount, last.TaxableIncome.Amount);
    });
}
