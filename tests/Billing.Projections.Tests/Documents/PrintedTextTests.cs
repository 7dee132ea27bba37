using Billing.Domain.Values;
using Billing.Projections.Documents;
using NodaTime;

namespace Billing.Projections.Tests.Documents;

public sealed class PrintedTextTests
{
    [Theory]
    [InlineData(123456, "USD", "$1,234.56")]
    [InlineData(-5, "USD", "-$0.05")]
    [InlineData(0, "USD", "$0.00")]
    [InlineData(123456, "EUR", "1,234.56 EUR")]
    [InlineData(1234567, "JPY", "1,234,567 JPY")]
    [InlineData(-1234567, "KWD", "-1,234.567 KWD")]
    public void Amounts_have_their_currencys_places(long minor, string currency, string printed) =>
        Assert.Equal(printed, PrintedText.Of(new Money(minor, Currency.Of(currency))));

    [Fact]
    public void Dates_name_their_month() => Assert.Equal("Apr 15, 2026", PrintedText.Of(new LocalDate(2026, 4, 15)));

    [Theory]
    [InlineData(0, "0:00")]
    [InlineData(45_000, "12:30")]
    [InlineData(45_059, "12:30:59")]
    [InlineData(360_000, "100:00")]
    [InlineData(-60, "-0:01")]
    public void Durations_are_hours_and_minutes_and_seconds_where_there_are_any(long seconds, string printed) =>
        Assert.Equal(printed, PrintedText.OfDuration(seconds));
}
