using System.Text;
using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Banking;

/// <summary>From a statement file to paid invoices.</summary>
public sealed class BankStatementTests : IAsyncLifetime
{
    private ApiServer _server = null!;
    private Practice _practice = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.OpenEmpty(_server);
        await _practice.AddClient();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_statement_brings_in_what_came_proposes_and_pays_only_what_was_confirmed()
    {
        var invoice = await _practice.Invoice("2026-03-02");
        var other = await _practice.Invoice("2026-03-03", hours: 2);
        var number = (string)(await _practice.Get($"/v1/invoices/{invoice}"))["invoice"]!["number"]!;
        var file = Statements.Ofx1.Replace("INVOICE NUMBER", $"Invoice {number}", StringComparison.Ordinal);

        var dry = await Import(file, "dryRun=true");
        Assert.Empty(await Lines());
        var real = await Import(file);
        Assert.Equal((4, 3, 0, 1, 0), Counts(real));
        Assert.Equal(dry["entries"]!.ToJsonString(), real["entries"]!.ToJsonString());
        Assert.Equal((4, 0, 3, 1, 0), Counts(await Import(file)));

        var lines = await Lines();
        Assert.Equal(
            ["1234.50", "200.00", "40.00"],
            lines.Select(l => (string?)l["line"]!["amount"]!["amount"]).Order(StringComparer.Ordinal));
        var first = Line(lines, "40.00");
        Assert.Equal("certain", (string?)first["proposals"]![0]!["confidence"]);
        Assert.Equal($"{invoice}", (string?)first["proposals"]![0]!["invoiceIds"]![0]);
        Assert.Equal(("9876543210", "2026-04-10", "ACME DENTAL"), (Text(first, "account"), Text(first, "bookedOn"), Text(first, "payer")));
        Assert.Equal("BEN & CO", Text(Line(lines, "1234.50"), "payer"));
        Assert.Equal("40.00", await Due(invoice));

        await _practice.Post($"/v1/bank-lines/{Text(first, "lineId")}:confirm", $$"""{"invoiceIds":["{{invoice}}"]}""");
        await _practice.Post($"/v1/bank-lines/{Text(first, "lineId")}:confirm", $$"""{"invoiceIds":["{{invoice}}"]}""");
        Assert.Equal("0.00", await Due(invoice));
        var payment = Assert.Single((await _practice.Get($"/v1/invoices/{invoice}/payments"))["items"]!.AsArray());
        Assert.Equal(("transfer", "2026-04-10"), ((string?)payment!["method"], (string?)payment["receivedOn"]));

        // 200.00 for what is left, 80.00: the rest is the client's credit.
        await _practice.Post($"/v1/bank-lines/{Text(Line(lines, "200.00"), "lineId")}:confirm", $$"""{"invoiceIds":["{{other}}"]}""");
        Assert.Equal("0.00", await Due(other));
        Assert.Equal(["matched", "matched", "open"], (await Lines()).Select(l => Text(l, "status")).Order());
    }

    [Fact]
    public async Task One_transfer_pays_two_invoices_in_one_step_or_none()
    {
        var (first, second) = (await _practice.Invoice("2026-03-02"), await _practice.Invoice("2026-03-03", hours: 2));
        await Import("Date,Amount,Name\n2026-04-10,120.00,Acme Dental\n");
        var line = Text((await Lines())[0], "lineId");
        var unknown = Guid.NewGuid();

        var refused = await _server.Post(
            _practice.Owner, $"/v1/bank-lines/{line}:confirm", $$"""{"invoiceIds":["{{first}}","{{unknown}}"]}""");
        Assert.Equal(404, refused.Code);
        Assert.Equal("40.00", await Due(first));
        await _practice.Post($"/v1/bank-lines/{line}:confirm", $$"""{"invoiceIds":["{{first}}","{{second}}"]}""");
        Assert.Equal(("0.00", "0.00"), (await Due(first), await Due(second)));
    }

    [Fact]
    public async Task What_was_written_down_by_hand_is_linked_and_not_paid_twice()
    {
        var invoice = await _practice.Invoice("2026-03-02");
        var payment = (await _practice.Post("/v1/payments", $$$"""
            {"invoiceId":"{{{invoice}}}","amount":{"amount":"40.00","currency":"USD"},"method":"transfer","receivedOn":"2026-04-10"}
            """)).Id;
        await Import("Date,Amount,Name\n2026-04-10,40.00,Acme Dental\n");
        var line = Text((await Lines())[0], "lineId");
        await _practice.Post($"/v1/bank-lines/{line}:link", $$"""{"paymentIds":["{{payment}}"]}""");
        Assert.Single((await _practice.Get($"/v1/invoices/{invoice}/payments"))["items"]!.AsArray());
        Assert.Equal($"{payment}", (string?)(await Lines())[0]["line"]!["paymentIds"]![0]);
    }

    [Fact]
    public async Task Camt_053_gives_each_transaction_of_an_entry_and_leaves_out_what_is_pending()
    {
        var report = await Import(Statements.Camt);
        Assert.Equal((3, 2, 0, 1, 0), Counts(report));
        var lines = await Lines();
        Assert.Equal(
            [("40.00", "Acme Dental", "INVOICE NUMBER", "B-1/1"), ("80.00", "Ben", null, "B-1/2")],
            lines.Select(l => (
                (string?)l["line"]!["amount"]!["amount"], Text(l, "payer"), Text(l, "text"), Text(l, "bankReference"))).Order());
        Assert.All(lines, l => Assert.Equal("DE02120300000000202051", Text(l, "account")));
    }

    [Fact]
    public async Task A_german_table_in_latin_1_is_read_with_its_commas_and_each_bad_row_is_named()
    {
        var bytes = Encoding.Latin1.GetBytes(Statements.GermanCsv);
        var report = (await _server.PostBytes(
            _practice.Owner, "/v1/bank-statements?dateForm=dd.mm.yyyy&decimal=comma", bytes, "text/csv")).Ok().Json;
        Assert.Equal((5, 2, 0, 1, 2), Counts(report));
        Assert.Equal(
            [(4, "amount-unreadable"), (5, "date-unreadable")],
            report["entries"]!.AsArray().Where(e => e!["code"] is not null).Select(e => ((int)e!["entry"]!, (string)e["code"]!)));
        Assert.Equal(["1040.50", "1040.50"], (await Lines()).Select(l => (string?)l["line"]!["amount"]!["amount"]));
        Assert.All(await Lines(), l => Assert.Equal("Müller Praxis", Text(l, "payer")));
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("When,How much\n2026-01-01,1.00\n")]
    [InlineData("<html><body>Sign in</body></html>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">&a;</Document>")]
    public async Task What_is_no_statement_is_refused_whole(string file)
    {
        var refused = await _server.PostBytes(_practice.Owner, "/v1/bank-statements", Encoding.UTF8.GetBytes(file), "text/plain");
        Assert.Equal((422, "not-a-bank-statement"), (refused.Code, refused.ProblemCode));
    }

    [Fact]
    public async Task A_line_set_aside_is_no_longer_proposed_and_can_be_taken_up_again()
    {
        await _practice.Invoice("2026-03-02");
        await Import("Date,Amount,Name\n2026-04-10,40.00,Acme Dental\n");
        var id = Text((await Lines())[0], "lineId");
        await _practice.Post($"/v1/bank-lines/{id}:set-aside", """{"reason":"From savings"}""");
        var aside = await _practice.Get($"/v1/bank-lines/{id}");
        Assert.Equal(("set-aside", "From savings", 0), (Text(aside, "status"), Text(aside, "reason"), aside["proposals"]!.AsArray().Count));
        await _practice.Post($"/v1/bank-lines/{id}:take-up", "{}");
        Assert.Single((await _practice.Get($"/v1/bank-lines/{id}"))["proposals"]!.AsArray());
        Assert.Empty((await _practice.Get("/v1/bank-lines?status=set-aside"))["items"]!.AsArray());
    }

    private static (int, int, int, int, int) Counts(JsonObject report) => (
        (int)report["entryCount"]!, (int)report["imported"]!, (int)report["alreadyThere"]!, (int)report["outgoing"]!,
        (int)report["refused"]!);

    private static string? Text(JsonNode line, string name) => (string?)line["line"]![name];

    private static JsonObject Line(IEnumerable<JsonObject> lines, string amount) =>
        lines.Single(l => (string?)l["line"]!["amount"]!["amount"] == amount);

    private async Task<JsonObject> Import(string file, string query = "") => (await _server.PostBytes(
        _practice.Owner, $"/v1/bank-statements?{query}", Encoding.UTF8.GetBytes(file), "text/plain")).Ok().Json;

    private async Task<List<JsonObject>> Lines() =>
        [.. (await _practice.Get("/v1/bank-lines"))["items"]!.AsArray().Select(item => item!.AsObject())];

    private async Task<string?> Due(Guid invoice) =>
        (string?)(await _practice.Get($"/v1/invoices/{invoice}"))["invoice"]!["open"]!["amount"];
}
