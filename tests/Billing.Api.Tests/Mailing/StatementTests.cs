using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Mailing;

public sealed class StatementTests
{
    [Fact]
    public async Task A_statement_is_the_journals_receivable_of_the_client_on_any_day()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.Open(server);
        var journal = (await practice.Get("/v1/journal"))["items"]!.AsArray();
        foreach (var (from, to) in new[] { ("2026-01-01", "2026-12-31"), ("2026-04-02", "2026-04-30"), ("2026-03-15", "2026-03-15") })
        {
            var statement = await practice.Get($"/v1/clients/{practice.ClientId}/statement?from={from}&to={to}");

            Assert.Equal(Receivable(journal, practice.ClientId, day => string.CompareOrdinal(day, from) < 0), Amount(statement["opening"]));
            Assert.Equal(Receivable(journal, practice.ClientId, day => string.CompareOrdinal(day, to) <= 0), Amount(statement["closing"]));
            Assert.Equal(
                Amount(statement["closing"]),
                Amount(statement["opening"]) + statement["lines"]!.AsArray().Sum(line => Amount(line!["amount"])));
            Assert.Equal(Amount(statement["closing"]), statement["open"]!.AsArray().Sum(open => Amount(open!["open"])));
        }
        var pdf = await server.Get(practice.Owner, $"/v1/clients/{practice.ClientId}/statement/pdf?from=2026-01-01&to=2026-12-31");
        Assert.Equal("application/pdf", pdf.Ok().Header("Content-Type"));
        Assert.Equal(400, (await server.Get(practice.Owner, $"/v1/clients/{practice.ClientId}/statement?from=2026-02-01&to=2026-01-01")).Code);
        Assert.Equal(404, (await server.Get(practice.Owner, $"/v1/clients/{Guid.NewGuid()}/statement")).Code);
    }

    private static decimal Receivable(JsonArray journal, Guid client, Func<string, bool> takes) => journal
        .Where(fact => (Guid?)fact!["clientId"] == client && takes((string)fact["date"]!))
        .SelectMany(fact => fact!["postings"]!.AsArray())
        .Where(posting => (string?)posting!["account"] == "Assets:Receivable")
        .Sum(posting => Amount(posting!["amount"]));

    private static decimal Amount(JsonNode? money) =>
        decimal.Parse((string)money!["amount"]!, System.Globalization.CultureInfo.InvariantCulture);
}
