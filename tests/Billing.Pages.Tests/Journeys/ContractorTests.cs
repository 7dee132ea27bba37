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
        await Expect(page.Locator("section", new() { HasText = "Retainers to look at" }).Last).ToContainTextAsync("Harbor Legal Aid");
    }

    [Fact]
    public async Task Signs_in_with_the_token_only_and_out_again()
    {
        var page = await demo.SignIn("bill_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
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
