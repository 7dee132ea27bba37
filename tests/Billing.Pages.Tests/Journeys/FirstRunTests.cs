using System.Text.RegularExpressions;
using Billing.Api.Hosting;
using Billing.Pages.Tests.Browsing;
using Billing.TestSupport.Processes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Billing.Pages.Tests.Journeys;

/// <summary>Somebody starts the program for the first time, on an empty folder.</summary>
[Collection(DemoCollection.Name)]
public sealed partial class FirstRunTests(DemoPages demo) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("billing-first-").FullName;
    private readonly TaskCompletionSource<Uri> _serving = new();
    private readonly TaskCompletionSource<string> _token = new();
    private DotnetProcess? _server;

    public ValueTask InitializeAsync()
    {
        _server = DotnetProcess.Start(
            typeof(BillingHost).Assembly.Location, ["--urls", "http://127.0.0.1:0", $"--Billing:DataFolder={_folder}"], _folder, Hear);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.Kill();
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task One_page_makes_a_practice_with_a_client_who_can_be_worked_for()
    {
        var page = await Start();

        await page.GetByText("Set up the practice").ClickAsync();
        await page.Locator("#name").FillAsync("Rosa Díaz, Virtual Assistance");
        await page.Locator("#zone").SelectOptionAsync("America/Denver");
        await page.Locator("#client").FillAsync("Acme Dental");
        await page.Locator("#work").FillAsync("Inbox");
        await page.Locator("#rate").FillAsync("forty");
        await page.Locator("#status").SelectOptionAsync("hoh");
        await page.Locator("#last-tax").FillAsync("6200.00");
        await page.Locator("#last-agi").FillAsync("41000.00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await Expect(page.Locator("[role=alert]")).ToHaveTextAsync("Say what an hour costs, such as 45.00.");
        await Expect(page.Locator("#client")).ToHaveValueAsync("Acme Dental");
        await page.Locator("#rate").FillAsync("40.00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();

        await Expect(page.Locator("h1")).ToHaveTextAsync("Rosa Díaz, Virtual Assistance");
        await Expect(page.GetByText("Set up the practice")).ToHaveCountAsync(0);
        await page.GotoAsync("/time");
        await Expect(page.Locator("#engagement option")).ToHaveTextAsync(["Acme Dental / Inbox"]);
        await page.GetByText("Add time").First.ClickAsync();
        await page.Locator("#log-duration").FillAsync("2:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add time" }).ClickAsync();
        // Whoever leaves before the answer may have sent nothing.
        await Expect(page.Locator(".entries li")).ToHaveCountAsync(1);
        await page.GotoAsync("/home");
        await Expect(page.Locator("section", new() { HasText = "Not billed yet" }).First.Locator(".amount")).ToHaveTextAsync("2:00 h");
    }

    [Fact]
    public async Task One_click_opens_the_sample_practice_and_the_own_books_stay_empty()
    {
        var page = await Start();
        await page.GetByText("Set up the practice").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the sample practice" }).ClickAsync(new() { Timeout = 120_000 });

        await Expect(page.Locator("h1")).ToHaveTextAsync("Juniper Virtual Assistance", new() { Timeout = 120_000 });
        await Expect(page.Locator("#owed + .amount")).Not.ToHaveTextAsync("–");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await DemoPages.Show(page, await _token.Task);
        await Expect(page.Locator("h1")).ToHaveTextAsync("My practice");
        await Expect(page.Locator("#owed + .amount")).ToHaveTextAsync("–");
    }

    /// <summary>The owner's first page, signed in.</summary>
    private async Task<IPage> Start()
    {
        var limit = TimeSpan.FromMinutes(2);
        var cancellationToken = TestContext.Current.CancellationToken;
        var address = await _serving.Task.WaitAsync(limit, cancellationToken);
        var token = await _token.Task.WaitAsync(limit, cancellationToken);
        var page = await demo.Open(through: address);
        await page.GotoAsync("/");
        await DemoPages.Show(page, token);
        return page;
    }

    private void Hear(string line)
    {
        if (TokenPattern().Match(line) is { Success: true } token) _token.TrySetResult(token.Value);
        if (DemoPages.AddressIn(line) is { } address) _serving.TrySetResult(address);
    }

    [GeneratedRegex(@"bill_[A-Za-z0-9_-]{43}")]
    private static partial Regex TokenPattern();
}
