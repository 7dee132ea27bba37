using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Billing.Api.Hosting;
using Billing.TestSupport;
using Billing.TestSupport.Processes;
using Microsoft.Playwright;
using NodaTime;
using NodaTime.Text;

namespace Billing.Pages.Tests.Browsing;

/// <summary>The sample practice served by a process of its own, and a Chromium that looks at it.</summary>
public sealed partial class DemoPages : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan MostLoading = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A window of Debian's Chromium, headless as well, starts two processes more than its page: one that draws suggestions for the
    /// address and one in reserve. Takes the place of the list that Playwright gives, so what tests could meet of that is here again.
    /// </summary>
    private const string Unused =
        "WebUIOmniboxPopup,WebUIOmniboxAimPopup,SpareRendererForSitePerProcess,"
        + "PaintHolding,Translate,HttpsUpgrades,OptimizationHints,MediaRouter,DestroyProfileOnBrowserClose,"
        + "AvoidUnnecessaryBeforeUnloadCheckSync,BlockOriginHeaderModificationOnRedirect,AvoidCorsURLLoaderRestartOnRedirect,"
        + "ThirdPartyStoragePartitioning";

    /// <summary>Of every window.</summary>
    public const int Height = 900;

    private readonly string _folder = Directory.CreateTempSubdirectory("billing-pages-").FullName;
    private readonly TaskCompletionSource _serving = new();
    private readonly List<string> _said = [];
    private readonly Dictionary<string, string> _signedIn = [];
    private readonly List<IBrowserContext> _open = [];
    private string? _test;
    private DotnetProcess? _server;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public string Owner => Said("owner token");

    public string Assistant => Said("assistant token");

    public string OpenInvoice => Said("open invoice");

    public async ValueTask InitializeAsync()
    {
        var chromium = Require.Program("chromium", "chromium");
        _server = DotnetProcess.Start(
            typeof(BillingHost).Assembly.Location,
            ["demo", "--urls", "http://127.0.0.1:0", $"--Billing:DataFolder={Path.Combine(_folder, "data")}"], _folder, Hear);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", $"--disable-features={Unused}",
            ],
        });
        await _serving.Task.WaitAsync(StartLimit, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_server is not null) await _server.Kill();
        _server?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A browser of somebody else's, who has not signed in.</summary>
    /// <param name="script">Pages have to work without.</param>
    public async Task<IPage> Open(
        bool script = false, string language = "en-US", int width = 1440, Uri? through = null, string? state = null)
    {
        await CloseEarlier();
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            StorageState = state,
            BaseURL = (through ?? Address).AbsoluteUri,
            JavaScriptEnabled = script,
            Locale = language,
            ViewportSize = new ViewportSize { Width = width, Height = Height },
            BypassCSP = script && through is null,
            // Where a worker takes over a page just now, requests slip by the routes that a test gave the page.
            ServiceWorkers = through is null ? ServiceWorkerPolicy.Block : ServiceWorkerPolicy.Allow,
        });
        _open.Add(context);
        return await context.NewPageAsync();
    }

    /// <summary>The same, signed in and at the first page.</summary>
    public async Task<IPage> SignIn(string token, bool script = false, string language = "en-US", int width = 1440)
    {
        var page = await Return(token, script, language, width);
        await page.GotoAsync("/");
        return page;
    }

    /// <summary>The same for somebody who signed in here before, and has not gone to any page yet.</summary>
    public async Task<IPage> Return(string token, bool script = false, string language = "en-US", int width = 1440)
    {
        if (!_signedIn.TryGetValue(token, out var state))
        {
            var first = await Open();
            await SignIn(first, token);
            _signedIn.Add(token, state = await first.Context.StorageStateAsync());
        }
        return await Open(script, language, width, state: state);
    }

    /// <summary>
    /// Signed in with script, as on a phone, over a line that can be cut. The browser takes itself for offline throughout, as it does
    /// where its own machine serves the pages and has no network.
    /// </summary>
    public async Task<IPage> SignInThrough(Uri line, string token)
    {
        var page = await Open(script: true, width: 360, through: line);
        await page.AddInitScriptAsync("Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false })");
        await SignIn(page, token);
        return page;
    }

    /// <summary>The address of a new quote that waits for its client's answer.</summary>
    public async Task<string> ShareQuote(IPage page)
    {
        var today = SystemClock.Instance.GetCurrentInstant().InUtc().Date;
        var client = (await Call("GET", "/v1/clients")).GetProperty("items")[0].GetProperty("clientId").GetString();
        var quote = (await Call("POST", "/v1/quotes", $$$"""
            {"clientId":"{{{client}}}","title":"Winter","validUntil":"{{{LocalDatePattern.Iso.Format(today.PlusDays(30))}}}","note":"Until spring.","lines":[
            {"description":"Photos","quantity":"1.5","unitPrice":{"amount":"640.00","currency":"USD"}},
            {"description":"Captions","quantity":"1","unitPrice":{"amount":"80.00","currency":"USD"},"isOptional":true}]}
            """)).GetProperty("id").GetString();
        await Call("POST", $"/v1/quotes/{quote}:send", "{}");
        return (await Call("POST", $"/v1/quotes/{quote}:share", "{}")).GetProperty("url").GetString()!;

        async Task<JsonElement> Call(string method, string path, string? body = null)
        {
            var answer = await page.APIRequest.FetchAsync(new Uri(Address, path).AbsoluteUri, new APIRequestContextOptions
            {
                Method = method,
                Headers = [new("Authorization", $"Bearer {Owner}"), new("Content-Type", "application/json")],
                DataString = body,
            });
            Assert.True(answer.Ok, await answer.TextAsync());
            return (await answer.JsonAsync())!.Value;
        }
    }

    /// <summary>Signs in on the page that asks for the token.</summary>
    public static async Task Show(IPage page, string token)
    {
        await page.Locator("#token").FillAsync(token);
        await page.Locator("form.stack button").ClickAsync();
    }

    private static async Task SignIn(IPage page, string token)
    {
        await page.GotoAsync("/sign-in");
        await Show(page, token);
        await Assertions.Expect(page).Not.ToHaveURLAsync(
            SignInPattern(), new() { Timeout = (float)MostLoading.TotalMilliseconds });
        await Loaded(page);
    }

    /// <summary>Asks the page itself: Playwright, which hears of it, now and then misses that a page it was sent on to is there.</summary>
    public static async Task Loaded(IPage page)
    {
        var clock = Stopwatch.StartNew();
        while (await page.EvaluateAsync<string>("document.readyState") != "complete")
        {
            Assert.True(clock.Elapsed < MostLoading, $"{page.Url} is still loading.");
            await Task.Delay(20);
        }
    }

    /// <summary>Where the server says in this line that it serves; null for another line.</summary>
    public static Uri? AddressIn(string line) =>
        ServingPattern().Match(line) is { Success: true } serving ? new Uri(serving.Groups["url"].Value) : null;

    /// <summary>Tests take turns, and pages that nobody looks at any more still ask and draw.</summary>
    private async Task CloseEarlier()
    {
        if (TestContext.Current.Test?.UniqueID == _test) return;
        _test = TestContext.Current.Test?.UniqueID;
        foreach (var context in _open) await context.CloseAsync();
        _open.Clear();
    }

    private void Hear(string line)
    {
        lock (_said) _said.Add(line);
        if (AddressIn(line) is not { } address) return;
        Address = address;
        _serving.TrySetResult();
    }

    private string Said(string name)
    {
        lock (_said)
        {
            var line = _said.Single(candidate => candidate.TrimStart().StartsWith(name, StringComparison.Ordinal));
            return line.Trim()[name.Length..].Trim().Split(' ')[0];
        }
    }

    [GeneratedRegex(@"^Serving on (?<url>http://127\.0\.0\.1:\d+)")]
    private static partial Regex ServingPattern();

    [GeneratedRegex("/sign-in$")]
    private static partial Regex SignInPattern();
}
