using System.Globalization;
using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Taxes;

/// <summary>A practice that received 20,000.00 twice and spent 1,000.00 in 2026, and whose filer told last year's return.</summary>
public abstract class TaxBooks : IAsyncLifetime
{
    protected const string MidYear = "asOf=2026-07-01&projection=year-to-date";

    protected ApiServer Server { get; private set; } = null!;

    protected Practice Practice { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await ApiServer.Start();
        Practice = await Practice.OpenEmpty(Server);
        await Practice.AddClient();
        await Receive("2026-02-10", 20_000);
        await Receive("2026-06-08", 20_000);
        await Spend("2026-03-02", "1000.00");
        await Practice.Post("/v1/tax-years/2026:set-profile", $"{{{ReturnOfLastYear}}}");
    }

    /// <summary>Of a profile.</summary>
    protected const string ReturnOfLastYear = """
        "filingStatus":"single","priorYearTax":{"amount":"6000","currency":"USD"},"priorYearAgi":{"amount":"40000","currency":"USD"},
        "priorYearFiledInFull":true
        """;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Server.DisposeAsync();
    }

    protected async Task Receive(string day, int dollars)
    {
        // Nothing is charged for before 2026.
        var worked = string.CompareOrdinal(day, "2026-01-05") < 0 ? "2026-01-05" : day;
        var invoice = await Practice.Invoice(worked, hours: 2, issuedOn: worked);
        await Practice.Pay(invoice, FormattableString.Invariant($"{dollars}.00"), day);
    }

    protected Task<ApiAnswer> Spend(string day, string amount) => Practice.Post("/v1/expenses",
        $$$"""{"amount":{"amount":"{{{amount}}}","currency":"USD"},"category":"software","paidOn":"{{{day}}}"}""");

    protected Task<ApiAnswer> PayTax(int quarter, string amount, string day) => Practice.Post("/v1/tax-years/2026/payments",
        $$$"""{"quarter":{{{quarter}}},"amount":{"amount":"{{{amount}}}","currency":"USD"},"paidOn":"{{{day}}}"}""");

    protected static string? Amount(JsonNode? money) => (string?)money!["amount"];

    protected static decimal Dollars(JsonNode? money) => decimal.Parse(Amount(money)!, CultureInfo.InvariantCulture);
}
