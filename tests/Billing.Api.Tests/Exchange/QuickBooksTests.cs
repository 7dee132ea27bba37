using System.Globalization;
using System.Text;
using Billing.Api.Demo;
using Billing.Api.Exchange;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Payments;
using CsvHelper;

namespace Billing.Api.Tests.Exchange;

/// <summary>The file as QuickBooks Online reads it, against the books that it is made of.</summary>
public sealed class QuickBooksTests
{
    private const string Header =
        "*InvoiceNo,*Customer,*InvoiceDate,*DueDate,Terms,Location,Memo,Item(Product/Service),ItemDescription,ItemQuantity,ItemRate,"
        + "*ItemAmount,Service Date";

    [Fact]
    public async Task Rows_of_each_invoice_sum_to_its_total_and_none_is_below_zero()
    {
        await using var server = await ApiServer.Start();
        var tokens = await new DemoPractice(server.Services, null, server.Address).Make(TestContext.Current.CancellationToken);
        await server.CatchUp();

        var rows = Read(await Text(server, tokens.Owner, "?currency=USD"));

        var listed = (await server.Get(tokens.Owner, "/v1/invoices?limit=500")).Ok().Items
            .Where(row => (string?)row["total"]?["currency"] == "USD" && (string?)row["number"] is not null)
            .Where(row => (string?)row["status"] is not ("voided" or "draft" or "discarded"))
            .ToDictionary(row => (string)row["number"]!, row => Amount((string)row["total"]!["amount"]!));
        Assert.Contains(rows, row => row["Item(Product/Service)"] == "Sales tax");
        Assert.Empty(Read(await Text(server, tokens.Owner, "?currency=EUR")));
        Assert.Equal(
            listed.Where(of => of.Value > 0).OrderBy(of => of.Key, StringComparer.Ordinal),
            rows.GroupBy(row => row["*InvoiceNo"]).ToDictionary(of => of.Key, of => of.Sum(row => Amount(row["*ItemAmount"])))
                .OrderBy(of => of.Key, StringComparer.Ordinal));
        Assert.All(rows, row =>
        {
            Assert.True(Amount(row["*ItemAmount"]) > 0);
            Assert.Equal(Amount(row["*ItemAmount"]), Amount(row["ItemQuantity"]) * Amount(row["ItemRate"]));
        });
    }

    [Fact]
    public async Task The_header_is_the_samples_and_days_are_written_as_asked()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.Open(server);

        var american = await Text(server, practice.Owner, "");
        var german = await Text(server, practice.Owner, "?dateForm=dd.mm.yyyy");

        Assert.StartsWith(Header + "\r\n", american, StringComparison.Ordinal);
        Assert.Matches("^[0-9]{2}/[0-9]{2}/2026$", Read(american)[0]["*InvoiceDate"]);
        Assert.Matches(@"^[0-9]{2}\.[0-9]{2}\.2026$", Read(german)[0]["*DueDate"]);
    }

    [Fact]
    public async Task What_a_discount_takes_off_is_taken_off_the_lines()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.OpenEmpty(server);
        var client = (await practice.Post("/v1/clients", """{"name":"Acme","currency":"USD"}""")).Id;
        var care = """{"description":"Care","amount":{"amount":"100.00","currency":"USD"}}""";
        var site = """{"description":"Site","amount":{"amount":"33.33","currency":"USD"}}""";
        var invoice = (await practice.Post(
            "/v1/invoices",
            $$"""{"clientId":"{{client}}","through":"2026-03-31","fees":[{{care}},{{site}}],"discounts":[{"basisPoints":1000}]}""")).Id;
        await practice.Post($"/v1/invoices/{invoice}:finalize", """{"issuedOn":"2026-03-31"}""");

        var rows = Read(await Text(server, practice.Owner, ""));

        Assert.Equal(["Care 90.00", "Site 30.00"], rows.Select(row => $"{row["ItemDescription"]} {row["*ItemAmount"]}"));
    }

    [Fact]
    public async Task More_than_a_file_takes_is_refused_and_fewer_days_are_not()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.OpenEmpty(server);
        var client = (await practice.Post("/v1/clients", """{"name":"Acme: West","currency":"USD"}""")).Id;
        for (var i = 0; i <= QuickBooksInvoices.MostInvoices; i++)
        {
            var fee = """{"description":"Care","amount":{"amount":"10.00","currency":"USD"}}""";
            var invoice = (await practice.Post(
                "/v1/invoices", $$"""{"clientId":"{{client}}","through":"2026-03-31","fees":[{{fee}}]}""")).Id;
            await practice.Post($"/v1/invoices/{invoice}:finalize", $$"""{"issuedOn":"2026-0{{(i % 2) + 3}}-01"}""");
        }

        var refused = await server.Get(practice.Owner, "/v1/invoices.quickbooks.csv");
        var rows = Read(await Text(server, practice.Owner, "?from=2026-03-01&to=2026-03-31"));

        Assert.Equal((422, "too-much-for-one-file"), (refused.Code, refused.ProblemCode));
        Assert.Equal(51, rows.Count);
        Assert.All(rows, row => Assert.Equal(
            ("Acme - West", "Services", "Care"), (row["*Customer"], row["Item(Product/Service)"], row["ItemDescription"])));
    }

    private static async Task<string> Text(ApiServer server, string token, string query) =>
        Encoding.UTF8.GetString(await PaymentReceiptTests.Download(server, token, $"/v1/invoices.quickbooks.csv{query}"));

    private static List<Dictionary<string, string>> Read(string text)
    {
        using var csv = new CsvReader(new StringReader(text), CultureInfo.InvariantCulture);
        Assert.True(csv.Read() && csv.ReadHeader());
        var rows = new List<Dictionary<string, string>>();
        while (csv.Read()) rows.Add(csv.HeaderRecord!.ToDictionary(column => column, column => csv.GetField(column)!));
        return rows;
    }

    private static decimal Amount(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
