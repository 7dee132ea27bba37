using Billing.Domain.Payments;
using Billing.Domain.Values;
using CsCheck;

namespace Billing.Domain.Tests.Payments;

/// <summary>Stripe's documentation, "Supported currencies": zero-decimal and three-decimal currencies, special
/// cases.</summary>
public class StripeAmountsTests
{
    [Theory]
    [InlineData("USD", 12_34, 12_34)]
    [InlineData("JPY", 500, 500)]
    [InlineData("ISK", 5, 500)]
    [InlineData("UGX", 5, 500)]
    [InlineData("MGA", 500_00, 500)]
    [InlineData("KWD", 5_120, 5_120)]
    public void Speaks_Stripes_units(string currency, long minor, long stripeAmount)
    {
        var money = new Money(minor, Currency.Of(currency));
        Assert.True(StripeAmounts.TryToStripe(money, out var sent));
        Assert.Equal(stripeAmount, sent);
        Assert.True(StripeAmounts.TryFromStripe(stripeAmount, currency.ToLowerInvariant(), out var back));
        Assert.Equal(money, back);
    }

    [Theory]
    [InlineData("KWD", 5_124)]
    [InlineData("MGA", 500_20)]
    public void Has_no_exact_form_of_some_amounts(string currency, long minor) =>
        Assert.False(StripeAmounts.TryToStripe(new Money(minor, Currency.Of(currency)), out _));

    [Theory]
    [InlineData("xyz", 100)]
    [InlineData("isk", 150)]
    [InlineData("ugx", 1)]
    public void Reads_nothing_that_it_cannot_hold(string currency, long stripeAmount) =>
        Assert.False(StripeAmounts.TryFromStripe(stripeAmount, currency, out _));

    [Theory]
    [InlineData("USD", 50)]
    [InlineData("GBP", 30)]
    [InlineData("JPY", 50)]
    [InlineData("HUF", 17500)]
    [InlineData("ZAR", 50)]
    public void Knows_the_least_charge(string currency, long minor)
    {
        Assert.Null(StripeAmounts.Refusal(new Money(minor, Currency.Of(currency))));
        Assert.Equal(
            "amount-below-online-minimum", StripeAmounts.Refusal(new Money(minor - 1, Currency.Of(currency)))?.Code);
    }

    [Fact]
    public void What_is_sent_comes_back_the_same()
    {
        string[] codes = ["USD", "EUR", "JPY", "ISK", "UGX", "MGA", "KWD", "TND", "CLP", "VND"];
        Gen.Select(Gen.OneOfConst(codes), Gen.Long[0, 99_999_999]).Sample((code, minor) =>
        {
            var money = new Money(minor, Currency.Of(code));
            if (!StripeAmounts.TryToStripe(money, out var sent)) return;
            Assert.True(StripeAmounts.TryFromStripe(sent, code, out var back));
            Assert.Equal(money, back);
        });
    }
}
