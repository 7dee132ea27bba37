using System.Globalization;
using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Past;

/// <summary>A dry run says what the command then changes in money and tax.</summary>
public sealed class EffectTests : IAsyncLifetime
{
    private ApiServer _server = null!;
    private Practice _practice = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.Open(_server);
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Finalising_moves_what_is_unbilled_to_what_is_owed()
    {
        await _practice.Log(_practice.Assistant, "2026-03-09", 5_400);
        var draft = (await _practice.Post("/v1/invoices", $$"""{"clientId":"{{_practice.ClientId}}","through":"2026-03-31"}""")).Id;
        var unbilled = await Figure("unbilled");

        var effect = await Effect($"/v1/invoices/{draft}:finalize", """{"issuedOn":"2026-04-01"}""");

        Assert.Equal(["receivables", "unbilled"], effect.Keys.Order(StringComparer.Ordinal));
        Assert.True(effect["receivables"] > 0);
        Assert.Equal(-effect["receivables"], effect["unbilled"]);
        Assert.Equal(unbilled, await Figure("unbilled"));
    }

    [Fact]
    public async Task A_payment_is_income_and_taxed_and_owed_no_more()
    {
        var invoice = await _practice.Invoice("2026-03-09", hours: 20);

        var effect = await Effect("/v1/payments", Payment(invoice, "800.00"));

        Assert.Equal(-800m, effect["receivables"]);
        Assert.Equal(800m, effect["cash-received"]);
        Assert.True(effect["tax-of-year"] > 80m);
        Assert.DoesNotContain("unbilled", effect.Keys);
    }

    [Fact]
    public async Task What_is_paid_too_much_is_the_clients_credit()
    {
        var invoice = await _practice.Invoice("2026-03-09");

        var effect = await Effect("/v1/payments", Payment(invoice, "47.50"));

        Assert.Equal((-40m, 7.5m), (effect["receivables"], effect["client-credit"]));
    }

    [Fact]
    public async Task An_expense_is_spent_and_lowers_the_tax()
    {
        await _practice.Pay(await _practice.Invoice("2026-03-09", hours: 20), "800.00", "2026-04-02");

        var effect = await Effect(
            "/v1/expenses", """{"amount":{"amount":"500.00","currency":"USD"},"category":"software","paidOn":"2026-04-03"}""");

        Assert.Equal(500m, effect["spent"]);
        Assert.True(effect["tax-of-year"] < -50m);
        Assert.DoesNotContain("cash-received", effect.Keys);
    }

    [Fact]
    public async Task Voiding_gives_back_what_finalising_took()
    {
        var invoice = await _practice.Invoice("2026-03-09", hours: 2);

        var effect = await Effect($"/v1/invoices/{invoice}:void", """{"reason":"Wrong client"}""");

        Assert.Equal((-80m, 80m), (effect["receivables"], effect["unbilled"]));
    }

    [Fact]
    public async Task Drawing_on_a_retainer_earns_what_was_paid_ahead()
    {
        var deposit = (await _practice.Post(
            $"/v1/retainers/{_practice.RetainerId}:request-deposit",
            $$$"""{"clientId":"{{{_practice.ClientId}}}","amount":{"amount":"500.00","currency":"USD"}}""")).Id;
        await _practice.Post($"/v1/invoices/{deposit}:finalize", """{"issuedOn":"2026-03-01"}""");
        var paid = await Effect("/v1/payments", Payment(deposit, "500.00"));
        await _practice.Pay(deposit, "500.00", "2026-03-02");
        var entry = await _practice.Log(_practice.Assistant, "2026-03-09", 3_600);
        var draft = (await _practice.Post("/v1/invoices", $$"""
            {"clientId":"{{_practice.ClientId}}","through":"2026-03-31","entryIds":["{{entry}}"],"retainerId":"{{_practice.RetainerId}}"}
            """)).Id;

        var drawn = await Effect($"/v1/invoices/{draft}:finalize", """{"issuedOn":"2026-04-01"}""");

        Assert.Equal((500m, 500m), (paid["unearned"], paid["cash-received"]));
        Assert.Equal(-40m, drawn["unearned"]);
        Assert.DoesNotContain("receivables", drawn.Keys);
        Assert.DoesNotContain("cash-received", drawn.Keys);
    }

    [Fact]
    public async Task Each_effect_is_the_difference_that_the_command_then_makes()
    {
        var moved = 0;
        var figures = new[] { "receivables", "cash-received", "unearned", "client-credit", "tax-of-year" };
        var before = await All(figures);
        foreach (var (name, command) in Endpoints.Commands(_practice))
        {
            var dry = await _server.Post(_practice.Owner, $"{command.Path}?dryRun=true", command.Body);
            if (!dry.IsSuccess || dry.Json["effect"] is not JsonObject) continue;
            await _server.Post(_practice.Owner, command.Path, command.Body);
            var after = await All(figures);
            var effect = Changes(dry.Json["effect"]!);
            foreach (var figure in figures)
                Assert.Equal((name, figure, after[figure] - before[figure]), (name, figure, effect.GetValueOrDefault(figure)));
            moved += effect.Count;
            before = after;
        }
        Assert.InRange(moved, 20, int.MaxValue);
        Assert.Empty(_server.Errors);
    }

    [Fact]
    public async Task Nobody_who_may_not_see_what_work_brings_is_told_by_a_dry_run()
    {
        var answer = await _server.Post(_practice.Assistant, "/v1/time-entries?dryRun=true", Entry);
        var owners = await _server.Post(_practice.Owner, "/v1/time-entries?dryRun=true", Entry);

        Assert.NotNull(answer.Ok().Json["wouldWrite"]);
        Assert.Null(answer.Json["effect"]);
        Assert.Equal(40m, Changes(owners.Ok().Json["effect"]!)["unbilled"]);
    }

    private string Entry => $$"""{"engagementId":"{{_practice.EngagementId}}","workedOn":"2026-03-10","durationSeconds":3600}""";

    private static string Payment(Guid invoice, string amount) => $$$"""
        {"invoiceId":"{{{invoice}}}","method":"transfer","receivedOn":"2026-04-02","amount":{"amount":"{{{amount}}}","currency":"USD"}}
        """;

    /// <summary>Each change in dollars; the command writes nothing.</summary>
    private async Task<Dictionary<string, decimal>> Effect(string path, string body)
    {
        var head = await _server.Head();
        var answer = await _server.Post(_practice.Owner, $"{path}?dryRun=true", body);
        Assert.True(answer.IsSuccess, $"{answer} {string.Join(Environment.NewLine, _server.Errors)}");
        Assert.Equal(head, await _server.Head());
        return Changes(answer.Json["effect"]!);
    }

    private static Dictionary<string, decimal> Changes(JsonNode effect) => effect["figures"]!.AsArray().ToDictionary(
        figure => (string)figure!["figure"]!, figure => Amount(figure!["change"]!), StringComparer.Ordinal);

    private async Task<Dictionary<string, decimal>> All(string[] figures)
    {
        var all = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var figure in figures) all[figure] = await Figure(figure);
        return all;
    }

    /// <summary>As the API has it, in dollars.</summary>
    private async Task<decimal> Figure(string figure) => figure switch
    {
        "unbilled" => Amount((await _practice.Get($"/v1/clients/{_practice.ClientId}/unbilled"))["total"]!),
        "receivables" => await Sum("/v1/receivables", "open"),
        "cash-received" => (await _practice.Get("/v1/cash?from=1900-01-01&to=2199-12-31"))["received"]!.AsArray().Sum(Amount),
        "unearned" => await Sum("/v1/unearned", "unearned"),
        "client-credit" => await Sum($"/v1/clients/{_practice.ClientId}/credit", "left"),
        "tax-of-year" => Amount((await _practice.Get("/v1/tax-years/2026/estimate"))["totals"]!["totalTax"]!),
        _ => throw new ArgumentOutOfRangeException(nameof(figure)),
    };

    private async Task<decimal> Sum(string path, string field) =>
        (await _practice.Get(path))["items"]!.AsArray().Sum(item => Amount(item![field]!));

    private static decimal Amount(JsonNode? money) => decimal.Parse((string)money!["amount"]!, CultureInfo.InvariantCulture);
}
