using Billing.Api.Pages;

namespace Billing.Pages.Tests;

/// <summary>Every string of the pages is data, in every language.</summary>
public sealed class WordingTests
{
    [Fact]
    public void Every_language_has_the_same_words() => Assert.Equal(
        PageWords.In("en").Keys.Order(StringComparer.Ordinal), PageWords.In("de").Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_language_leaves_the_same_gaps()
    {
        foreach (var key in PageWords.In("en").Keys)
            Assert.Equal(Gaps(PageWords.In("en")[key]), Gaps(PageWords.In("de")[key]));

        static IEnumerable<string> Gaps(string text) =>
            System.Text.RegularExpressions.Regex.Matches(text, @"\{\w+\}").Select(gap => gap.Value).Order(StringComparer.Ordinal);
    }
}
