using Billing.Api.Tests.Fuzz;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Invoicing;

namespace Billing.Api.Tests.Retainers;

/// <summary>What was left of a retainer is owed to the client, and then goes out.</summary>
public sealed class RetainerRefundTests : IAsyncLifetime
{
    private ApiServer _server = null!;
    private Practice _practice = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.Open(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task What_a_retainer_gave_back_is_received_no_more_from_the_day_on_which_it_went_out()
    {
        await World.PayAhead(_practice);
        var path = $"/v1/retainers/{_practice.EvergreenId}";
        var refund = (await _practice.Post($"{path}:refund", """{"refundedOn":"2026-03-16"}""")).Json["refundId"]!.GetValue<Guid>();
        var before = (March: await Cash("2026-03"), April: await Cash("2026-04"));
        var body = $$"""{"refundId":"{{refund}}","method":"transfer","settledOn":"2026-04-01","reference":"Wire 12"}""";

        await _practice.Post($"{path}:settle-refund", body);

        Assert.Equal((before.March, before.April - 500m), (await Cash("2026-03"), await Cash("2026-04")));
        await Reconciled.Holds(_server, _practice.Id);
        var shown = (await _practice.Get(path))["refunds"]!.AsArray().Single(one => (Guid)one!["refundId"]! == refund)!;
        Assert.Equal(
            ("500.00", "2026-04-01", "transfer", "Wire 12"),
            ((string?)shown["amount"]!["amount"], (string?)shown["settledOn"], (string?)shown["method"], (string?)shown["reference"]));
        var journal = (await _practice.Get("/v1/journal?from=2026-04-01&to=2026-04-01"))["items"]!.AsArray();
        Assert.Equal(
            [("Liabilities:Refunds-Payable", "500.00"), ("Assets:Bank", "-500.00")],
            journal.Single(t => (string)t!["kind"]! == "retainer-refund-settled")!["postings"]!.AsArray()
                .Select(p => ((string)p!["account"]!, (string)p["amount"]!["amount"]!)));
        var other = body.Replace("Wire 12", "Wire 13", StringComparison.Ordinal);
        Assert.Equal((409, "refund-settled"), Told(await _server.Post(_practice.Owner, $"{path}:settle-refund", other)));
        Assert.Equal((404, "refund-unknown"), Told(await _server.Post(
            _practice.Owner, $"{path}:settle-refund", $$"""{"refundId":"{{_practice.EvergreenId}}","method":"cash"}""")));

        async Task<decimal> Cash(string month) =>
            (await _practice.Get("/v1/cash?from=2026-03-01&to=2026-04-30"))["byMonth"]!.AsArray()
                .Where(row => (string)row!["month"]! == month)
                .Sum(row => decimal.Parse((string)row!["received"]!["amount"]!, System.Globalization.CultureInfo.InvariantCulture));

        static (int, string?) Told(ApiAnswer answer) => (answer.Code, answer.ProblemCode);
    }
}
