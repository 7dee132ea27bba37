using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Taxes;

public sealed class StateTests : IAsyncLifetime
{
    private ApiServer _server = null!;
    private Practice _practice = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.OpenEmpty(_server);
        await _practice.Post("/v1/tax-years/2026:set-profile", """{"filingStatus":"single"}""");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task California_is_estimated_from_the_books_its_filing_and_its_payments()
    {
        const string estimate = "/v1/tax-years/2026/states/ca/estimate?asOf=2026-03-01&projection=own-number&netProfit=50000.00";
        var before = await _practice.Get(estimate);
        Assert.Equal(("California", false, true, "841.39"),
            ((string?)before["state"], (bool)before["hasFiling"]!, (bool)before["hasProfile"]!, Amount(before["tax"])));
        Assert.Equal(["227.18", "302.90", "0.00", "227.18"], before["instalments"]!.AsArray().Select(i => Amount(i!["required"])));
        Assert.Equal(("us-ca-2026.1", "us-federal-2026.1"),
            ((string?)before["parametersVersion"], (string?)before["federalParametersVersion"]));
        Assert.Equal("500.00", Amount(before["noPaymentBelow"]));
        Assert.Contains(before["limits"]!.AsArray(), limit => ((string)limit!).Contains("Form 540-ES of 2026", StringComparison.Ordinal));
        Assert.Contains("not tax advice", (string)before["disclaimer"]!, StringComparison.Ordinal);
        Assert.Contains(before["lines"]!.AsArray(), line => (string?)line!["code"] == "state.taxable-income");

        await _practice.Post("/v1/tax-years/2026/states/ca:set-filing", """
            {"withholding":{"amount":"100.00","currency":"USD"},"priorYearTax":{"amount":"600.00","currency":"USD"},
             "priorYearAgi":{"amount":"40000.00","currency":"USD"},"priorYearFiledInFull":true}
            """);
        var payment = await _practice.Post("/v1/tax-years/2026/states/CA/payments",
            """{"quarter":1,"amount":{"amount":"100.00","currency":"USD"},"paidOn":"2026-02-28"}""");
        var after = await _practice.Get(estimate);
        Assert.Equal(["150.00", "200.00", "0.00", "150.00"], after["instalments"]!.AsArray().Select(i => Amount(i!["required"])));
        Assert.Equal(("50.00", "Pay $50 by 2026-04-15."), (Amount(after["next"]!["toPay"]), (string?)after["advice"]));
        Assert.Equal(("high", "641.39"), ((string?)after["instalmentConfidence"], Amount(after["balanceWithReturn"])));

        var year = await _practice.Get("/v1/tax-years/2026/states/ca");
        Assert.Equal(("100.00", "600.00", 2L), (Amount(year["paid"]), Amount(year["filing"]!["priorYearTax"]), (long)year["version"]!));
        await _practice.Post($"/v1/tax-years/2026/states/ca/payments/{payment.Id}:remove", "{}");
        Assert.Equal("150.00", Amount((await _practice.Get(estimate))["next"]!["toPay"]));
        // The federal year knows nothing of it.
        Assert.Empty((await _practice.Get("/v1/tax-years/2026"))["payments"]!.AsArray());
    }

    [Fact]
    public async Task A_state_without_income_tax_says_so_and_coverage_is_listed()
    {
        var texas = await _practice.Get("/v1/tax-years/2026/states/tx/estimate?projection=own-number&netProfit=50000.00");
        Assert.Equal("Texas has no tax on the income of persons: nothing is to be paid there.", (string?)texas["advice"]);
        Assert.Equal("0.00", Amount(texas["tax"]));
        Assert.True(texas["next"] is null && texas["required"] is null);

        await _practice.Post("/v1/tax-years/2026/states/ny:set-filing", "{}");
        var states = (await _practice.Get("/v1/tax-years/2026/states"))["states"]!.AsArray().ToDictionary(
            state => (string)state!["code"]!, state => ((string?)state!["coverage"], (bool)state!["isKept"]!));
        Assert.Equal(51, states.Count);
        Assert.Equal(("no-income-tax", false), states["TX"]);
        Assert.Equal(("covered", false), states["CA"]);
        Assert.Equal(("state-not-covered", true), states["NY"]);
        var in2024 = (await _practice.Get("/v1/tax-years/2024/states"))["states"]!.AsArray();
        Assert.Equal("tax-year-not-loaded", (string?)in2024.Single(state => (string?)state!["code"] == "GA")!["coverage"]);
    }

    [Fact]
    public async Task Refuses_a_state_that_is_none()
    {
        var refused = await _server.Post(_practice.Owner, "/v1/tax-years/2026/states/zz:set-filing", "{}");
        Assert.Equal((422, "state-unknown"), (refused.Code, refused.ProblemCode));
        var covered = await _server.Get(_practice.Owner, "/v1/tax-years/2026/states/ny/estimate");
        Assert.StartsWith("New York has an income tax", (string?)covered.Json["detail"], StringComparison.Ordinal);
    }

    private static string? Amount(System.Text.Json.Nodes.JsonNode? money) => (string?)money!["amount"];
}
