using Billing.Domain.Values;
using Billing.Projections.Documents;
using NodaTime;

namespace Billing.Projections.Tests.Documents;

public sealed class DocumentLanguageTests
{
    [Theory]
    [InlineData("en", "USD", 1_234_567_89, "$1,234,567.89")]
    [InlineData("en", "EUR", -1_234_56, "-1,234.56 EUR")]
    [InlineData("de", "EUR", 1_234_567_89, "1.234.567,89 €")]
    [InlineData("de", "USD", -5, "-0,05 USD")]
    [InlineData("de", "JPY", 12_345, "12.345 JPY")]
    public void An_amount_is_written_as_the_language_has_it(string language, string currency, long minor, string text) =>
        Assert.Equal(text, DocumentLanguage.Of(language).Amount(new Money(minor, Currency.Of(currency))));

    [Fact]
    public void A_day_is_written_as_the_language_has_it()
    {
        var day = new LocalDate(2026, 3, 5);
        Assert.Equal(("Mar 5, 2026", "05.03.2026"), (DocumentLanguage.Of(null).Day(day), DocumentLanguage.Of("de").Day(day)));
    }

    /// <summary>English amounts and days are those of invoices.</summary>
    [Fact]
    public void English_is_what_invoices_print()
    {
        var amount = new Money(-1_234_56, Currency.Usd);
        Assert.Equal(PrintedText.Of(amount), DocumentLanguage.Of("en").Amount(amount));
        Assert.Equal(PrintedText.Of(new LocalDate(2026, 12, 31)), DocumentLanguage.Of("en").Day(new LocalDate(2026, 12, 31)));
    }

    [Fact]
    public void Every_language_has_the_same_words_with_the_same_gaps()
    {
        var (english, german) = (DocumentLanguage.Of("en"), DocumentLanguage.Of("de"));
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), german.Keys.Order(StringComparer.Ordinal));
        // Why there is no sales tax, German law says in words that do not name it.
        foreach (var key in english.Keys.Where(key => !key.StartsWith("tax-reason-", StringComparison.Ordinal)))
            Assert.Equal((key, Gaps(english.Word(key))), (key, Gaps(german.Word(key))));

        static string Gaps(string text) => string.Join(
            ' ', System.Text.RegularExpressions.Regex.Matches(text, @"\{\w+\}").Select(gap => gap.Value).Order(StringComparer.Ordinal));
    }
}
