using Billing.Api.Pages;
using Billing.Domain.Taxes.Parameters;

namespace Billing.Pages.Tests;

/// <summary>Every string of the pages is data, in every language.</summary>
public sealed class WordingTests
{
    /// <summary>English can leave a refusal to the API, whose sentences are English.</summary>
    [Fact]
    public void Every_language_has_the_same_words()
    {
        Assert.Equal(WithoutRefusals("en"), WithoutRefusals("de"));
        Assert.Empty(PageWords.In("en").Keys.Except(PageWords.In("de").Keys));

        static IEnumerable<string> WithoutRefusals(string language) => PageWords.In(language).Keys
            .Where(key => !key.StartsWith(PageWords.Refused, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Every_language_leaves_the_same_gaps()
    {
        foreach (var key in PageWords.In("en").Keys)
            Assert.Equal(Gaps(PageWords.In("en")[key]), Gaps(PageWords.In("de")[key]));

        static IEnumerable<string> Gaps(string text) =>
            System.Text.RegularExpressions.Regex.Matches(text, @"\{\w+\}").Select(gap => gap.Value).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Every_category_of_expenses_has_a_name() => Assert.Superset(
        TaxParameterLibrary.CategoryCodes.Select(code => $"category.{code}").ToHashSet(), PageWords.In("de").Keys.ToHashSet());
}
