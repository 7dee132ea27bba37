using Billing.Pages.Tests.Browsing;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Billing.Pages.Tests;

/// <summary>What holds for every page: open to everyone, light, and from nowhere else.</summary>
[Collection(DemoCollection.Name)]
public sealed class QualityTests(DemoPages demo)
{
    private const int MostBytes = 100_000;
    private const int MostRequests = 6;
    private const int MostElements = 1_500;

    /// <summary>What Lighthouse still calls good.</summary>
    private const double MostShift = 0.1;

    /// <summary>In the dark only colours differ.</summary>
    private static readonly RunOnlyOptions RulesOfColour = new() { Type = "tag", Values = ["cat.color"] };

    /// <summary>Of more than a page shows.</summary>
    private const string LongExplanation =
        "/reports/work/explain?from=2026-01-01&to=2026-12-31&row=total:USD&column=worth";

    /// <summary>Of other figures and of a rule.</summary>
    private const string SteppedExplanation =
        "/reports/information-returns/explain?from=2026-01-01&to=2026-12-31&row=reported-by-payers&column=amount";

    public static TheoryData<string> Pages =>
    [
        "/sign-in", "/set-up", "/look", "/zone", "/home", "/reports/work", "/reports/balance-sheet", "/reports/information-returns", "explanation",
        LongExplanation, SteppedExplanation, "client", "/time", "/time/week/2026-W42", "/time/day/2026-10-14", "/expenses", "/tax",
        "tax line", "tax voucher", "invoice", "account", "quote",
    ];

    private async Task<IPage> Look(string path, string language = "en-US")
    {
        var page = await Reader(path, script: true, language);
        await page.GotoAsync(await Place(page, path));
        return page;
    }

    /// <summary>Somebody who may see the page, and has not gone there yet.</summary>
    private Task<IPage> Reader(string path, bool script = false, string language = "en-US", int width = 1440) =>
        path is "/sign-in" or "invoice" or "account" or "quote"
            ? demo.Open(script, language, width)
            : demo.Return(path.StartsWith("/time/", StringComparison.Ordinal) ? demo.Assistant : demo.Owner, script, language, width);

    /// <summary>Where a page of some client or figure is, which only another page knows.</summary>
    private async Task<string> Place(IPage page, string path)
    {
        switch (path)
        {
            case "invoice":
                return demo.OpenInvoice;
            case "account":
                return $"{demo.OpenInvoice}/account";
            case "quote":
                return await demo.ShareQuote(page);
            case "client" or "explanation":
                await page.GotoAsync("/home");
                return (await page.Locator(path == "client" ? "main a[href^='/clients/']" : "main a[href*=explain]").First
                    .GetAttributeAsync("href"))!;
            case "tax line" or "tax voucher":
                await page.GotoAsync("/tax");
                return (await page.Locator(path == "tax line" ? "main a[href$='/lines/net-tax']" : "main a[href$='/vouchers/4']").First
                    .GetAttributeAsync("href"))!;
            default:
                return path;
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Axe_finds_no_violation_in_light_and_dark_and_either_language(string path)
    {
        foreach (var language in (string[])["en-US", "de-DE"])
        {
            var page = await Look(path, language);
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(part => part.open = true)");
            foreach (var colours in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await page.EmulateMediaAsync(new() { ColorScheme = colours });

                var found = await page.RunAxe(new AxeRunOptions { RunOnly = colours == ColorScheme.Dark ? RulesOfColour : null });

                Assert.True(
                    found.Violations.Length == 0,
                    $"{path} {language} {colours}: {string.Join("; ", found.Violations.Select(v => $"{v.Id} at {v.Nodes[0].Html}"))}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_fits_a_phone_a_tablet_and_a_desk(string path)
    {
        var page = await Look(path);
        foreach (var width in (int[])[360, 768, 1440])
        {
            await page.SetViewportSizeAsync(width, DemoPages.Height);

            var wide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");

            Assert.True(wide <= width, $"{path} is {wide} px wide on {width} px.");
        }
    }

    /// <summary>None of it is a matter of time, so that a slow machine gets the same answer.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_asks_little_is_small_and_stands_still(string path)
    {
        var reader = await Reader(path, script: true, width: 360);
        var place = await Place(reader, path);
        // A tab of its own: the last page may still ask for its icon.
        var page = await reader.Context.NewPageAsync();
        var requests = new List<string>();
        page.Request += (_, request) => requests.Add(request.Url);

        await page.GotoAsync(place, new() { WaitUntil = WaitUntilState.Load });
        var elements = await page.EvaluateAsync<int>("document.querySelectorAll('*').length");
        var shift = await page.EvaluateAsync<double>(
            """
            new Promise(done => {
              let sum = 0;
              new PerformanceObserver(list => list.getEntries().forEach(shift => sum += shift.value))
                .observe({ type: 'layout-shift', buffered: true });
              setTimeout(() => done(sum), 300);
            })
            """);

        Assert.True(requests.Count <= MostRequests, $"{path} asks for {string.Join(", ", requests)}.");
        Assert.InRange(elements, 10, MostElements);
        Assert.InRange(shift, 0, MostShift);
        Assert.Equal(0, await page.Locator("img:not([width]), img:not([alt])").CountAsync());
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_light_comes_from_here_alone_and_runs_no_script_in_itself(string path)
    {
        var page = await Reader(path);
        var place = await Place(page, path);
        var (bytes, elsewhere) = (0, new List<string>());
        page.Response += (_, response) =>
        {
            if (!response.Url.StartsWith(demo.Address.AbsoluteUri, StringComparison.Ordinal)) elsewhere.Add(response.Url);
        };

        var answer = await page.GotoAsync(place);
        var css = await page.APIRequest.GetAsync($"{demo.Address}billing.css");
        bytes += (await answer!.BodyAsync()).Length + (await css.BodyAsync()).Length;

        Assert.Empty(elsewhere);
        Assert.InRange(bytes, 1_000, MostBytes);
        var policy = answer.Headers["content-security-policy"];
        Assert.StartsWith("default-src 'none'; style-src 'self'; img-src 'self'; form-action ", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("script:not([src])").CountAsync());
        Assert.Equal(path == "/time" ? 1 : 0, await page.Locator("script[src='/time.js']").CountAsync());
        Assert.Equal(path.StartsWith("/time/week", StringComparison.Ordinal) ? 1 : 0, await page.Locator("script[src='/week.js']").CountAsync());
        Assert.Equal(0, await page.Locator("[style]").CountAsync());
    }
}
