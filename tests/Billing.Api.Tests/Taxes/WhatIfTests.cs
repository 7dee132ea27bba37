using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Taxes;

/// <summary>Both methods side by side, the chosen one, and plans that leave the books as they are.</summary>
public sealed class WhatIfTests : IAsyncLifetime
{
    private const string Profile = "/v1/tax-years/2026:set-profile";
    private const string Estimate = "/v1/tax-years/2026/estimate?asOf=2026-12-31";
    private ApiServer _server = null!;
    private Practice _practice = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.OpenEmpty(_server);
        await _practice.AddClient();
        // 300.00 in April and 80,000.00 in November.
        await _practice.Pay(await _practice.Invoice("2026-03-02", hours: 20), "300.00", "2026-04-10");
        await _practice.Pay(await _practice.Invoice("2026-03-03", hours: 20), "80000.00", "2026-11-10");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Both_methods_stand_side_by_side_and_the_chosen_one_decides_what_is_next()
    {
        var regular = await _practice.Get(Estimate);
        await _practice.Post(Profile, """{"filingStatus":"single","further":{"instalmentMethod":"annualized","age":52}}""");
        var annualized = await _practice.Get(Estimate);

        Assert.Equal(["regular", "annualized"], regular["methods"]!.AsArray().Select(method => (string?)method!["method"]));
        Assert.Equal(
            regular["methods"]![1]!["instalments"]!.ToJsonString(), annualized["instalments"]!.ToJsonString());
        Assert.Equal(["0.00", "0.00", "0.00"], annualized["instalments"]!.AsArray().Take(3)
            .Select(instalment => (string?)instalment!["required"]!["amount"]));
        Assert.Equal(
            (string?)regular["required"]!["byInstalments"]!["amount"],
            (string?)annualized["instalments"]![3]!["required"]!["amount"]);
        Assert.Equal("0.00", (string?)annualized["penaltySoFar"]!["amount"]);
        Assert.NotEqual("0.00", (string?)regular["penaltySoFar"]!["amount"]);
        Assert.Null(annualized["methods"]![1]!["projectedFrom"]);
        // 52 years: a solo 401(k) takes 8,000 more than of somebody younger.
        Assert.Equal(
            decimal.Parse((string)regular["planRoom"]!["solo401k"]!["amount"]!, System.Globalization.CultureInfo.InvariantCulture)
                + 8_000m,
            decimal.Parse((string)annualized["planRoom"]!["solo401k"]!["amount"]!, System.Globalization.CultureInfo.InvariantCulture));
        var view = await _practice.Get("/v1/tax-years/2026");
        Assert.Equal("annualized", (string?)view["profile"]!["further"]!["instalmentMethod"]);
    }

    [Fact]
    public async Task A_plan_is_weighed_and_leaves_the_books_as_they_are()
    {
        var before = (await _practice.Get(Estimate)).ToJsonString();

        var answer = (await _server.Post(_practice.Owner, "/v1/tax-years/2026:what-if", """
            {"asOf":"2026-12-01","netProfit":{"amount":"50000.00","currency":"USD"},
             "changes":[{"kind":"contribution","plan":"sep","amount":{"amount":"5000.00","currency":"USD"}},
                        {"kind":"expense","category":"software","on":"2026-12-20","amount":{"amount":"1000.00","currency":"USD"}}]}
            """)).Json;

        Assert.Equal("9732.07", (string?)answer["before"]!["totals"]!["totalTax"]!["amount"]);
        // 1,000 less of profit saves 230.50 (141.30 of self-employment tax, 12 % of four fifths of 929.35); 5,000 in the plan 480.00.
        Assert.Equal("-710.52", (string?)answer["tax"]!["amount"]);
        Assert.StartsWith("The tax of the year falls by $710.52: $141.30 less from self-employment tax, ", (string?)answer["reason"],
            StringComparison.Ordinal);
        Assert.Equal("49000.00", (string?)answer["after"]!["totals"]!["projectedNetProfit"]!["amount"]);
        Assert.Contains(answer["lines"]!.AsArray(), line =>
            (string?)line!["code"] == "sep.deduction.taxpayer" && (string?)line["before"] == "0.00" && (string?)line["after"] == "5000.00");
        Assert.Equal(before, (await _practice.Get(Estimate)).ToJsonString());
    }

    [Theory]
    [InlineData("""{"changes":[]}""", "out-of-bounds")]
    [InlineData("""{"changes":[{"kind":"luck","amount":{"amount":"1.00","currency":"USD"}}]}""", "what-if-unknown")]
    [InlineData("""{"changes":[{"kind":"expense","amount":{"amount":"1.00","currency":"USD"}}]}""", "what-if-incomplete")]
    [InlineData("""{"asOf":"2026-12-01","changes":[{"kind":"income","on":"2026-11-30","amount":{"amount":"1.00","currency":"USD"}}]}""",
        "what-if-in-the-past")]
    public async Task A_plan_that_says_nothing_is_refused(string body, string code)
    {
        var answer = await _server.Post(_practice.Owner, "/v1/tax-years/2026:what-if", body);

        Assert.Contains(code, answer.Text, StringComparison.Ordinal);
        Assert.InRange(answer.Code, 400, 422);
    }

    [Theory]
    [InlineData("""{"filingStatus":"single","further":{"age":200}}""")]
    [InlineData("""{"filingStatus":"single","further":{"spouseAge":50}}""")]
    [InlineData("""{"filingStatus":"single","further":{"itemizedTaxes":{"amount":"5.00","currency":"USD"}}}""")]
    [InlineData("""{"filingStatus":"single","further":{"instalmentMethod":"lucky"}}""")]
    [InlineData("""
        {"filingStatus":"single","sepContribution":{"amount":"5.00","currency":"USD"},
         "further":{"solo401kContribution":{"amount":"5.00","currency":"USD"}}}
        """)]
    public async Task A_profile_that_no_return_could_say_is_refused(string body)
    {
        var answer = await _server.Post(_practice.Owner, Profile, body);

        Assert.InRange(answer.Code, 400, 422);
    }
}
