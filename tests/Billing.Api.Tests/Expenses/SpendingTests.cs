using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Expenses;

/// <summary>Expenses, trips and recurring expenses from the request to the invoice and to the tax estimate.</summary>
public sealed class SpendingTests : IAsyncLifetime
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
    public async Task A_marked_up_expense_and_a_trip_are_billed_once_and_deducted_as_they_are()
    {
        var car = (await _practice.Post("/v1/vehicles", """{"name":"Hatchback"}""")).Id;
        var whose = $"\"clientId\":\"{_practice.ClientId}\",\"engagementId\":\"{_practice.EngagementId}\"";
        await _practice.Post("/v1/expenses", $$$"""
            {"amount":{"amount":"64.95","currency":"USD"},"category":"advertising","paidOn":"2026-05-04","rebill":true,{{{whose}}},
             "tax":{"amount":"4.95","currency":"USD"},"businessShareBasisPoints":5000,"markUp":{"basisPoints":1000},"note":"Photos"}
            """);
        await _practice.Post("/v1/trips", $$$"""
            {"vehicleId":"{{{car}}}","drivenOn":"2026-05-05","distance":{"hundredths":10000},"purpose":"Visit","ratePerUnit":"0.70",{{{whose}}}}
            """);
        await _practice.Post("/v1/expense-policy:set-paid-first", """{"above":{"amount":"50.00","currency":"USD"}}""");

        var preview = await _practice.Get($"/v1/clients/{_practice.ClientId}/unbilled?through=2026-05-31");
        var draft = (await _practice.Post("/v1/invoices", $$"""{"clientId":"{{_practice.ClientId}}","through":"2026-05-31"}""")).Id;
        var warned = await _practice.Get($"/v1/invoices/{draft}");
        await _practice.Post($"/v1/invoices/{draft}:finalize", """{"issuedOn":"2026-06-01"}""");
        var lines = (await _practice.Get($"/v1/invoices/{draft}"))["lines"]!.AsArray();
        var after = await _practice.Get($"/v1/clients/{_practice.ClientId}/unbilled?through=2026-05-31");

        // 64.95 + 6.50, and 100 miles × 0.70.
        Assert.Equal(["71.45", "70.00"], lines.Select(line => (string?)line!["amount"]!["amount"]));
        Assert.Equal("6.50", (string?)lines[0]!["markUp"]!["amount"]);
        Assert.Equal("Visit, 100 mi", (string?)lines[1]!["description"]);
        Assert.Equal(["paid-first", "paid-first"], preview["warnings"]!.AsArray().Select(w => (string?)w!["code"]));
        Assert.Equal(2, warned["preview"]!["warnings"]!.AsArray().Count);
        Assert.Equal("nothing-to-bill", (string?)after["refusalCode"]);
        // Half of 64.95, and 100 miles at 0.725, whatever the client was charged.
        Assert.Equal(["32.48", "72.50"], await Spent());
        Assert.Single((await _server.Get(_practice.Owner, "/v1/expenses?paidFirst=true")).Ok().Items);
    }

    [Fact]
    public async Task A_vehicle_by_actual_cost_is_never_deducted_by_the_mile_too()
    {
        var car = (await _practice.Post("/v1/vehicles", """{"name":"Hatchback"}""")).Id;
        await _practice.Post("/v1/trips", $$$"""{"vehicleId":"{{{car}}}","drivenOn":"2026-05-05","distance":{"hundredths":10000},"purpose":"Visit"}""");
        await _practice.Post("/v1/expenses", $$$"""
            {"amount":{"amount":"40.00","currency":"USD"},"category":"car-and-truck","paidOn":"2026-05-04","vehicleId":"{{{car}}}"}
            """);
        var byTheMile = await Spent();
        await _practice.Post($"/v1/vehicles/{car}:set-year", """{"year":2026,"method":"actual","total":{"hundredths":40000}}""");
        Assert.Equal(["72.50"], byTheMile);
        Assert.Equal(["10.00"], await Spent());
        var bound = await _server.Post(_practice.Owner, $"/v1/vehicles/{car}:set-year", """{"year":2027,"method":"standard"}""");
        Assert.Equal((409, "vehicle-method-bound"), (bound.Code, bound.ProblemCode));
    }

    [Fact]
    public async Task The_home_office_comes_off_the_profit_up_to_it()
    {
        await _practice.Post("/v1/payments", $$$"""
            {"invoiceId":"{{{await _practice.Invoice("2026-01-05", hours: 10, issuedOn: "2026-02-01")}}}",
             "amount":{"amount":"400.00","currency":"USD"},"method":"transfer","receivedOn":"2026-02-10"}
            """);
        const string estimate = "/v1/tax-years/2026/estimate?asOf=2026-03-31&projection=year-to-date";
        await _practice.Post("/v1/tax-years/2026:set-home-office", """{"method":"simplified","officeSquareFeet":140}""");
        // Three months of 140 square feet: 175.
        Assert.Equal("225.00", (string?)(await _practice.Get(estimate))["totals"]!["netProfitToDate"]!["amount"]);
        Assert.Equal(140, (int)(await _practice.Get("/v1/tax-years/2026"))["homeOffice"]!["officeSquareFeet"]!);
        await _practice.Post("/v1/tax-years/2026:set-home-office", """{"method":"simplified","officeSquareFeet":400}""");
        Assert.Equal("25.00", (string?)(await _practice.Get(estimate))["totals"]!["netProfitToDate"]!["amount"]);
        await _practice.Post("/v1/tax-years/2026:set-home-office", """{"method":"none"}""");
        Assert.Equal("400.00", (string?)(await _practice.Get(estimate))["totals"]!["netProfitToDate"]!["amount"]);
    }

    [Fact]
    public async Task Due_occurrences_are_recorded_once_whatever_is_retried()
    {
        var rent = (await _practice.Post("/v1/recurring-expenses",
            """{"amount":{"amount":"18.00","currency":"USD"},"category":"software","every":"month","firstOn":"2026-01-31","businessShareBasisPoints":6000}""")).Id;
        var due = (await _server.Get(_practice.Owner, "/v1/recurring-expenses/due?through=2026-04-30")).Ok().Items;
        var record = $"/v1/recurring-expenses/{rent}:record-due";

        await _practice.Post(record, """{"through":"2026-03-01"}""");
        // One that was removed from the books does not come back.
        await _practice.Post($"/v1/expenses/{(Guid)due[1]["expenseId"]!}:remove", "{}");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _server.Post(_practice.Owner, record, """{"through":"2026-04-30"}""")));
        var head = await _server.Head();
        await _practice.Post(record, """{"through":"2026-04-30"}""");

        Assert.Equal(["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"], due.Select(d => (string?)d["day"]));
        Assert.Equal(head, await _server.Head());
        var recorded = (await _server.Get(_practice.Owner, "/v1/expenses")).Ok().Items;
        Assert.Equal(
            due.Where((_, i) => i != 1).Select(d => (Guid)d["expenseId"]!).Order(), recorded.Select(e => (Guid)e["expenseId"]!).Order());
        Assert.All(recorded, e => Assert.Equal(rent, (Guid)e["particulars"]!["recurringId"]!));
        Assert.All(recorded, e => Assert.Equal("10.80", (string?)e["forBusiness"]!["amount"]));
        var recurring = (await _server.Get(_practice.Owner, "/v1/recurring-expenses")).Ok().Items.Single();
        Assert.Equal(6000, (int)recurring["particulars"]!["businessShareBasisPoints"]!);
        Assert.Empty((await _server.Get(_practice.Owner, "/v1/recurring-expenses/due?through=2026-04-30")).Ok().Items);
    }

    [Fact]
    public async Task What_was_paid_in_another_currency_counts_in_the_books_at_the_stated_rate()
    {
        await _practice.Post("/v1/expenses",
            """{"amount":{"amount":"19.99","currency":"EUR"},"category":"software","paidOn":"2026-05-04","exchangeRate":"1.0845"}""");
        Assert.Equal(["21.68"], await Spent());
        await _practice.Get("/v1/tax-years/2026/estimate?asOf=2026-06-30");
    }

    /// <summary>Amounts by category, as the cash clock counts them.</summary>
    private async Task<List<string?>> Spent() =>
        [.. (await _practice.Get("/v1/cash?from=2026-01-01&to=2026-12-31"))["expenses"]!.AsArray().Select(e => (string?)e!["total"]!["amount"])];
}
