using System.Globalization;
using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Taxes;

/// <summary>Estimates that were given, what changed since, and how the year is thought to go on.</summary>
public sealed class GivenEstimateTests : TaxBooks
{
    [Fact]
    public async Task An_estimate_that_was_given_comes_out_the_same_after_everything_that_came_later()
    {
        await PayTax(1, "1500.00", "2026-04-14");
        var given = (await Practice.Post("/v1/tax-years/2026/estimates", """{"asOf":"2026-07-01"}""")).Id;
        var before = await Practice.Get("/v1/tax-years/2026/estimate?asOf=2026-07-01");

        await Receive("2026-03-01", 9_000);
        await Spend("2026-03-03", "777.00");
        await PayTax(2, "2000.00", "2026-06-14");
        await Practice.Post("/v1/tax-years/2026:set-profile", """{"filingStatus":"hoh","wages":{"amount":"9000","currency":"USD"}}""");
        var now = await Practice.Get("/v1/tax-years/2026/estimate?asOf=2026-07-01");
        var again = await Practice.Get($"/v1/tax-years/2026/estimates/{given}");

        Assert.True((bool)again["isSame"]!);
        Assert.Equal(before.ToJsonString(), again["estimate"]!.ToJsonString());
        Assert.NotEqual(Amount(now["totals"]!["totalTax"]), Amount(again["estimate"]!["totals"]!["totalTax"]));
        Assert.Equal(Amount(before["totals"]!["totalTax"]), Amount(again["given"]!["totalTax"]));
        Assert.Equal(404, (await Server.Get(Practice.Owner, $"/v1/tax-years/2026/estimates/{Guid.CreateVersion7()}")).Code);
    }

    [Fact]
    public async Task An_estimate_by_ones_own_number_is_given_again_by_that_number()
    {
        var given = (await Practice.Post("/v1/tax-years/2026/estimates",
            """{"asOf":"2026-07-01","projection":"own-number","netProfit":{"amount":"61000","currency":"USD"}}""")).Id;
        var again = await Practice.Get($"/v1/tax-years/2026/estimates/{given}");
        Assert.Equal((true, "61000.00"), ((bool)again["isSame"]!, Amount(again["estimate"]!["totals"]!["projectedNetProfit"])));
        var listed = (await Practice.Get("/v1/tax-years/2026/estimates"))["items"]!.AsArray();
        Assert.Equal("own-number", (string?)Assert.Single(listed)!["projectionCode"]);
        var refused = await Server.Post(
            Practice.Owner, "/v1/tax-years/2026/estimates", """{"projection":"seasonal","netProfit":{"amount":"1","currency":"USD"}}""");
        Assert.Equal(400, refused.Code);
    }

    [Fact]
    public async Task What_changed_since_the_last_estimate_given_is_told_by_its_causes()
    {
        await Practice.Post("/v1/tax-years/2026/estimates", """{"asOf":"2026-06-30","projection":"year-to-date"}""");
        await Receive("2026-05-04", 5_000);
        await Spend("2026-07-15", "400.00");
        await PayTax(1, "1500.00", "2026-07-02");

        var changes = (await Practice.Get("/v1/tax-years/2026/report?asOf=2026-07-31&projection=year-to-date"))["changes"]!;
        var reasons = changes["reasons"]!.AsArray().ToDictionary(r => (string)r!["code"]!, r => Dollars(r!["totalTax"]));
        Assert.Equal(["corrections", "time"], reasons.Keys);
        Assert.True(reasons["corrections"] > 0, "More was received.");
        Assert.True(reasons["time"] < 0, "More was spent.");
        var facts = changes["facts"]!.AsArray().Select(f => ((string?)f!["kind"], (int)f["added"]!, Amount(f["difference"])));
        Assert.Equal([("receipts", 1, "5000.00"), ("expenses", 1, "400.00"), ("payments", 1, "1500.00")], facts);
        var net = changes["lines"]!.AsArray().Single(line => (string?)line!["code"] == "schedule-c.net-profit")!;
        Assert.Equal(("39000.00", "43600.00"), ((string?)net["before"], (string?)net["after"]));
        var difference = decimal.Parse(Line(changes, "net-tax", "after"), CultureInfo.InvariantCulture)
            - decimal.Parse(Line(changes, "net-tax", "before"), CultureInfo.InvariantCulture);
        Assert.Equal(difference, reasons.Values.Sum());
    }

    [Fact]
    public async Task The_season_of_last_year_says_how_the_year_goes_on()
    {
        const string seasonal = "/v1/tax-years/2026/estimate?asOf=2026-07-01&projection=seasonal";
        Assert.Equal("seasonal-needs-last-year", (await Server.Get(Practice.Owner, seasonal)).ProblemCode);
        await Receive("2025-03-01", 10_000);
        await Receive("2025-11-01", 30_000);

        var totals = (await Practice.Get(seasonal))["totals"]!;
        Assert.Equal("156000.00", Amount(totals["projectedNetProfit"]));
        var net = await Practice.Get("/v1/tax-years/2026/estimate/lines/projection.net-profit?asOf=2026-07-01&projection=seasonal");
        Assert.Contains("2025-11-01", net["facts"]!.AsArray().Select(fact => (string?)fact!["on"]));
        Assert.Equal(400, (await Server.Get(Practice.Owner, $"{seasonal}&netProfit=1")).Code);
    }

    private static string Line(JsonNode changes, string code, string when) =>
        (string)changes["lines"]!.AsArray().Single(line => (string?)line!["code"] == code)![when]!;
}
