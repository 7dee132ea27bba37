using Billing.Pages.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Billing.Pages.Tests.Journeys;

/// <summary>The owner chooses what documents look like.</summary>
[Collection(DemoCollection.Name)]
public sealed class LookTests(DemoPages demo)
{
    /// <summary>One green pixel.</summary>
    private static readonly byte[] Picture = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task A_logo_comes_and_goes_and_what_is_no_picture_is_refused_in_the_pages_language()
    {
        var page = await demo.SignIn(demo.Owner, language: "de-DE");
        await page.GotoAsync("/home");
        await page.GetByRole(AriaRole.Link, new() { Name = "Briefkopf" }).ClickAsync();
        await page.Locator("#logo").SetInputFilesAsync(
            new FilePayload { Name = "logo.png", MimeType = "image/png", Buffer = "<svg onload='alert(1)'/>"u8.ToArray() });
        await page.GetByRole(AriaRole.Button, new() { Name = "Dieses Logo verwenden" }).ClickAsync();
        await Expect(page.Locator("[role=alert]")).ToContainTextAsync("kein PNG und kein JPEG");

        await page.GotoAsync("/look");
        await page.Locator("#logo").SetInputFilesAsync(new FilePayload { Name = "logo.png", MimeType = "image/png", Buffer = Picture });
        await page.GetByRole(AriaRole.Button, new() { Name = "Dieses Logo verwenden" }).ClickAsync();
        var shown = page.Locator("img.logo");
        await Expect(shown).ToHaveAttributeAsync("width", "1");
        var served = await page.Context.APIRequest.GetAsync((await shown.GetAttributeAsync("src"))!);
        Assert.Equal(Picture, await served.BodyAsync());

        await page.GetByRole(AriaRole.Button, new() { Name = "Logo entfernen" }).ClickAsync();
        await Expect(shown).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_colour_is_chosen_and_given_up_again()
    {
        var page = await demo.SignIn(demo.Owner);
        await page.GotoAsync("/look");
        await page.Locator("#colour").FillAsync("#7a1f5c");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use this colour" }).ClickAsync();
        await Expect(page.Locator("#colour")).ToHaveValueAsync("#7a1f5c");

        await page.GetByRole(AriaRole.Button, new() { Name = "Back to the usual colour" }).ClickAsync();

        await Expect(page.Locator("#colour")).ToHaveValueAsync("#0f5c6e");
    }

    [Fact]
    public async Task An_assistant_is_led_to_the_sign_in()
    {
        var page = await demo.SignIn(demo.Assistant);

        await page.GotoAsync("/look");

        await Expect(page.Locator("h1")).ToHaveTextAsync("Sign in");
    }
}
