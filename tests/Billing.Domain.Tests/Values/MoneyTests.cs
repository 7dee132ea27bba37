using Billing.Domain.Values;
using CsCheck;

namespace Billing.Domain.Tests.Values;

public sealed class MoneyTests
{
    private static readonly Gen<long> Minor = Gen.Long[-1_000_000_000_000, 1_000_000_000_000];

    [Fact]
    public void Different_currencies_never_add_nor_compare()
    {
        var (dollar, euro) = (new Money(1, Currency.Usd), new Money(1, Currency.Eur));
        Assert.Throws<InvalidOperationException>(() => dollar + euro);
        Assert.Throws<InvalidOperationException>(() => dollar - euro);
        Assert.Throws<InvalidOperationException>(() => dollar < euro);
        Assert.NotEqual(dollar, euro);
    }

    [Fact]
    public void Overflow_is_loud() =>
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue, Currency.Usd) + new Money(1, Currency.Usd));

    // kimai/kimai issues 1424 and 3282, and Toggl's six minutes: https://github.com/kimai/kimai/issues/1424
    [Theory]
    [InlineData(2750, 1800, 1375)]
    [InlineData(2750, 900, 688)]
    [InlineData(10000, 60, 167)]
    [InlineData(10000, 360, 1000)]
    [InlineData(10000, 3000, 8333)]
    [InlineData(1, 1800, 1)]
    [InlineData(1, 1799, 0)]
    [InlineData(-1, 1800, -1)]
    public void Time_is_priced_exactly_and_rounded_once(long perHourMinor, long seconds, long expectedMinor) =>
        Assert.Equal(expectedMinor, Money.ForTime(new Money(perHourMinor, Currency.Usd), seconds).Minor);

    [Fact]
    public void Time_is_priced_without_overflow_in_between() =>
        Assert.Equal(1_000_000_000_000_000, Money.ForTime(new Money(10_000_000, Currency.Usd), 360_000_000_000).Minor);

    [Fact]
    public void Rounding_is_to_the_nearest_with_halves_away_from_zero() =>
        Gen.Select(Minor, Gen.Long[1, 1_000_000]).Sample((dividend, divisor) =>
        {
            // Decimal arithmetic of .NET, which has 28 digits, is the other way to the same number.
            var expected = (long)Math.Round((decimal)dividend / divisor, MidpointRounding.AwayFromZero);
            Assert.Equal(expected, Rounding.DivideHalfAwayFromZero(dividend, divisor));
        });

    [Theory]
    [InlineData(100, new long[] { 1, 1, 1 }, new long[] { 34, 33, 33 })]
    [InlineData(-100, new long[] { 1, 1, 1 }, new long[] { -34, -33, -33 })]
    [InlineData(100, new long[] { 1, 2, 4 }, new long[] { 14, 29, 57 })]
    [InlineData(-100, new long[] { 1, 2, 4 }, new long[] { -14, -29, -57 })]
    [InlineData(5, new long[] { 3, 7 }, new long[] { 2, 3 })]
    [InlineData(100, new long[] { 0, 1 }, new long[] { 0, 100 })]
    [InlineData(2, new long[] { 1, 1, 1, 1 }, new long[] { 1, 1, 0, 0 })]
    public void Splits_by_largest_remainder(long minor, long[] weights, long[] expected) =>
        Assert.Equal(expected, new Money(minor, Currency.Usd).Allocate(weights).Select(part => part.Minor));

    [Fact]
    public void Parts_sum_to_the_whole_and_none_is_off_by_a_minor_unit() =>
        Gen.Select(Minor, Gen.Long[0, 1_000_000_000].Array[1, 20]).Sample((minor, weights) =>
        {
            weights[0]++;
            var parts = new Money(minor, Currency.Usd).Allocate(weights).Select(part => part.Minor).ToArray();
            Assert.Equal(minor, parts.Sum());
            var total = weights.Aggregate((Int128)0, (sum, weight) => sum + weight);
            for (var i = 0; i < parts.Length; i++)
                Assert.True(Int128.Abs(parts[i] * total - (Int128)minor * weights[i]) < total);
        });

    [Theory]
    [InlineData(new long[] { 0, 0 })]
    [InlineData(new long[] { })]
    [InlineData(new long[] { 2, -1 })]
    public void Refuses_weights_that_share_nothing_out(long[] weights) =>
        Assert.Throws<ArgumentException>(() => new Money(100, Currency.Usd).Allocate(weights));

    [Theory]
    [InlineData("123.45", "USD", 12345)]
    [InlineData("-0.01", "USD", -1)]
    [InlineData("5", "USD", 500)]
    [InlineData("5", "JPY", 5)]
    [InlineData("0.001", "KWD", 1)]
    [InlineData("9999999999999.99", "USD", 999999999999999)]
    public void Reads_plain_decimal_digits(string text, string currency, long minor)
    {
        Assert.True(Money.TryParse(text, Currency.Of(currency), out var money));
        Assert.Equal(new Money(minor, Currency.Of(currency)), money);
    }

    [Theory]
    [InlineData("1.001", "USD")]
    [InlineData("1.5", "JPY")]
    [InlineData("1,000.00", "USD")]
    [InlineData("1e3", "USD")]
    [InlineData("$1", "USD")]
    [InlineData("", "USD")]
    [InlineData(null, "USD")]
    [InlineData("10000000000000.00", "USD")]
    [InlineData("99999999999999999999999999999999999", "USD")]
    public void Refuses_anything_else(string? text, string currency) =>
        Assert.False(Money.TryParse(text, Currency.Of(currency), out _));

    [Fact]
    public void What_is_printed_reads_back_as_the_same_amount() =>
        Gen.Select(Minor, Gen.OneOfConst("USD", "JPY", "KWD")).Sample((minor, code) =>
        {
            var money = new Money(minor, Currency.Of(code));
            Assert.True(Money.TryParse(money.ToDecimalString(), money.Currency, out var read));
            Assert.Equal(money, read);
        });

    [Theory]
    [InlineData(5, "USD", "0.05")]
    [InlineData(-123456, "USD", "-1234.56")]
    [InlineData(1234, "JPY", "1234")]
    [InlineData(1234, "KWD", "1.234")]
    public void Prints_the_currencys_own_places(long minor, string currency, string expected) =>
        Assert.Equal(expected, new Money(minor, Currency.Of(currency)).ToDecimalString());
}
