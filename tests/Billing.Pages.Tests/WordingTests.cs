using Billing.Api.Pages;
using Billing.Domain.Taxes.Parameters;
using Billing.EventStore.Codec;

namespace Billing.Pages.Tests;

/// <summary>Every string of the pages is data, in every language.</summary>
public sealed class WordingTests
{
    private static readonly string[] OfTheApi = [PageWords.Refused, PageWords.EventNamed, PageWords.SaidBefore];

    /// <summary>English can leave to the API what that says, refusals, events and formulas: its sentences are English.</summary>
    [Fact]
    public void Every_language_has_the_same_words()
    {
        Assert.Equal(WithoutTheApis("en"), WithoutTheApis("de"));
        Assert.Empty(PageWords.In("en").Keys.Except(PageWords.In("de").Keys));

        static IEnumerable<string> WithoutTheApis(string language) => PageWords.In(language).Keys
            .Where(key => !OfTheApi.Any(before => key.StartsWith(before, StringComparison.Ordinal))).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Every_event_has_a_german_name() => Assert.Equal(
        EventCatalogue.All.Entries.Select(entry => entry.Name.Split('.')[0]).Distinct().Order(StringComparer.Ordinal),
        PageWords.In("de").Keys.Where(key => key.StartsWith(PageWords.EventNamed, StringComparison.Ordinal))
            .Select(key => key[PageWords.EventNamed.Length..]).Order(StringComparer.Ordinal));

    [Fact]
    public void English_names_events_as_the_catalogue_does() =>
        Assert.Equal("Time entry logged", PageWords.In("en").Event("time-entry-logged.v1"));

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
