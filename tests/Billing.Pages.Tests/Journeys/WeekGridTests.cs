using Billing.Pages.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Billing.Pages.Tests.Journeys;

/// <summary>A week is typed into like a sheet: all of it is saved, or nothing, and nothing of anyone's is written over unseen.</summary>
[Collection(DemoCollection.Name)]
public sealed class WeekGridTests(DemoPages demo)
{
    private const string Work = "Research and transcription";

    [Fact]
    public async Task Hours_are_typed_in_changed_and_taken_out_without_script_on_a_phone()
    {
        var page = await Week(demo.Assistant, "2026-W41", width: 360);
        await AddRow(page, ("Mon 5", "1:30"), ("Tue 6", "2,5"));
        await Expect(page.Locator("[role=status]:visible")).ToHaveTextAsync("Saved.");
        await Expect(Cell(page, "Mon 5")).ToHaveValueAsync("1:30");
        await Expect(Cell(page, "Tue 6")).ToHaveValueAsync("2:30");

        await Cell(page, "Mon 5").FillAsync("");
        await Cell(page, "Tue 6").FillAsync("3");
        await Cell(page, "Tue 6").PressAsync("Enter");

        await Expect(Cell(page, "Mon 5")).ToHaveValueAsync("");
        await Expect(Cell(page, "Tue 6")).ToHaveValueAsync("3:00");
        await Expect(Sum(page)).ToHaveTextAsync("3:00");
        await page.GotoAsync("/time/day/2026-10-06");
        await Expect(page.Locator(".entries summary", new() { HasText = Work })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_cell_that_cannot_be_saved_says_why_and_no_cell_is_saved()
    {
        var page = await Week(demo.Assistant, "2026-W43");

        await AddRow(page, ("Mon 19", "2:00"), ("Tue 20", "soon"));

        await Expect(page.Locator("[role=alert]")).ToContainTextAsync("nothing was");
        await Expect(page.Locator(".fault")).ToHaveCountAsync(1);
        await Expect(page.Locator("td[data-day='Tue 20'] .fault")).ToContainTextAsync("This is no duration");
        await Expect(page.GetByLabel("New row, Mon 19")).ToHaveValueAsync("2:00");
        await Expect(page.GetByLabel("New row, Tue 20")).ToHaveAttributeAsync("aria-invalid", "true");

        // What only the books can tell is said at its cell, too.
        await page.GetByLabel("New row, Tue 20").FillAsync("");
        await page.GetByLabel("New row, Wed 21").FillAsync("23:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("[role=status]:visible")).ToHaveTextAsync("Saved.");
        await AddRow(page, "Newsletter and social", ("Wed 21", "2:00"), ("Thu 22", "1:00"));
        await Expect(page.Locator("td[data-day='Wed 21'] .fault")).ToContainTextAsync("24");
        await page.GotoAsync("/time/week/2026-W43");
        await Expect(Sum(page)).ToHaveTextAsync("25:00");
    }

    [Fact]
    public async Task What_was_changed_elsewhere_meanwhile_is_shown_beside_what_was_typed_and_not_written_over()
    {
        var page = await Week(demo.Assistant, "2026-W45");
        await AddRow(page, ("Mon 2", "1:00"), ("Tue 3", "1:00"));
        var elsewhere = await Week(demo.Assistant, "2026-W45");
        await Cell(elsewhere, "Mon 2").FillAsync("2:00");
        await Cell(elsewhere, "Mon 2").PressAsync("Enter");
        await Expect(Cell(elsewhere, "Mon 2")).ToHaveValueAsync("2:00");

        await Cell(page, "Mon 2").FillAsync("4:00");
        await Cell(page, "Tue 3").FillAsync("5:00");
        await Cell(page, "Tue 3").PressAsync("Enter");

        await Expect(page.Locator("td[data-day='Mon 2'] .fault")).ToContainTextAsync("it is 2:00 now, you typed 4:00");
        await Expect(page.Locator(".fault")).ToHaveCountAsync(1);
        await elsewhere.ReloadAsync();
        await Expect(Cell(elsewhere, "Mon 2")).ToHaveValueAsync("2:00");
        await Expect(Cell(elsewhere, "Tue 3")).ToHaveValueAsync("1:00");

        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator(".fault")).ToHaveCountAsync(0);
        await Expect(Cell(page, "Mon 2")).ToHaveValueAsync("4:00");
        await Expect(Cell(page, "Tue 3")).ToHaveValueAsync("5:00");
    }

    [Fact]
    public async Task A_cell_that_was_left_alone_is_no_conflict()
    {
        var page = await Week(demo.Owner, "2026-W41");
        await AddRow(page, ("Mon 5", "1:00"), ("Tue 6", "1:00"));
        var elsewhere = await Week(demo.Owner, "2026-W41");
        await Cell(elsewhere, "Mon 5").FillAsync("2:00");
        await Cell(elsewhere, "Mon 5").PressAsync("Enter");
        await Expect(Cell(elsewhere, "Mon 5")).ToHaveValueAsync("2:00");

        await Cell(page, "Tue 6").FillAsync("5:00");
        await Cell(page, "Tue 6").PressAsync("Enter");

        await Expect(Cell(page, "Mon 5")).ToHaveValueAsync("2:00");
        await Expect(Cell(page, "Tue 6")).ToHaveValueAsync("5:00");
    }

    [Fact]
    public async Task With_script_the_arrows_go_up_and_down_and_a_lost_connection_loses_nothing()
    {
        await using var line = new Line(demo.Address);
        var page = await demo.SignInThrough(line.Address, demo.Owner);
        await page.GotoAsync("/time/week/2026-W43");
        await AddRow(page, ("Mon 19", "1:00"));

        // Until the new page's script listens.
        await DemoPages.Loaded(page);
        await Cell(page, "Mon 19").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.GetByLabel("New row, Mon 19")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(Cell(page, "Mon 19")).ToBeFocusedAsync();

        await line.Cut();
        await page.Keyboard.TypeAsync("6");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#offline")).ToContainTextAsync("What you typed stays here");
        await Expect(Cell(page, "Mon 19")).ToHaveValueAsync("6");
        line.Mend();
        await page.Keyboard.PressAsync("Enter");
        await Expect(Sum(page)).ToHaveTextAsync("6:00");
    }

    [Fact]
    public async Task A_week_that_is_handed_in_is_read_only_and_says_so()
    {
        var page = await Week(demo.Owner, "2026-W45");
        await AddRow(page, ("Mon 2", "1:00"));
        var open = await Week(demo.Owner, "2026-W45", language: "de-DE");

        await page.GetByRole(AriaRole.Button, new() { Name = "Hand in this week" }).ClickAsync();

        await Expect(page.Locator(".message:visible")).ToContainTextAsync("Handed in.");
        await Expect(page.Locator(".week input")).ToHaveCountAsync(0);
        await page.GotoAsync("/time/day/2026-11-02");
        await page.Locator(".entries summary", new() { HasText = Work }).ClickAsync();
        await Expect(page.Locator(".entries")).ToContainTextAsync("The week is handed in");
        await Expect(page.Locator(".entries form")).ToHaveCountAsync(0);
        // Whoever has the grid open since before is told so in their language.
        await Cell(open, "Mo 2").FillAsync("2:00");
        await Cell(open, "Mo 2").PressAsync("Enter");
        await Expect(open.Locator("[role=alert]")).ToContainTextAsync("Diese Woche ist abgegeben");
    }

    private async Task<IPage> Week(string token, string week, int width = 1440, string language = "en-US")
    {
        var page = await demo.SignIn(token, language: language, width: width);
        await page.GotoAsync($"/time/week/{week}");
        return page;
    }

    /// <summary>Of the row of the work.</summary>
    private static ILocator Sum(IPage page) => page.Locator("tbody tr", new() { HasText = Work }).First.Locator("td").Last;

    private static ILocator Cell(IPage page, string day) => page.GetByLabel($"{Work}, {day}");

    private static Task AddRow(IPage page, params (string Day, string Hours)[] cells) => AddRow(page, Work, cells);

    /// <summary>In the row of the work, where there is one since the week before.</summary>
    private static async Task AddRow(IPage page, string work, params (string Day, string Hours)[] cells)
    {
        var option = page.Locator("#new option", new() { HasText = work });
        var isNew = await option.CountAsync() > 0;
        if (isNew)
        {
            var name = await option.First.TextContentAsync();
            await page.Locator("#new").SelectOptionAsync(new SelectOptionValue { Label = name });
        }
        foreach (var (day, hours) in cells) await page.GetByLabel($"{(isNew ? "New row" : work)}, {day}").FillAsync(hours);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("[role=status]:visible, [role=alert]").First).ToBeVisibleAsync();
    }
}
