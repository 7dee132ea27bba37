using System.Globalization;
using Billing.Pages.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Billing.Pages.Tests.Journeys;

/// <summary>The contractor looks at how things stand, without script.</summary>
[Collection(DemoCollection.Name)]
public sealed class ContractorTests(DemoPages demo)
{
    [Fact]
    public async Task Sees_what_is_unbilled_owed_and_due_and_what_it_is_made_of()
    {
        var page = await demo.SignIn(demo.Owner);

        await Expect(page.Locator("h1")).ToHaveTextAsync("Juniper Virtual Assistance");
        await Expect(page.Locator("section", new() { HasText = "Owed to you" }).First.Locator(".amount")).ToHaveTextAsync("$3,249.01");
        var unbilled = page.Locator("section", new() { HasText = "Not billed yet" }).First;
        await Expect(unbilled.Locator("details li").First).ToBeHiddenAsync();
        await unbilled.GetByText("What it is made of").ClickAsync();
        await Expect(unbilled.Locator("details li").First).ToBeVisibleAsync();
        await Expect(page.Locator("section", new() { HasText = "Retainers" }).Last).ToContainTextAsync("Harbor Legal Aid");
    }

    [Fact]
    public async Task Every_figure_that_leads_on_leads_to_a_page_that_shows_it()
    {
        var page = await demo.SignIn(demo.Owner);
        var figures = await page.EvaluateAsync<string[][]>(
            "[...document.querySelectorAll('main a[href*=explain]')].map(a => [a.getAttribute('href'), a.textContent])");
        Assert.InRange(figures.Length, 15, 60);

        foreach (var figure in figures)
        {
            await page.GotoAsync(figure[0]);
            var shown = await page.Locator(".amount").TextContentAsync();
            Assert.Equal(figure[1], shown!.Replace(" h", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Adds_an_explanation_up_by_hand_and_opens_what_it_is_made_of()
    {
        var page = await demo.SignIn(demo.Owner);
        await page.GotoAsync("/reports/receivables");
        await page.Locator("main td a").First.ClickAsync();

        var amounts = page.Locator("details[open] td.num");
        var brought = (await amounts.AllTextContentsAsync()).Select(Dollars).ToList();
        Assert.InRange(brought.Count, 1, 50);
        Assert.Equal(Dollars(await page.Locator("p.amount").TextContentAsync()), brought.Sum());
        Assert.Equal("right", await amounts.First.EvaluateAsync<string>("cell => getComputedStyle(cell).textAlign"));
        foreach (var link in await page.Locator("details[open] td a").EvaluateAllAsync<string[]>("all => all.map(a => a.getAttribute('href'))"))
            Assert.Equal(200, (await page.APIRequest.GetAsync(new Uri(demo.Address, link).AbsoluteUri)).Status);

        static decimal Dollars(string? text) => decimal.Parse(text!.Replace("$", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Every_link_of_the_overview_and_of_a_client_opens()
    {
        var page = await demo.SignIn(demo.Owner);
        string[] links = [.. await LinksOf(page), .. await FirstClient(page)];
        Assert.InRange(links.Length, 20, 200);

        foreach (var link in links.Distinct())
            Assert.Equal(200, (await page.APIRequest.GetAsync(new Uri(demo.Address, link).AbsoluteUri)).Status);

        static async Task<string[]> FirstClient(IPage page)
        {
            await page.GotoAsync(await page.Locator("main a[href^='/clients/']").First.GetAttributeAsync("href") ?? "");
            return await LinksOf(page);
        }
    }

    [Fact]
    public async Task Every_report_shows_its_figures_by_name_in_either_language()
    {
        foreach (var language in (string[])["en-US", "de-DE"])
        {
            var page = await demo.SignIn(demo.Owner, language: language);
            await page.GotoAsync("/reports");
            foreach (var report in await page.EvaluateAsync<string[]>(
                "[...document.querySelectorAll('main nav a')].map(a => a.getAttribute('href'))"))
            {
                Assert.Equal(200, (await page.GotoAsync(report))!.Status);
                await Expect(page.Locator("main td a").First).ToBeVisibleAsync();
            }
        }
    }

    private static Task<string[]> LinksOf(IPage page) => page.EvaluateAsync<string[]>(
        "[...document.querySelectorAll('a')].map(a => a.getAttribute('href'))");

    [Fact]
    public async Task Signs_in_with_the_token_only_and_out_again()
    {
        var page = await demo.Open();
        await page.GotoAsync("/sign-in");
        await DemoPages.Show(page, "bill_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
        await Expect(page.Locator("[role=alert]")).ToContainTextAsync("unknown, expired or revoked");

        var owner = await demo.SignIn(demo.Owner);
        await owner.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(owner.Locator("h1")).ToHaveTextAsync("Sign in");
        await owner.GotoAsync("/home");
        await Expect(owner.Locator("h1")).ToHaveTextAsync("Sign in");
    }

    [Fact]
    public async Task Reads_the_pages_in_german_where_the_browser_asks_for_it()
    {
        var page = await demo.SignIn(demo.Owner, language: "de-DE");

        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        await Expect(page.Locator("#owed")).ToHaveTextAsync("Offene Forderungen");
    }
}
