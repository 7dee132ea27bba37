using System.Text.RegularExpressions;
using Billing.Api.Tests.Hosting;
using Billing.Api.Tests.Http;
using Billing.TestSupport;

namespace Billing.Api.Tests.Journeys;

/// <summary>What the README tells its reader to type works as written, in one shell, on a fresh server.</summary>
[Collection(ServerProcess.Collection)]
public sealed partial class ReadmeTests
{
    [Fact]
    public async Task The_three_journeys_of_the_README_run_as_written()
    {
        Require.Program("curl", "curl");
        Require.Program("jq", "jq");
        await using var server = await ServerWithStripe.Start();
        using var folder = new ShellFolder();

        await folder.Run(Require.Program("bash", "bash"), Commands(), new()
        {
            ["BASE"] = server.Address.GetLeftPart(UriPartial.Authority),
            ["TOKEN"] = server.Process.OwnerToken,
        });

        using var owner = new Person(server.Address, server.Process.OwnerToken);
        await HoursAreIn(owner);
        await InvoicesArePaid(owner);
        await TaxIsMet(owner);
        foreach (var file in new[] { "invoice.pdf", "estimate.pdf" })
            Assert.Equal("%PDF"u8.ToArray(), folder.Read(file)[..4]);
    }

    /// <summary>One entry of two hours that became two and a half, in a week that is handed in; and what the timer counted.</summary>
    private static async Task HoursAreIn(Person owner)
    {
        var entries = (await owner.Get("/v1/time-entries")).Ok().List("items");
        Assert.Equal(2, entries.Count);
        Assert.Equal(9_000, (long)Assert.Single(entries, e => (string?)e["workedOn"] == "2026-05-04")["durationSeconds"]!);
        var assistant = entries.Select(e => (string)e["assistantId"]!).Distinct().Single();
        Assert.False((await owner.Get($"/v1/weeks/2026-W19?assistant={assistant}")).Ok().IsNull("handedInAt"));
    }

    /// <summary>A deposit of 60.00, and 2.5 h × 40.00 = 100.00 with 60.00 from the retainer: 100.00 received in all.</summary>
    private static async Task InvoicesArePaid(Person owner)
    {
        var invoices = (await owner.Get("/v1/invoices")).Ok().List("items");
        Assert.Equal(["60.00", "100.00"], invoices.Select(i => Reply.Dollars(i["total"])).OrderBy(t => t.Length));
        Assert.All(invoices, invoice => Assert.Equal("paid", (string?)invoice["status"]));
        Assert.Empty((await owner.Get("/v1/receivables")).Ok().List("items"));
        var retainer = Assert.Single((await owner.Get("/v1/retainers")).Ok().List("items"));
        Assert.Equal(("60.00", "0.00"), (Reply.Dollars(retainer["funded"]), Reply.Dollars(retainer["balance"])));
        var cash = (await owner.Get("/v1/cash?from=2026-01-01&to=2026-12-31")).Ok();
        Assert.Equal("100.00", Reply.Dollars(Assert.Single(cash.List("received"))));
        Assert.Equal("25.00", Reply.Dollars(Assert.Single(cash.List("expenses"))["total"]));
    }

    private static async Task TaxIsMet(Person owner)
    {
        var year = (await owner.Get("/v1/tax-years/2026")).Ok();
        Assert.Equal(("single", "1000.00"), (year.String("profile.filingStatus"), year.Usd("paid")));
        var estimate = (await owner.Get("/v1/tax-years/2026/estimate?asOf=2026-06-12")).Ok();
        Assert.Equal(("100.00", "25.00"), (estimate.Usd("totals.grossReceipts"), estimate.Usd("totals.expenses")));
    }

    private static string Commands()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Folder, "README.md"));
        var section = Section().Match(text);
        Assert.True(section.Success, "README.md has no part between <!-- journeys:begin --> and <!-- journeys:end -->.");
        var blocks = Block().Matches(section.Value).Select(block => block.Groups["commands"].Value).ToList();
        Assert.True(blocks.Count >= 3, $"The README's journeys have {blocks.Count} sh blocks: at least one for each of the three.");
        return string.Concat(blocks);
    }

    [GeneratedRegex("<!-- journeys:begin -->.*<!-- journeys:end -->", RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex("^```sh\n(?<commands>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
