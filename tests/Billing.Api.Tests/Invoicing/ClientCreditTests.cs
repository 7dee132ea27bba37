using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Refusals;

namespace Billing.Api.Tests.Invoicing;

/// <summary>What a client paid too much, or was credited, pays other invoices.</summary>
public sealed class ClientCreditTests(FullServer full) : IClassFixture<FullServer>
{
    private ApiServer Server => full.Server;

    [Fact]
    public async Task Pays_another_invoice_wherever_one_looks_and_no_cash_moves()
    {
        var (practice, older) = await WithCredit();
        var newer = await practice.Invoice("2026-03-03", hours: 2, issuedOn: "2026-04-02");
        var shared = await practice.Post($"/v1/invoices/{newer}:share", "{}");
        var before = (await practice.Get("/v1/cash?from=2026-01-01&to=2026-12-31"))["received"]!.ToJsonString();

        var applied = await practice.Post($"/v1/invoices/{newer}:apply-credit", """{"appliedOn":"2026-05-01"}""");
        Assert.Equal("50.00", Amount(applied.Json, "applied"));
        var detail = await practice.Get($"/v1/invoices/{newer}");
        Assert.Equal(("partly-paid", "50.00", "0.00", "30.00"), (
            (string?)detail["invoice"]!["status"], Amount(detail["invoice"]!, "creditApplied"), Amount(detail["invoice"]!, "paid"),
            Amount(detail["invoice"]!, "open")));
        Assert.Equal(older, (Guid)detail["credit"]!.AsArray().Single()!["invoiceId"]!);
        Assert.Empty(Items(await practice.Get($"/v1/clients/{practice.ClientId}/credit")));
        Assert.Equal("30.00", Amount(Items(await practice.Get("/v1/receivables")).Single(), "open"));
        Assert.Equal(before, (await practice.Get("/v1/cash?from=2026-01-01&to=2026-12-31"))["received"]!.ToJsonString());
        var statement = await practice.Get($"/v1/clients/{practice.ClientId}/statement?from=2026-01-01&to=2026-12-31");
        Assert.Equal(("30.00", "0.00"), (Amount(statement, "closing"), Amount(statement, "credit")));
        Assert.Equal("credit-applied", (string?)statement["lines"]!.AsArray().Last()!["kind"]);
        var page = await Server.Get(null, new Uri((string)shared.Json["url"]!).AbsolutePath);
        Assert.Contains("Paid from your credit", page.Text, StringComparison.Ordinal);
        await Reconciled.Holds(Server, practice.Id);

        await practice.Post($"/v1/invoices/{newer}:take-credit-off",
            """{"amount":{"amount":"20.00","currency":"USD"},"takenOffOn":"2026-05-02"}""");
        Assert.Equal("50.00", Amount((await practice.Get($"/v1/invoices/{newer}"))["invoice"]!, "open"));
        Assert.Equal("20.00", Amount(Items(await practice.Get($"/v1/clients/{practice.ClientId}/credit")).Single(), "left"));
        await practice.Post($"/v1/invoices/{newer}:void", """{"reason":"Twice","voidedOn":"2026-05-03"}""");
        Assert.Equal("50.00", Amount(Items(await practice.Get($"/v1/clients/{practice.ClientId}/credit")).Single(), "left"));
        await Reconciled.Holds(Server, practice.Id);
    }

    /// <summary>Each of the two invoices is asked to take all of the credit, several times at once.</summary>
    [Fact]
    public async Task The_same_credit_is_used_once_however_many_ask_for_it()
    {
        var (practice, _) = await WithCredit();
        Guid[] targets =
        [
            await practice.Invoice("2026-03-03", hours: 1, issuedOn: "2026-04-02"),
            await practice.Invoice("2026-03-04", hours: 1, issuedOn: "2026-04-02"),
        ];
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Server.Post(
            practice.Owner, $"/v1/invoices/{targets[i % 2]}:apply-credit", """{"amount":{"amount":"15.00","currency":"USD"}}""")));
        Assert.All(answers, answer => Assert.Contains(answer.Code, new[] { 200, 409 }));
        await Server.CatchUp();
        var applied = 0m;
        foreach (var target in targets)
            applied += decimal.Parse(Amount((await practice.Get($"/v1/invoices/{target}"))["invoice"]!, "creditApplied")!, null);
        Assert.Equal(15m * answers.Count(answer => answer.Code == 200), applied);
        Assert.InRange(applied, 15m, 50m);
        var left = Items(await practice.Get($"/v1/clients/{practice.ClientId}/credit")).Single();
        Assert.Equal(50m - applied, decimal.Parse(Amount(left, "left")!, null));
        await Reconciled.Holds(Server, practice.Id);
    }

    [Fact]
    public async Task The_same_request_applies_once()
    {
        var (practice, _) = await WithCredit();
        var target = await practice.Invoice("2026-03-03", hours: 1, issuedOn: "2026-04-02");
        var body = """{"id":"01990000-0000-7000-8000-0000000000c1","amount":{"amount":"10.00","currency":"USD"}}""";
        for (var i = 0; i < 3; i++) await practice.Post($"/v1/invoices/{target}:apply-credit", body);
        Assert.Equal("30.00", Amount((await practice.Get($"/v1/invoices/{target}"))["invoice"]!, "open"));
    }

    [Fact]
    public async Task A_practice_can_have_it_applied_when_an_invoice_is_finalised()
    {
        var (practice, _) = await WithCredit();
        await practice.Post("/v1/business:set-invoicing-policy", """
            {"numberPrefix":"INV","paymentTermsDays":14,"rounding":{"incrementSeconds":0,"direction":"up","scope":"entry"},"appliesCredit":true}
            """);
        Assert.True((bool)(await practice.Get("/v1/business"))["appliesCredit"]!);
        var invoice = await practice.Invoice("2026-03-03", hours: 2, issuedOn: "2026-04-02");
        var detail = (await practice.Get($"/v1/invoices/{invoice}"))["invoice"]!;
        Assert.Equal(("partly-paid", "50.00", "30.00"), (
            (string?)detail["status"], Amount(detail, "creditApplied"), Amount(detail, "open")));
        await Reconciled.Holds(Server, practice.Id);
        await practice.Post($"/v1/invoices/{invoice}:credit", """{"reason":"Never mind"}""");
        Assert.Equal("50.00", Amount(Items(await practice.Get($"/v1/clients/{practice.ClientId}/credit")).Single(), "left"));
        await Reconciled.Holds(Server, practice.Id);
    }

    /// <summary>An invoice of 40.00 that was paid with 90.00.</summary>
    private async Task<(Practice Practice, Guid Invoice)> WithCredit()
    {
        var practice = await Practice.OpenEmpty(Server);
        await practice.AddClient();
        var invoice = await practice.Invoice("2026-03-02");
        await practice.Post("/v1/payments", $$$"""
            {"invoiceId":"{{{invoice}}}","amount":{"amount":"90.00","currency":"USD"},"method":"transfer","receivedOn":"2026-04-10"}
            """);
        return (practice, invoice);
    }

    private static IEnumerable<JsonNode> Items(JsonNode list) => list["items"]!.AsArray().Select(item => item!);

    private static string? Amount(JsonNode node, string field) => (string?)node[field]!["amount"];
}
