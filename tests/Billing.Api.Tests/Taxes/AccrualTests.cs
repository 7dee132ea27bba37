using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Taxes;

/// <summary>Somebody who files on the accrual clock counts what was earned, paid or not.</summary>
public sealed class AccrualTests : IAsyncLifetime
{
    private const string Estimate = "/v1/tax-years/2026/estimate?asOf=2026-12-31";
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
    public async Task What_is_earned_counts_before_it_is_paid_and_what_is_given_up_is_an_expense()
    {
        // Twenty hours at 40.00 each in March, invoiced and not paid; two of January, invoiced and given up.
        await _practice.Invoice("2026-03-02", hours: 20);
        var lost = await _practice.Invoice("2026-01-05", hours: 2, issuedOn: "2026-01-06");
        await _practice.Post($"/v1/invoices/{lost}:write-off", """{"reason":"Closed down","writtenOffOn":"2026-06-30"}""");

        var cash = await _practice.Get(Estimate);
        var accrual = await _practice.Get($"{Estimate}&basis=accrual");

        Assert.Equal(("cash", "accrual"), ((string?)cash["basis"], (string?)accrual["basis"]));
        Assert.Equal(("0.00", "0.00"), (Total(cash, "grossReceipts"), Total(cash, "netProfitToDate")));
        Assert.Equal(("880.00", "80.00", "800.00"),
            (Total(accrual, "grossReceipts"), Total(accrual, "expenses"), Total(accrual, "netProfitToDate")));
    }

    [Fact]
    public async Task Another_word_is_refused()
    {
        var refused = await _server.Get(_practice.Owner, $"{Estimate}&basis=hope");
        Assert.Equal(400, refused.Code);
    }

    private static string? Total(JsonObject estimate, string name) => (string?)estimate["totals"]![name]!["amount"];
}
