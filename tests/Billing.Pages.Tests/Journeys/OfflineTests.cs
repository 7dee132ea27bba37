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
        await page.Locator("#log-duration").FillAsync("0:50");
        await page.Locator("#log-note").FillAsync("Noted in the tunnel");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add time" }).ClickAsync();
        await Expect(page.Locator("#offline")).ToContainTextAsync("No connection: 2 waiting");
        await page.ReloadAsync();
        await Expect(page.Locator("#offline")).ToContainTextAsync("No connection: 2 waiting");

        // Not opened anew by hand: the page sends by itself and opens itself anew, and two of these stop each other.
        line.Mend();
        await Expect(page.Locator("#timer-head")).ToHaveTextAsync("The clock is running", new() { Timeout = 15_000 });
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
    public async Task A_clock_that_is_stopped_without_a_connection_stands_still_on_the_page()
    {
        await using var line = new Line(demo.Address);
        var page = await demo.SignInThrough(line.Address, demo.Owner);
        await page.GotoAsync("/time");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Expect(page.Locator("#timer-head")).ToHaveTextAsync("The clock is running");
        await page.WaitForTimeoutAsync(1_100);

        await line.Cut();
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Expect(page.Locator("#offline")).ToContainTextAsync("The clock was stopped here at");
        await page.WaitForTimeoutAsync(1_100);
        var stood = await page.Locator("[data-started]").TextContentAsync();
        await page.WaitForTimeoutAsync(2_100);
        Assert.Equal(stood, await page.Locator("[data-started]").TextContentAsync());

        line.Mend();
        await Expect(page.Locator("#timer-head")).ToHaveTextAsync("The clock stands still", new() { Timeout = 15_000 });
        await Expect(page.Locator("#offline")).ToBeHiddenAsync();
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
        await page.Locator("#log-duration").FillAsync("90:00");
        await page.Locator("#log-note").FillAsync("More than a day");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add time" }).ClickAsync();
        await Expect(page.Locator("#offline")).ToContainTextAsync("No connection: 1 waiting");

        await page.EvaluateAsync("window.untouched = true");

        line.Mend();
        await Expect(page.Locator("#offline")).ToContainTextAsync("More than a day", new() { Timeout = 15_000 });
        // Nothing was taken, so the page has nothing new to say, and what somebody types in it meanwhile stays.
        Assert.True(await page.EvaluateAsync<bool>("window.untouched === true"));
        await page.ReloadAsync();
        await Expect(page.Locator("#offline")).ToContainTextAsync("More than a day");
        await page.GetByRole(AriaRole.Button, new() { Name = "Drop it" }).ClickAsync();
        await Expect(page.Locator("#offline")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task What_was_taken_is_shown_also_where_something_kept_meanwhile_is_refused_after_it()
    {
        var page = await demo.SignIn(demo.Owner, script: true);
        await page.GotoAsync("/time");
        var mayAnswer = new TaskCompletionSource();
        await page.RouteAsync("**/time/log", route => route.AbortAsync());
        await page.RouteAsync("**/time/sync", async route =>
        {
            await mayAnswer.Task;
            await route.ContinueAsync();
        });

        await page.GetByText("Add time").First.ClickAsync();
        await AddToday(page, "0:20", "Kept first");
        await Expect(page.Locator("#offline")).ToContainTextAsync("1 waiting");
        await AddToday(page, "91:00", "Kept meanwhile");
        await Expect(page.Locator("#offline")).ToContainTextAsync("2 waiting");
        mayAnswer.SetResult();

        await Expect(page.Locator(".rows li", new() { HasText = "Kept first" })).ToHaveCountAsync(1, new() { Timeout = 15_000 });
        await Expect(page.Locator("#offline")).ToContainTextAsync("Kept meanwhile. Not taken:");
        await page.GetByRole(AriaRole.Button, new() { Name = "Drop it" }).ClickAsync();
        await Expect(page.Locator("#offline")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task What_overlaps_is_shown_with_its_reason_and_can_be_mended()
    {
        await using var line = new Line(demo.Address);
        var page = await demo.SignInThrough(line.Address, demo.Assistant);
        await page.GotoAsync("/time/day/2026-11-05");
        await Add(page, "2026-11-05", "Court file", "09:00", "10:00");
        await Expect(page.Locator(".entries li")).ToHaveCountAsync(1);
        await page.GotoAsync("/time");

        await line.Cut();
        await Add(page, "2026-11-05", "Call in the corridor", "09:30", "10:15");
        await Expect(page.Locator("#offline")).ToContainTextAsync("No connection: 1 waiting");
        line.Mend();
        await Expect(page.Locator("#offline")).ToContainTextAsync(
            "2026-11-05, 09:30–10:15, Call in the corridor. Not taken: This overlaps", new() { Timeout = 15_000 });

        await page.GetByRole(AriaRole.Button, new() { Name = "Mend it" }).ClickAsync();
        await Expect(page.Locator("#log-day")).ToHaveValueAsync("2026-11-05");
        await Expect(page.Locator("#log-note")).ToHaveValueAsync("Call in the corridor");
        await page.Locator("#log-from").FillAsync("10:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add time" }).ClickAsync();
        await Expect(page.GetByText("Mend it")).ToHaveCountAsync(0);

        await page.GotoAsync("/time/day/2026-11-05");
        await Expect(page.Locator(".entries li")).ToHaveCountAsync(2);
        await Expect(page.Locator(".entries")).ToContainTextAsync("10:00–10:15");
        // The new one stands for what waited.
        await page.GotoAsync("/time");
        Assert.Equal(0, await page.EvaluateAsync<int>("""
            () => new Promise(done => {
              indexedDB.open('time').onsuccess = opened => {
                const counting = opened.target.result.transaction('waiting').objectStore('waiting').count();
                counting.onsuccess = () => done(counting.result);
              };
            })
            """));
    }

    [Fact]
    public async Task What_waits_survives_a_session_that_ended_meanwhile()
    {
        await using var line = new Line(demo.Address);
        var page = await demo.SignInThrough(line.Address, demo.Assistant);
        await page.GotoAsync("/time");
        await line.Cut();
        await Add(page, "2026-11-12", "Kept over the night", "07:00", "07:20");
        await Expect(page.Locator("#offline")).ToContainTextAsync("No connection: 1 waiting");

        await page.Context.ClearCookiesAsync();
        line.Mend();
        await Expect(page.Locator("#token")).ToBeVisibleAsync();
        await DemoPages.Show(page, demo.Assistant);

        // Looked at from another device: leaving the page would stop what it is sending.
        var other = await demo.SignIn(demo.Assistant);
        var kept = other.Locator(".entries li", new() { HasText = "Kept over the night" });
        for (var looks = 0; looks < 40; looks++)
        {
            await other.GotoAsync("/time/day/2026-11-12");
            if (await kept.CountAsync() > 0) break;
            await other.WaitForTimeoutAsync(250);
        }
        await Expect(kept).ToHaveCountAsync(1);
        await Expect(page.Locator("#offline")).ToBeHiddenAsync();
    }

    private static async Task AddToday(IPage page, string duration, string note)
    {
        await page.Locator("#log-duration").FillAsync(duration);
        await page.Locator("#log-note").FillAsync(note);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add time" }).ClickAsync();
    }

    private static async Task Add(IPage page, string day, string note, string from, string to)
    {
        await page.Locator("#add summary").ClickAsync();
        await page.Locator("#log-day").FillAsync(day);
        await page.Locator("#log-from").FillAsync(from);
        await page.Locator("#log-to").FillAsync(to);
        await page.Locator("#log-note").FillAsync(note);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add time" }).ClickAsync();
    }
}
