using Billing.Api.Pages;
using Billing.Domain.Values;
using Billing.Pages.Tests.Browsing;
using Billing.Projections.Documents;
using Microsoft.Playwright;

namespace Billing.Pages.Tests;

/// <summary>A German reader finds English only where it is said to be English: names of the forms' lines, formulas and sources.</summary>
[Collection(DemoCollection.Name)]
public sealed class TaxLanguageTests(DemoPages demo)
{
    /// <summary>A piece of a sentence that is shorter may stand in a German word.</summary>
    private const int ShortestPiece = 12;

    private static readonly string[] Headings =
    [
        "So zahlen Sie", "Die Termine des Jahres", "Zwei Arten, es zu verteilen", "Was zurückzulegen ist", "Ihre gezahlten Vorauszahlungen",
        "Das Jahr nach Monaten", "Was sich geändert hat", "Der Rechenweg", "Bitte beachten",
    ];

    public static TheoryData<string> Pages => ["/tax", "lines/net-tax", "lines/se.tax", "vouchers/1", "vouchers/4"];

    [Fact]
    public async Task A_German_browser_gets_the_report_with_German_headings()
    {
        var page = await Open("/tax");

        Assert.Equal(Headings, await page.Locator("h2").AllInnerTextsAsync());
        Assert.StartsWith("Steuervorauszahlungen 20", await page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Nothing_is_left_in_English_that_is_not_marked_so(string path)
    {
        var page = await Open(path);

        var texts = await page.EvaluateAsync<string[]>(
            """
            () => {
              const name = document.querySelector('h1[lang=en]')?.textContent ?? '';
              const found = document.title.split(', ').filter(part => !name.includes(part));
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) {
                if (!walker.currentNode.parentElement.closest('[lang=en]')) found.push(walker.currentNode.textContent);
              }
              document.querySelectorAll('[aria-label]').forEach(part => found.push(part.getAttribute('aria-label')));
              return found.map(text => text.replace(/\s+/g, ' ').trim()).filter(text => text);
            }
            """);

        Assert.Equal("de", await page.Locator("html").GetAttributeAsync("lang"));
        Assert.True(texts.Length > 10, $"{path} has {texts.Length} texts.");
        Assert.Equal([], texts.Where(IsEnglish));
    }

    [Theory]
    [InlineData("/paid", "Vielen Dank")]
    [InlineData("/stripe-account/back", "Zurück von Stripe")]
    [InlineData("/stripe-account/again", "Dieser Link ist verbraucht")]
    public async Task Whoever_comes_back_from_Stripe_is_told_in_German(string path, string heading)
    {
        var page = await demo.Open(language: "de-DE");
        await page.GotoAsync(path);

        Assert.Equal(heading, await page.Locator("h1").InnerTextAsync());
        Assert.Equal("de", await page.Locator("html").GetAttributeAsync("lang"));
    }

    private async Task<IPage> Open(string path)
    {
        var page = await demo.SignIn(demo.Owner, script: true, language: "de-DE");
        await page.GotoAsync("/tax");
        if (path == "/tax") return page;
        await page.GotoAsync((await page.Locator($"main a[href$='/{path}']").First.GetAttributeAsync("href"))!);
        return page;
    }

    private static bool IsEnglish(string text) =>
        Whole.Contains(text) || Pieces.Any(piece => text.Contains(piece, StringComparison.Ordinal));

    private static readonly IReadOnlyList<(string English, string German)> Sentences =
    [
        .. PageWords.In("en").Keys.Where(PageWords.In("de").Keys.Contains)
            .Select(key => (PageWords.In("en")[key], PageWords.In("de")[key])),
        .. DocumentLanguage.Of(Languages.English).Keys
            .Select(key => (DocumentLanguage.Of("en").Word(key), DocumentLanguage.Of("de").Word(key))),
    ];

    private static readonly HashSet<string> Whole =
        [.. Sentences.Where(said => said.English != said.German).Select(said => said.English).Except(Sentences.Select(s => s.German))];

    /// <summary>What stands between the gaps of a sentence.</summary>
    private static readonly IReadOnlyList<string> Pieces =
    [
        .. Whole.SelectMany(english => System.Text.RegularExpressions.Regex.Split(english, @"\{\w+\}"))
            .Select(piece => piece.Trim()).Where(piece => piece.Length >= ShortestPiece).Distinct(),
    ];
}
