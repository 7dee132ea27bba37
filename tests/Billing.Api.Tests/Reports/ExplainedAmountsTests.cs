using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Reports;

/// <summary>What endpoints say in amounts, <c>explain</c> says again, with its formula and the events behind it.</summary>
public sealed class ExplainedAmountsTests : IAsyncLifetime
{
    private const string Days = "from=2026-01-01&to=2026-12-31";
    private ApiServer _server = null!;
    private Practice _practice = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.Open(_server);
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task An_invoice_is_explained_by_its_hours_its_lines_and_its_payments()
    {
        var invoice = _practice.PaidInvoiceId;
        var detail = await _practice.Get($"/v1/invoices/{invoice}");

        foreach (var column in new[] { "total", "retainerApplied", "paid", "open" })
            Same(detail["invoice"]![column]!, await Explain("invoices", $"{invoice}", column));
        foreach (var line in detail["lines"]!.AsArray())
            Same(line!["amount"]!, await Explain("invoices", $"{invoice}:line:{line["lineNumber"]}", "total"));
        var total = await Explain("invoices", $"{invoice}", "total");
        Assert.Contains(total["inputs"]!.AsArray(), input => (string)input!["kind"]! == "time-entry");
        Assert.Contains(total["events"]!.AsArray(), source => (string)source!["type"]! == "invoice-finalized.v1");
        Assert.All(total["events"]!.AsArray(), source => Assert.StartsWith("member:", (string)source!["actor"]!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_paid_of_an_invoice_says_by_which_payment_how_much_and_when()
    {
        var paid = await Explain("invoices", $"{_practice.PaidInvoiceId}", "paid");

        var payment = Assert.Single(paid["inputs"]!.AsArray(), input => (string)input!["kind"]! == "payment")!;
        Assert.Equal(paid["figure"]!["amount"]!.ToJsonString(), payment["amount"]!.ToJsonString());
        Assert.Equal($"/v1/payments/{_practice.PaymentId}", (string)payment["href"]!);
        Assert.Equal((string)(await _practice.Get((string)payment["href"]!))["receivedOn"]!, (string)payment["on"]!);
        var open = await Explain("invoices", $"{_practice.PaidInvoiceId}", "open");
        Assert.True((bool)open["inputsAddUp"]!);
        Assert.Equal(
            ["plus total", "minus retainerApplied", "minus paid", "minus creditApplied", "minus reduced", "minus writtenOff"],
            open["steps"]!.AsArray().Select(step => $"{step!["does"]} {step["column"]}"));
    }

    [Fact]
    public async Task A_share_says_what_is_divided_by_what_and_nothing_that_would_add_up()
    {
        var report = await _practice.Get($"/v1/reports/utilisation?{Days}");
        var share = await Explain("utilisation", "total", "utilisation");

        Assert.False((bool)share["inputsAddUp"]!);
        Assert.All(share["inputs"]!.AsArray(), input => Assert.Null(input!["durationSeconds"]));
        Assert.Equal(["plus billable", "over worked"], share["steps"]!.AsArray().Select(step => $"{step!["does"]} {step["column"]}"));
        var total = report["rows"]!.AsArray().Single(row => (string)row!["key"]! == "total")!["figures"]!;
        Assert.Equal(total["billable"]!.ToJsonString(), share["steps"]![0]!["figure"]!.ToJsonString());
    }

    [Fact]
    public async Task What_a_client_owes_has_and_was_sent_is_explained()
    {
        var client = $"{_practice.ClientId}";
        var owed = (await _practice.Get("/v1/receivables?day=2026-12-31"))["items"]!.AsArray().Single(row => (string)row!["clientId"]! == client)!;
        foreach (var column in new[] { "open", "notYetDue", "days0To30", "days31To60", "days61To90", "over90Days" })
            Same(owed[column]!, await Explain("receivables", $"{client}:USD", column));

        var statement = await _practice.Get($"/v1/clients/{client}/statement?{Days}");
        foreach (var column in new[] { "opening", "closing", "credit" })
            Same(statement[column]!, await Explain("statements", $"{client}:USD", column));

        var invoice = await _practice.Invoice("2026-03-09");
        await _practice.Pay(invoice, "47.50", "2026-04-02");
        var credit = (await _practice.Get($"/v1/clients/{client}/credit"))["items"]!.AsArray();
        Assert.Equal("7.50", (string)(await Explain("client-credit", $"{client}:USD", "left"))["figure"]!["amount"]!["amount"]!);
        Assert.Equal("7.50", (string)Assert.Single(credit)!["left"]!["amount"]!);
    }

    [Fact]
    public async Task A_payment_and_a_retainer_are_explained()
    {
        var payment = await _practice.Get($"/v1/payments/{_practice.PaymentId}");
        Same(payment["amount"]!, await Explain("payments", $"{_practice.PaymentId}", "amount"));
        Same(payment["applied"]!, await Explain("payments", $"{_practice.PaymentId}", "applied"));

        var standing = (await _practice.Get($"/v1/retainers/{_practice.BlockId}?asOf=2026-12-31"))["standing"]!;
        foreach (var column in new[] { "received", "earned", "unearned" })
            Same(standing[column]!, await Explain("retainer-accounts", $"{_practice.BlockId}", column));
    }

    private static void Same(JsonNode amount, JsonNode explained) =>
        Assert.Equal(amount.ToJsonString(), explained["figure"]!["amount"]!.ToJsonString());

    private async Task<JsonNode> Explain(string report, string row, string column) =>
        await _practice.Get($"/v1/reports/{report}/explain?{Days}&row={row}&column={column}");
}
