using Billing.Domain.Values;
using static Billing.Domain.Tests.Invoicing.Practice;

namespace Billing.Domain.Tests.Invoicing;

/// <summary>Arithmetic that others published and got wrong, or whose customers did; each case names where it is from.</summary>
public class PublishedArithmeticTests
{
    /// <param name="source">Where the case was published.</param>
    /// <param name="entrySeconds">The work, entry by entry.</param>
    /// <param name="quantitySeconds">What the line prints, as h:mm:ss.</param>
    [Theory]
    [InlineData("Toggl: six lines of 1.67 made 10.02", 100_00, new[] { 60, 60, 60, 60, 60, 60 }, 0, "nearest", "line", 360, 10_00)]
    [InlineData("kimai #1424: 30 min at 27.50", 27_50, new[] { 1800 }, 0, "nearest", "line", 1800, 13_75)]
    [InlineData("kimai #1424: the same as two quarters made 13.76", 27_50, new[] { 900, 900 }, 0, "nearest", "line", 1800, 13_75)]
    [InlineData("kimai #3282: 50 min at 100 printed 0.83 h", 100_00, new[] { 3000 }, 0, "nearest", "line", 3000, 83_33)]
    [InlineData("Invoice Ninja: exactly 900 s down to 15 min gave 0", 100_00, new[] { 900 }, 900, "down", "entry", 900, 25_00)]
    [InlineData("Invoice Ninja: exactly 900 s up to 15 min", 100_00, new[] { 900 }, 900, "up", "entry", 900, 25_00)]
    [InlineData("half an increment: up", 100_00, new[] { 450 }, 900, "up", "entry", 900, 25_00)]
    [InlineData("half an increment: down", 100_00, new[] { 450 }, 900, "down", "entry", 0, 0)]
    [InlineData("half an increment: nearest goes up", 100_00, new[] { 450 }, 900, "nearest", "entry", 900, 25_00)]
    [InlineData("a second less than half an increment", 100_00, new[] { 449 }, 900, "nearest", "entry", 0, 0)]
    [InlineData("lisamarievirtualsolutions.com: 15-minute blocks rounded up", 40_00, new[] { 960, 300 }, 900, "up", "entry", 2700, 30_00)]
    [InlineData("longerdays.com: billed to the minute, increment 0", 40_00, new[] { 660 }, 0, "nearest", "line", 660, 7_33)]
    [InlineData("the same blocks per invoice", 40_00, new[] { 960, 300 }, 900, "up", "invoice", 1800, 20_00)]
    public void Comes_out_right_and_multiplies_out(
        string source, long perHourMinor, int[] entrySeconds, int increment, string direction, string scope, long quantitySeconds,
        long amountMinor)
    {
        var practice = new Practice().Charges(Inbox, perHourMinor).Rounds(increment, direction, scope);
        for (var i = 0; i < entrySeconds.Length; i++) practice.WorksSeconds(101 + i, entrySeconds[i]);
        var line = Assert.Single(practice.Computed().Lines);
        Assert.True((quantitySeconds, amountMinor) == (line.QuantitySeconds, line.AmountMinor), source);
        Assert.Equal(amountMinor, Money.ForTime(new Money(perHourMinor, Currency.Usd), quantitySeconds).Minor);
    }
}
