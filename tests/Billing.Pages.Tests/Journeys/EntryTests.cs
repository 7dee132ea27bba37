using Billing.Pages.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Billing.Pages.Tests.Journeys;

/// <summary>The entries of a day are corrected and removed, each with a form of its own.</summary>
[Collection(DemoCollection.Name)]
public sealed class EntryTests(DemoPages demo)
{
    [Fact]
    public async Task An_entry_of_today_is_corrected_and_removed_on_the_clock_page()
    {
        var page = await demo.SignIn(demo.Assistant, width: 360);
        await Add(page, "0:20", "Looked up the statute");
        var entry = Entry(page, "Looked up the statute");

        await entry.Locator("summary").ClickAsync();
        await entry.Locator("[name=duration]").FillAsync("0:40");
        await entry.Locator("[name=note]").FillAsync("Looked up two statutes");
        await entry.GetByRole(AriaRole.Button, new() { Name = "Correct" }).ClickAsync();

        entry = Entry(page, "Looked up two statutes");
        await Expect(entry.Locator("summary")).ToContainTextAsync("0:40");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Time");
        await entry.Locator("summary").ClickAsync();
        await entry.GetByRole(AriaRole.Button, new() { Name = "Remove this entry" }).ClickAsync();
        await Expect(entry).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_entry_with_clock_times_keeps_what_was_left_alone_and_two_that_overlap_are_refused()
    {
        var page = await Day("2026-11-10");
        await Add(page, "", "Morning", ("from", "08:00"), ("to", "10:00"));
        await Add(page, "", "Late morning", ("from", "10:00"), ("to", "11:30"));
        var entry = Entry(page, "Late morning");
        await Expect(entry.Locator("summary")).ToContainTextAsync("10:00–11:30");

        await entry.Locator("summary").ClickAsync();
        await entry.Locator("[name=from]").FillAsync("09:30");
        await entry.GetByRole(AriaRole.Button, new() { Name = "Correct" }).ClickAsync();

        await Expect(page.Locator("[role=alert]")).ToContainTextAsync("overlaps");
        await Expect(entry.Locator("[name=from]")).ToHaveValueAsync("09:30");
        await entry.Locator("[name=from]").FillAsync("10:15");
        await entry.GetByRole(AriaRole.Button, new() { Name = "Correct" }).ClickAsync();
        await Expect(entry.Locator("summary")).ToContainTextAsync("1:15");
        await Expect(entry.Locator("summary")).ToContainTextAsync("10:15–11:30");
        // Its cell in the week is not typed over: nobody could tell which of its times were wrong.
        await page.GotoAsync("/time/week/2026-W46");
        await Expect(page.Locator("td[data-day='Tue 10'] a")).ToHaveTextAsync("3:15");
    }

    [Fact]
    public async Task An_entry_that_was_corrected_elsewhere_meanwhile_is_shown_beside_what_was_written()
    {
        var page = await Day("2026-11-17");
        await Add(page, "1:00", "Letters");
        var elsewhere = await Day("2026-11-17");
        await Correct(elsewhere, "Letters", "2:00");

        await Correct(page, "Letters", "3:00");

        await Expect(page.Locator("[role=alert]")).ToContainTextAsync("changed elsewhere");
        await Expect(page.Locator(".entries .bad")).ToContainTextAsync(", 2:00, Letters");
        await Expect(page.Locator(".entries .bad")).ToContainTextAsync(", 3:00, Letters");
        await elsewhere.ReloadAsync();
        await Expect(Entry(elsewhere, "Letters").Locator("summary")).ToContainTextAsync("2:00");

        await page.GetByRole(AriaRole.Button, new() { Name = "Correct" }).ClickAsync();
        await Expect(Entry(page, "Letters").Locator("summary")).ToContainTextAsync("3:00");

        // Removing what one has not seen is no different.
        await elsewhere.Locator(".entries summary").ClickAsync();
        await elsewhere.GetByRole(AriaRole.Button, new() { Name = "Remove this entry" }).ClickAsync();
        await Expect(elsewhere.Locator("[role=alert]")).ToContainTextAsync("changed elsewhere");
        await Expect(elsewhere.Locator(".entries li")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task What_is_refused_is_said_in_german_and_what_was_written_stays_in_the_form()
    {
        var page = await demo.SignIn(demo.Assistant, language: "de-DE");

        await page.Locator("#add summary").ClickAsync();
        await page.Locator("#log-duration").FillAsync("bald");
        await page.Locator("#log-note").FillAsync("Ablage");
        await page.GetByRole(AriaRole.Button, new() { Name = "Zeit nachtragen" }).ClickAsync();

        await Expect(page.Locator("[role=alert]")).ToContainTextAsync("Das ist keine Dauer.");
        await Expect(page.Locator("#log-note")).ToHaveValueAsync("Ablage");
        await Expect(page.Locator("#log-duration")).ToHaveValueAsync("bald");
    }

    private async Task<IPage> Day(string day)
    {
        var page = await demo.SignIn(demo.Assistant);
        await page.GotoAsync($"/time/day/{day}");
        return page;
    }

    private static ILocator Entry(IPage page, string note) =>
        page.Locator(".entries li", new() { Has = page.Locator("summary", new() { HasText = note }) });

    private static async Task Add(IPage page, string duration, string note, params (string Field, string Value)[] more)
    {
        await page.Locator("#add summary").ClickAsync();
        await page.Locator("#log-duration").FillAsync(duration);
        await page.Locator("#log-note").FillAsync(note);
        foreach (var (field, value) in more) await page.Locator($"#log-{field}").FillAsync(value);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add time" }).ClickAsync();
        await Expect(Entry(page, note)).ToHaveCountAsync(1);
    }

    private static async Task Correct(IPage page, string note, string duration)
    {
        var entry = Entry(page, note);
        await entry.Locator("summary").ClickAsync();
        await entry.Locator("[name=duration]").FillAsync(duration);
        await entry.GetByRole(AriaRole.Button, new() { Name = "Correct" }).ClickAsync();
    }
}
