using Billing.Domain.Values;
using Billing.Projections.Documents;
using CsCheck;

namespace Billing.Projections.Tests.Documents;

public sealed class BarChartTests
{
    private static Money Usd(long cents) => new(cents, Currency.Usd);

    [Fact]
    public void Bars_are_as_long_as_their_amounts_and_stand_on_the_line_of_nothing()
    {
        var chart = BarChart.Of(new BarChartModel(["In", "Out"], [new("Jan", [Usd(100_00), Usd(-50_00)])], "In and out"), 400, 200);

        var zero = Assert.Single(chart.Rules, rule => rule.IsZero);
        var (up, down) = (Bar(chart, "Jan, In: $100.00"), Bar(chart, "Jan, Out: -$50.00"));
        Assert.Equal(zero.Y, up.Y + up.Height, 6);
        Assert.Equal(zero.Y, down.Y, 6);
        Assert.Equal(up.Height, 2 * down.Height, 6);
    }

    [Fact]
    public void The_axis_has_round_steps_that_hold_every_amount() => Gen.Long[-9_999_999_99, 9_999_999_99].Array[1, 13].Sample(amounts =>
    {
        var model = new BarChartModel(["In"], [.. amounts.Select(amount => new BarGroupModel("M", [Usd(amount)]))], "");
        var chart = BarChart.Of(model, 500, 220);
        Assert.InRange(chart.Rules.Count, 2, 7);
        foreach (var bar in chart.Bars)
        {
            Assert.InRange(bar.Y, 0, 220.01);
            Assert.InRange(bar.Y + bar.Height, 0, 221);
            Assert.InRange(bar.X + bar.Width, 0, 500.01);
        }
    });

    [Fact]
    public void Page_and_pdf_show_the_same_bars()
    {
        var chart = BarChart.Of(SampleDocuments.TaxReport().Chart!, 720, 240);
        var svg = ChartSvg.Of(chart);
        Assert.Equal(chart.Bars.Count, svg.Split("<title>").Length - 1);
        Assert.DoesNotContain("style=", svg, StringComparison.Ordinal);
        Assert.Contains("Apr, Received: -$900.00", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_of_others_cannot_leave_their_place()
    {
        var model = new BarChartModel(["<script>"], [new("\"><", [Usd(1)])], "a \" b");
        var svg = ChartSvg.Of(BarChart.Of(model, 300, 100));
        Assert.Contains("&lt;script&gt;", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", svg, StringComparison.Ordinal);
    }

    private static ChartBar Bar(BarChart chart, string title) => Assert.Single(chart.Bars, bar => bar.Title == title);
}
