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
    public async Task A_year_without_figures_is_refused()
    {
        var refused = await _server.Get(_practice.Owner, "/v1/tax-years/2027/information-returns");
        Assert.Equal("tax-year-not-loaded", refused.ProblemCode);
    }

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
