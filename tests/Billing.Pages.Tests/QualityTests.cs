using Billing.Pages.Tests.Browsing;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Billing.Pages.Tests;

/// <summary>What holds for every page: open to everyone, light, and from nowhere else.</summary>
[Collection(DemoCollection.Name)]
public sealed class QualityTests(DemoPages demo)
{
    private const int MostBytes = 100_000;

    public static TheoryData<string> Pages => [
        "/sign-in", "/set-up", "/home", "/time", "/time/week/2026-W42", "/time/day/2026-10-14", "/expenses", "/tax", "invoice",
    ];

    private async Task<IPage> Look(string path, string language = "en-US", ColorScheme colours = ColorScheme.Light, int width = 1440)
    {
        var page = await Reader(path, script: true, language, colours, width);
        await page.GotoAsync(Place(path));
        return page;
    }

    /// <summary>Somebody who may see the page, and has not gone there yet.</summary>
    private Task<IPage> Reader(
        string path, bool script = false, string language = "en-US", ColorScheme colours = ColorScheme.Light, int width = 1440) =>
        path is "/sign-in" or "invoice"
            ? demo.Open(script, language, colours, width)
            : demo.SignIn(path.StartsWith("/time/", StringComparison.Ordinal) ? demo.Assistant : demo.Owner, script, language, colours, width);

    private string Place(string path) => path == "invoice" ? demo.OpenInvoice : path;

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Axe_finds_no_violation_in_light_and_dark_and_either_language(string path)
    {
        foreach (var colours in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            foreach (var language in (string[])["en-US", "de-DE"])
            {
                var page = await Look(path, language, colours);
                await page.EvaluateAsync("document.querySelectorAll('details').forEach(part => part.open = true)");

                var found = await page.RunAxe();

                Assert.True(
                    found.Violations.Length == 0,
                    $"{path} {language} {colours}: {string.Join("; ", found.Violations.Select(v => $"{v.Id} at {v.Nodes[0].Html}"))}");
            }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_fits_a_phone_a_tablet_and_a_desk(string path)
    {
        foreach (var width in (int[])[360, 768, 1440])
        {
            var page = await Look(path, width: width);

            var wide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");

            Assert.True(wide <= width, $"{path} is {wide} px wide on {width} px.");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_light_comes_from_here_alone_and_runs_no_script_in_itself(string path)
    {
        var page = await Reader(path);
        var (bytes, elsewhere) = (0, new List<string>());
        page.Response += (_, response) =>
        {
            if (!response.Url.StartsWith(demo.Address.AbsoluteUri, StringComparison.Ordinal)) elsewhere.Add(response.Url);
        };

        var answer = await page.GotoAsync(Place(path));
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
