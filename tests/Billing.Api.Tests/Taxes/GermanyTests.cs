using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Invoicing;

namespace Billing.Api.Tests.Taxes;

/// <summary>A practice whose books are in euros, from its invoices to its assessment, profit and advance returns.</summary>
public sealed class GermanyTests : IAsyncLifetime
{
    private ApiServer _server = null!;
    private Practice _practice = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.OpenEmpty(_server, "Büro Wacholder", "EUR");
        await _practice.AddClient("EUR");
        await _practice.Post("/v1/business:set-sales-tax",
            """{"default":{"category":"S","hundredThousandths":19000},"basis":"received"}""");
        foreach (var (worked, paid) in new[] { ("2026-02-02", "2026-03-02"), ("2026-02-03", "2026-03-31"), ("2026-02-04", "2026-04-01") })
        {
            var invoice = await _practice.Invoice(worked, hours: 20, issuedOn: "2026-02-27");
            await _practice.Pay(invoice, "952.00", paid, "EUR");
        }
        await _practice.Post("/v1/expenses", """{"amount":{"amount":"119.00","currency":"EUR"},"category":"software","paidOn":"2026-03-05"}""");
        await _practice.Post("/v1/sales-tax/payments",
            """{"amount":{"amount":"304.00","currency":"EUR"},"period":"2026-Q1","paidOn":"2026-04-10"}""");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_profit_has_vat_as_it_came_and_went()
    {
        var profit = await _practice.Get("/v1/tax-years/2026/germany/profit?asOf=2026-06-30");

        Assert.Equal(("2856.00", "423.00", "2433.00"), (Amount(profit["receipts"]), Amount(profit["expenses"]), Amount(profit["profit"])));
        var lines = profit["lines"]!.AsArray().ToDictionary(line => (string)line!["code"]!, line => (string?)line!["amount"]);
        Assert.Equal(("2400.00", "456.00"), (lines["de.euer.receipts"], lines["de.euer.vat-received"]));
        Assert.Equal(("119.00", "304.00"), (lines["de.euer.expense.software"], lines["de.euer.vat-paid"]));
        Assert.All(profit["lines"]!.AsArray(), line => Assert.Equal("EUR", (string?)line!["unit"]));
        var inMarch = await _practice.Get("/v1/tax-years/2026/germany/profit?asOf=2026-03-31");
        Assert.Equal("1785.00", Amount(inMarch["profit"]));
        await Reconciled.Holds(_server, _practice.Id);
    }

    [Fact]
    public async Task The_assessment_is_estimated_and_prepayments_adjusted()
    {
        const string estimate = "/v1/tax-years/2026/germany/estimate?asOf=2026-06-30&projection=own-number&netProfit=50000.00";
        var before = await _practice.Get(estimate);
        Assert.Equal(("10548.00", "0.00", "10548.00", false),
            (Amount(before["incomeTax"]), Amount(before["solidaritySurcharge"]), Amount(before["totalTax"]), (bool)before["hasProfile"]!));
        Assert.Equal(["0.00", "0.00", "5274.00", "5274.00"], before["prepayments"]!.AsArray().Select(p => Amount(p!["suggested"])));
        Assert.Equal(("raise", "0.211"), ((string?)before["adjustment"], (string?)before["reserveShare"]));

        await _practice.Post("/v1/tax-years/2026/germany:set-profile", """
            {"churchTax":"south","deductions":{"amount":"0.00","currency":"EUR"},"setPrepayments":[{"amount":"500","currency":"EUR"},
             {"amount":"500","currency":"EUR"},{"amount":"500","currency":"EUR"},{"amount":"500","currency":"EUR"}]}
            """);
        var payment = await _practice.Post("/v1/tax-years/2026/germany/payments",
            """{"number":1,"amount":{"amount":"500.00","currency":"EUR"},"paidOn":"2026-03-10"}""");
        var after = await _practice.Get(estimate);
        Assert.Equal(("843.84", "500.00", "500.00", "2026-09-10"),
            (Amount(after["churchTax"]), Amount(after["overdueNow"]), Amount(after["dueNext"]), (string?)after["nextDueOn"]));
        Assert.Equal(["500.00", "500.00", "5195.00", "5195.00"], after["prepayments"]!.AsArray().Select(p => Amount(p!["suggested"])));
        Assert.Equal("10891.84", Amount(after["balanceWithAssessment"]));
        Assert.Contains("not tax advice", (string)after["disclaimer"]!, StringComparison.Ordinal);

        var journal = await _practice.Get("/v1/journal?from=2026-03-10&to=2026-03-10");
        Assert.Contains("\"EUR\"", journal.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("2026-de, instalment 1", journal.ToJsonString(), StringComparison.Ordinal);
        await Reconciled.Holds(_server, _practice.Id);
        var year = await _practice.Get("/v1/tax-years/2026/germany");
        Assert.Equal(("south", "500.00", 2L), ((string?)year["profile"]!["churchTax"], Amount(year["paid"]), (long)year["version"]!));
        await _practice.Post($"/v1/tax-years/2026/germany/payments/{payment.Id}:remove", "{}");
        Assert.Equal("1000.00", Amount((await _practice.Get(estimate))["overdueNow"]));
    }

    [Fact]
    public async Task Advance_returns_and_the_limits_of_small_businesses_are_watched()
    {
        var byQuarter = await _practice.Get("/v1/tax-years/2026/germany/vat?asOf=2026-06-30");
        Assert.Equal(("quarter", false), ((string?)byQuarter["every"], (bool)byQuarter["annualReturnOnly"]!));
        Assert.Equal(
            [
                "2026-Q1 2026-04-10 1600.00 304.00 304.00 0.00 settled", "2026-Q2 2026-07-10 800.00 152.00 0.00 152.00 running",
                "2026-Q3 2026-10-12 0.00 0.00 0.00 0.00 running", "2026-Q4 2027-01-11 0.00 0.00 0.00 0.00 running",
            ],
            byQuarter["returns"]!.AsArray().Select(Line));
        Assert.Equal("overdue", (string?)(await _practice.Get("/v1/tax-years/2026/germany/vat?asOf=2026-07-11"))["returns"]![1]!["state"]);
        Assert.Equal("not-claimed", (string?)byQuarter["smallBusiness"]!["standing"]);

        await Profile("""{"hasVatExtension":true,"priorYearVat":{"amount":"11000.00","currency":"EUR"}}""");
        var byMonth = await _practice.Get("/v1/tax-years/2026/germany/vat?asOf=2026-06-30");
        Assert.Equal(("month", "1000.00", 12),
            ((string?)byMonth["every"], Amount(byMonth["specialPrepayment"]), byMonth["returns"]!.AsArray().Count));
        Assert.Equal("2026-03 2026-05-11 1600.00 304.00 0.00 304.00 overdue", Line(byMonth["returns"]![2]));

        await Profile("""{"isSmallBusiness":true,"priorYearTurnover":{"amount":"25000.01","currency":"EUR"}}""");
        var small = await _practice.Get("/v1/tax-years/2026/germany/vat?asOf=2026-06-30");
        Assert.Equal(("year", "over", "2400.00"),
            ((string?)small["every"], (string?)small["smallBusiness"]!["standing"], Amount(small["smallBusiness"]!["turnover"])));
        Assert.Contains("VAT is to be charged", (string)small["smallBusiness"]!["message"]!, StringComparison.Ordinal);
    }

    private async Task Profile(string body) => await _practice.Post("/v1/tax-years/2026/germany:set-profile", body);

    private static string Line(JsonNode? entry) =>
        $"{entry!["period"]} {entry["dueOn"]} {Amount(entry["taxable"])} {Amount(entry["tax"])} {Amount(entry["paid"])} {Amount(entry["open"])} {entry["state"]}";

    private static string? Amount(JsonNode? money) => (string?)money!["amount"];
}
