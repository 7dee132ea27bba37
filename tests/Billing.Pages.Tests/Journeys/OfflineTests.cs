using Billing.Pages.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Billing.Pages.Tests.Journeys;

/// <summary>The line goes dead while somebody clocks; nothing is lost, and nothing comes twice.</summary>
[Collection(DemoCollection.Name)]
public sealed class OfflineTests(DemoPages demo)
{
    [Fact]
    public async Task What_is_clocked_without_a_connection_is_sent_once_there_is_one_again()
    {
        await using var line = new Line(demo.Address);
        var page = await demo.SignInThrough(line.Address, demo.Owner);
        await page.GotoAsync("/time");
        await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => new Promise(done => setTimeout(done, 500)))");
        await page.ReloadAsync();
        var before = await page.Locator(".rows li").CountAsync();

        await line.Cut();
        // The page itself can be opened anew, too.
        await page.ReloadAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Time");
        await page.Locator("#note").FillAsync("Worked on the train");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Expect(page.Locator("#offline")).ToContainTextAsync("The clock runs here since");
        await page.GetByText("Add time").First.ClickAsync();
        await page.Locator("#duration").FillAsync("0:50");
        await page.Locator("#log-note").FillAsync("Noted in the tunnel");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add time" }).ClickAsync();
        await Expect(page.Locator("#offline")).ToContainTextAsync("No connection: 2 waiting");
        await page.ReloadAsync();
        await Expect(page.Locator("#offline")).ToContainTextAsync("No connection: 2 waiting");

        line.Mend();
        await page.ReloadAsync();
        await Expect(page.Locator("#timer-head")).ToHaveTextAsync("The clock is running");
        await Expect(page.Locator(".timer")).ToContainTextAsync("Worked on the train");
        await Expect(page.Locator(".rows li", new() { HasText = "Noted in the tunnel" })).ToHaveCountAsync(1);
        await Expect(page.Locator("#offline")).ToBeHiddenAsync();
        await page.ReloadAsync();
        await Expect(page.Locator(".rows li")).ToHaveCountAsync(before + 1);
        await page.WaitForTimeoutAsync(1_100);
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Expect(page.Locator("#timer-head")).ToHaveTextAsync("The clock stands still");
    }

    [Fact]
    public async Task What_the_server_refuses_is_shown_and_stays_until_somebody_drops_it()
    {
        await using var line = new Line(demo.Address);
        var page = await demo.SignInThrough(line.Address, demo.Owner);
        await page.GotoAsync("/time");
        await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => new Promise(done => setTimeout(done, 500)))");

        await line.Cut();
        await page.GetByText("Add time").First.ClickAsync();
        await page.Locator("#duration").FillAsync("90:00");
        await page.Locator("#log-note").FillAsync("More than a day");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add time" }).ClickAsync();
        await Expect(page.Locator("#offline")).ToContainTextAsync("No connection: 1 waiting");

        line.Mend();
        await page.ReloadAsync();
        await Expect(page.Locator("#offline")).ToContainTextAsync("More than a day");
        await page.ReloadAsync();
        await Expect(page.Locator("#offline")).ToContainTextAsync("More than a day");
        await page.GetByRole(AriaRole.Button, new() { Name = "Drop it" }).ClickAsync();
        await Expect(page.Locator("#offline")).ToBeHiddenAsync();
    }
}
