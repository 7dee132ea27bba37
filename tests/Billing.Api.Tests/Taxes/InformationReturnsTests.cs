using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Taxes;

public sealed class InformationReturnsTests : IAsyncLifetime
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
    public async Task The_bridge_ends_at_line_1_of_the_estimates_schedule_c()
    {
        await _practice.Pay(await _practice.Invoice("2026-03-02", hours: 20), "800.00", "2026-04-10");
        await _practice.Pay(await _practice.Invoice("2026-03-03", hours: 20), "1250.00", "2026-05-10");
        await _practice.Pay(await _practice.Invoice("2026-01-05", hours: 2, issuedOn: "2026-01-06"), "80.00", "2025-12-20");

        var returns = await _practice.Get("/v1/tax-years/2026/information-returns");
        var payer = Assert.Single(returns["expected"]!["payers"]!.AsArray());
        Assert.Equal(("Acme Dental", "2050.00", true),
            ((string?)payer!["name"], (string?)payer["byHand"]!["amount"], (bool)payer["isExpected"]!));
        Assert.Equal("2050.00", (string?)returns["expected"]!["grossReceipts"]!["amount"]);
        var lines = (await _practice.Get("/v1/tax-years/2026/estimate?asOf=2026-06-30"))["lines"]!.AsArray();
        var line1 = Assert.Single(lines, line => (string?)line!["code"] == "schedule-c.receipts");
        Assert.Equal("2050.00", (string?)line1!["amount"]);
        Assert.Equal("80.00", (string?)(await _practice.Get("/v1/tax-years/2025/information-returns"))["expected"]!["grossReceipts"]!["amount"]);
    }

    [Fact]
    public async Task Each_amount_is_explained_by_its_payments_and_the_threshold_also_as_it_was_known_before()
    {
        var first = (await _practice.Pay(await _practice.Invoice("2026-03-02", hours: 20), "800.00", "2026-04-10")).Id;
        var before = (await _practice.Get(Explained("byHand")))["events"]!.AsArray().Max(source => (long)source!["place"]!);
        var second = (await _practice.Pay(await _practice.Invoice("2026-03-03", hours: 20), "1250.00", "2026-05-10")).Id;

        var paid = await _practice.Get(Explained("byHand"));

        Assert.Equal("2050.00", (string?)paid["figure"]!["amount"]!["amount"]);
        Assert.Equal(
            [($"/v1/payments/{first:D}", "2026-04-10", "800.00"), ($"/v1/payments/{second:D}", "2026-05-10", "1250.00")],
            paid["inputs"]!.AsArray().Where(input => input!["amount"] is not null)
                .Select(input => ((string)input!["href"]!, (string)input["on"]!, (string)input["amount"]!["amount"]!)));
        var rule = Assert.Single(paid["rules"]!.AsArray())!;
        Assert.StartsWith("Form 1099-NEC, box 1", (string)rule["name"]!, StringComparison.Ordinal);
        Assert.Equal("2000", (string)rule["value"]!);
        Assert.Contains("IR-2025-107", (string)rule["source"]!, StringComparison.Ordinal);
        Assert.Contains(paid["events"]!.AsArray(), source => (string)source!["type"]! == "payment-recorded.v1");
        Assert.Equal("800.00", (string?)(await _practice.Get($"{Explained("byHand")}&asOf={before}"))["figure"]!["amount"]!["amount"]);

        var report = await _practice.Get($"/v1/reports/information-returns?{Days}");
        var expected = (await _practice.Get("/v1/tax-years/2026/information-returns"))["expected"]!;
        foreach (var row in expected["bridge"]!.AsArray())
            Assert.Equal(row!["amount"]!.ToJsonString(), Shown(report, (string)row["code"]!, "amount"));
        Assert.Equal(expected["grossReceipts"]!.ToJsonString(), Shown(report, "gross-receipts", "amount"));
        Assert.Equal(expected["givenBack"]!.ToJsonString(), Shown(report, "given-back", "amount"));
        Assert.Equal(expected["paymentNetwork"]!["gross"]!.ToJsonString(), Shown(report, "payment-network", "gross"));
        Assert.Equal(expected["payers"]![0]!["overlap"]!.ToJsonString(), Shown(report, $"{_practice.ClientId}:USD", "overlap"));
    }

    [Theory]
    [InlineData("from=2025-07-01&to=2026-06-30", "invalid-request")]
    [InlineData("from=2027-01-01&to=2027-12-31", "tax-year-not-loaded")]
    [InlineData("from=2026-01-01&to=2026-12-31&client=0198c000-0000-7000-8000-000000000001", "invalid-request")]
    public async Task A_report_of_no_one_year_that_is_loaded_is_refused(string asked, string code) =>
        Assert.Equal(code, (await _server.Get(_practice.Owner, $"/v1/reports/information-returns?{asked}")).ProblemCode);

    [Fact]
    public async Task A_year_without_figures_is_refused()
    {
        var refused = await _server.Get(_practice.Owner, "/v1/tax-years/2027/information-returns");
        Assert.Equal("tax-year-not-loaded", refused.ProblemCode);
    }

    private const string Days = "from=2026-01-01&to=2026-12-31";

    private string Explained(string column) =>
        $"/v1/reports/information-returns/explain?{Days}&row={_practice.ClientId}:USD&column={column}";

    private static string Shown(System.Text.Json.Nodes.JsonNode report, string row, string column) =>
        report["rows"]!.AsArray().Single(found => (string)found!["key"]! == row)!["figures"]![column]!["amount"]!.ToJsonString();

    [Theory]
    [InlineData(1999)]
    [InlineData(2100)]
    [InlineData(int.MaxValue)]
    public async Task A_year_that_cannot_be_is_refused(int year)
    {
        var refused = await _server.Get(_practice.Owner, FormattableString.Invariant($"/v1/tax-years/{year}"));
        Assert.Equal("tax-year-unknown", refused.ProblemCode);
    }
}
