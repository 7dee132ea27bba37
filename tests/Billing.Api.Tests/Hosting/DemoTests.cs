using System.Net;
using System.Text.RegularExpressions;
using Billing.Domain.Retainers;

namespace Billing.Api.Tests.Hosting;

/// <summary>What a newcomer sees first.</summary>
[Collection(ServerProcess.Collection)]
public sealed partial class DemoTests
{
    [Fact]
    public async Task The_demo_prints_addresses_and_tokens_that_work()
    {
        await using var demo = await ServerProcess.Start("demo");
        using var visitor = new Person(demo.Address);

        await ItsPagesAnswer(demo, visitor);
        await ItsTokensOpenWhatTheyShould(demo);
        await ItsCurlLinesAnswer(demo);
        await ItShowsTaxMailsAndTheBank(demo);
        await ItShowsEveryKindOfRetainer(demo);
        (await visitor.Get("/no/such/page")).Refused(HttpStatusCode.NotFound, "not-found");
        (await visitor.Get("/v1/receivables")).Refused(HttpStatusCode.Unauthorized, "not-authenticated");
    }

    [Fact]
    public async Task The_demo_is_made_afresh_at_each_start()
    {
        await using var demo = await ServerProcess.Start("demo");
        var first = demo.OwnerToken;

        await demo.KillAndRestart();

        var tokens = Printed(demo.Output, "owner token");
        Assert.Equal(2, tokens.Count);
        Assert.Equal(first, tokens[0]);
        using var before = new Person(demo.Address, tokens[0]);
        (await before.Get("/v1/me")).Refused(HttpStatusCode.Unauthorized, "not-authenticated");
        using var now = new Person(demo.Address, tokens[1]);
        Assert.Equal(6, (await now.Get("/v1/clients")).Ok().List("items").Count);
    }

    /// <summary>The open invoice is paid in the sandbox, as its visitor would.</summary>
    private static async Task ItsPagesAnswer(ServerProcess demo, Person visitor)
    {
        var paid = (await visitor.Get(Printed(demo.Output, "paid invoice").Single())).Ok().Text;
        Assert.Contains("Paid. Thank you.", paid, StringComparison.Ordinal);
        Assert.DoesNotContain("<button", paid, StringComparison.Ordinal);

        var link = Printed(demo.Output, "open invoice").Single();
        Assert.Contains(">Pay $", (await visitor.Get(link)).Ok().Text, StringComparison.Ordinal);
        var checkout = (await visitor.PostForm(new Uri($"{link}/pay"))).SeeOther();
        Assert.Contains("Sandbox, no money moves", (await visitor.Get(checkout.ToString())).Ok().Text, StringComparison.Ordinal);
        (await visitor.PostForm(checkout, ("action", "pay"))).SeeOther();
        await Eventually.Is(() => visitor.Get(link), page => page.Ok().Text.Contains("Paid. Thank you.", StringComparison.Ordinal));
    }

    private static async Task ItsTokensOpenWhatTheyShould(ServerProcess demo)
    {
        foreach (var role in new[] { "owner", "assistant", "bookkeeper" })
        {
            using var person = new Person(demo.Address, Printed(demo.Output, $"{role} token").Single());
            Assert.Equal(role, (await person.Get("/v1/me")).Ok().String("role"));
        }
    }

    private static async Task ItsCurlLinesAnswer(ServerProcess demo)
    {
        using var owner = new Person(demo.Address, demo.OwnerToken);
        var lines = CurlLine().Matches(demo.Output);
        Assert.Equal(6, lines.Count);
        foreach (Match line in lines)
        {
            Assert.Equal(demo.OwnerToken, line.Groups["token"].Value);
            (await owner.Get(line.Groups["url"].Value)).Ok();
        }
        var estimate = (await owner.Get(lines[1].Groups["url"].Value)).Ok();
        Assert.StartsWith("Pay $", estimate.String("advice"), StringComparison.Ordinal);
        var state = (await owner.Get(lines[2].Groups["url"].Value)).Ok();
        Assert.Equal("Illinois", state.String("state"));
        Assert.StartsWith("Pay $", state.String("advice"), StringComparison.Ordinal);
    }

    /// <summary>The second quarter's VAT is paid; of the bank's lines one is matched, one proposed and one set aside.</summary>
    private static async Task ItShowsTaxMailsAndTheBank(ServerProcess demo)
    {
        using var owner = new Person(demo.Address, demo.OwnerToken);
        var payments = (await owner.Get("/v1/sales-tax/payments")).Ok().List("items");
        Assert.Equal("2026-Q2", (string?)Assert.Single(payments)["period"]);
        var total = (await owner.Get("/v1/reports/sales-tax?from=2026-04-01&to=2026-06-30")).Ok().List("rows")
            .Single(row => (string?)row["key"] == "total:USD");
        Assert.Equal("0.00", (string?)total["figures"]!["open"]!["amount"]!["amount"]);
        Assert.NotEqual("0.00", (string?)total["figures"]!["tax"]!["amount"]!["amount"]);
        var mails = (await owner.Get("/v1/mails")).Ok().List("items").Select(mail => (string?)mail["kind"]).Order().ToList();
        Assert.Equal(["invoice", "invoice", "invoice", "receipt", "reminder"], mails);
        await Eventually.Is(
            () => owner.Get("/v1/mails"), page => page.Ok().List("items").All(mail => (string?)mail["status"] == "sent"));
        var lines = (await owner.Get("/v1/bank-lines")).Ok().List("items")
            .Select(line => (string?)line["line"]!["status"]).Order().ToList();
        Assert.Equal(["matched", "open", "set-aside"], lines);
        var writtenOff = (await owner.Get("/v1/invoices?status=written-off")).Ok().List("items");
        Assert.Single(writtenOff);
    }

    private static async Task ItShowsEveryKindOfRetainer(ServerProcess demo)
    {
        using var owner = new Person(demo.Address, demo.OwnerToken);
        var kinds = (await owner.Get("/v1/retainers")).Ok().List("items").Select(row => (string?)row["kind"]).ToHashSet();
        Assert.Equal(RetainerKind.All.Order(), kinds.Order());
        var entries = (await owner.Get("/v1/time-entries?tag=internal")).Ok().List("items");
        Assert.False((bool)Assert.Single(entries)["billable"]!);
        await Eventually.Is(() => owner.Get("/v1/budget-alerts"), page => page.Ok().List("items").Count > 0);
    }

    private static IReadOnlyList<string> Printed(string output, string label) =>
    [
        .. Regex.Matches(output, $@"^  {label} +(?<value>\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)
            .Select(m => m.Groups["value"].Value),
    ];

    [GeneratedRegex(
        "^  curl -H 'Authorization: Bearer (?<token>[^']+)' '?(?<url>[^' \n]+)'?$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex CurlLine();
}
