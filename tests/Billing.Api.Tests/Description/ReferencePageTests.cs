using System.Text.RegularExpressions;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Description;

/// <summary>The page that shows the description asks this server alone, and runs the scripts of the package and its own line.</summary>
public sealed partial class ReferencePageTests
{
    [Fact]
    public async Task Everything_that_the_page_loads_comes_from_this_server()
    {
        await using var server = await ApiServer.Start();
        var page = (await server.Get(null, "/docs/")).Ok();

        Assert.Equal("text/html", page.MediaType);
        Assert.DoesNotContain("//", page.Text, StringComparison.Ordinal);
        var loaded = Loaded().Matches(page.Text).Select(match => match.Groups[1].Value).Append("../openapi/v1.json").ToList();
        Assert.Contains("scalar.js", loaded);
        foreach (var path in loaded) Assert.Equal(200, (await server.Get(null, $"/docs/{path}")).Code);
    }

    [Fact]
    public async Task The_page_may_run_nothing_that_was_put_into_it_and_each_has_a_nonce_of_its_own()
    {
        await using var server = await ApiServer.Start();
        var (page, again) = (await server.Get(null, "/docs/"), await server.Get(null, "/docs/"));
        var policy = page.Header("Content-Security-Policy")!;
        var nonce = Nonce().Match(policy).Groups[1].Value;

        Assert.Matches("^default-src 'none'; script-src 'self' 'nonce-[0-9a-f]{32}'; ", policy);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.All(Scripts().Matches(page.Text), script => Assert.Contains($"nonce=\"{nonce}\"", script.Value, StringComparison.Ordinal));
        Assert.NotEqual(nonce, Nonce().Match(again.Header("Content-Security-Policy")!).Groups[1].Value);
    }

    [GeneratedRegex("""(?:src|href)="([^"]+)""")]
    private static partial Regex Loaded();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Scripts();

    [GeneratedRegex("'nonce-([0-9a-f]+)'")]
    private static partial Regex Nonce();
}
