using Billing.Pages.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Billing.Pages.Tests.Journeys;

/// <summary>The assistant clocks in and out by hand, on a phone and without script.</summary>
[Collection(DemoCollection.Name)]
public sealed class AssistantTests(DemoPages demo)
{
    [Fact]
    public async Task Starts_stops_and_adds_time_without_script_on_a_phone()
    {
        var page = await demo.SignIn(demo.Assistant, width: 360);
        await Expect(page.Locator("h1")).ToHaveTextAsync("Time");

        await page.Locator("#note").FillAsync("Answered the morning's mails");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Expect(page.Locator("#timer-head")).ToHaveTextAsync("The clock is running");
        await Expect(page.Locator(".timer")).ToContainTextAsync("Answered the morning's mails");
        // Less than a second is no work, and refused.
        await page.WaitForTimeoutAsync(1_100);
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Expect(page.Locator("#timer-head")).ToHaveTextAsync("The clock stands still");

        var before = await page.Locator(".rows li").CountAsync();
        await page.GetByText("Add time").First.ClickAsync();
        await page.Locator("#log-duration").FillAsync("1:45");
        await page.Locator("#log-note").FillAsync("Calendar for next week");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add time" }).ClickAsync();

        await Expect(page.Locator(".rows li")).ToHaveCountAsync(before + 1);
        await Expect(page.Locator(".rows")).ToContainTextAsync("1:45");
        await Expect(page.Locator(".rows")).ToContainTextAsync("Calendar for next week");
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_in_words_and_nothing_is_written()
    {
        var page = await demo.SignIn(demo.Assistant);
        var before = await page.Locator("tfoot td").Last.TextContentAsync();

        await page.GetByText("Add time").First.ClickAsync();
        await page.Locator("#log-duration").FillAsync("soon");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add time" }).ClickAsync();

        await Expect(page.Locator("[role=alert]")).ToBeVisibleAsync();
        await page.GotoAsync("/time");
        await Expect(page.Locator("tfoot td").Last).ToHaveTextAsync(before!);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_is_done_once()
    {
        var page = await demo.SignIn(demo.Assistant);
        var form = page.Context.APIRequest.CreateFormData();
        foreach (var name in (string[])["key", "engagement", "day"])
            form.Set(name, await page.Locator($"form[action='/time/log'] [name={name}]").InputValueAsync());
        form.Set("duration", "0:25");
        form.Set("note", "Sent twice");

        for (var i = 0; i < 2; i++)
        {
            var sent = await page.Context.APIRequest.PostAsync(
                "/time/log", new() { Form = form, Headers = [new("Origin", demo.Address.GetLeftPart(UriPartial.Authority))] });
            Assert.Equal(200, sent.Status);
        }

        await page.GotoAsync("/time");
        await Expect(page.Locator(".rows li", new() { HasText = "Sent twice" })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_form_from_another_site_does_nothing()
    {
        var page = await demo.SignIn(demo.Assistant);
        var form = page.Context.APIRequest.CreateFormData().Set("duration", "0:35").Set("note", "From elsewhere");

        foreach (var origin in (string[])["https://elsewhere.example", ""])
        {
            var sent = await page.Context.APIRequest.PostAsync(
                "/time/log", new() { Form = form, Headers = origin.Length > 0 ? [new("Origin", origin)] : [] });
            Assert.Equal(403, sent.Status);
        }

        await page.GotoAsync("/time");
        await Expect(page.GetByText("From elsewhere")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_assistant_does_not_see_the_overview()
    {
        var page = await demo.SignIn(demo.Assistant);

        await page.GotoAsync("/home");

        await Expect(page.Locator("h1")).ToHaveTextAsync("Sign in");
        await Expect(page.GetByText("Owed to you")).ToHaveCountAsync(0);
    }
}
