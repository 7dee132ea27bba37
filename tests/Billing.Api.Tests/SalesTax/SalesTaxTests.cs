using System.Text;
using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Invoicing;
using Billing.Api.Tests.Refusals;

namespace Billing.Api.Tests.SalesTax;

public sealed class SalesTaxTests(FullServer full) : IClassFixture<FullServer>
{
    private const string Texas = """{"default":{"category":"S","hundredThousandths":8250},"name":"Sales tax"}""";

    private ApiServer Server => full.Server;

    [Fact]
    public async Task An_invoice_with_tax_is_paid_in_part_credited_in_part_and_written_off_and_reconciles_at_each_step()
    {
        var practice = await Practice.Open(Server);
        await practice.Post("/v1/business:set-sales-tax", Texas);
        Assert.Equal(8250, (int?)(await practice.Get("/v1/sales-tax"))["default"]!["hundredThousandths"]);
        var id = await practice.Invoice("2026-01-07", hours: 3, issuedOn: "2026-05-01");
        var detail = await practice.Get($"/v1/invoices/{id}");
        Assert.Equal(("129.90", "9.90"), (Amount(detail["invoice"]!, "total"), Amount(detail["invoice"]!, "tax")));
        Assert.Equal("120.00", Amount(detail["taxes"]![0]!, "taxable"));
        await Reconciled.Holds(Server, practice.Id);

        await practice.Pay(id, "50.00", "2026-05-10");
        var cash = await practice.Get("/v1/cash?from=2026-05-01&to=2026-05-31");
        Assert.Equal(("46.19", "3.81"), ((string?)cash["received"]![0]!["amount"], (string?)cash["salesTax"]![0]!["amount"]));
        await Reconciled.Holds(Server, practice.Id);

        var credited = await practice.Post($"/v1/invoices/{id}:credit",
            """{"reason":"Half an hour","lines":[{"lineNumber":1,"amount":{"amount":"20.00","currency":"USD"}}],"issuedOn":"2026-05-11"}""");
        Assert.Equal(("21.65", "21.65"), (Amount(credited.Json, "total"), Amount(credited.Json, "reduced")));
        await Reconciled.Holds(Server, practice.Id);

        await practice.Post($"/v1/invoices/{id}:write-off", """{"reason":"Gone","writtenOffOn":"2026-05-20"}""");
        await Reconciled.Holds(Server, practice.Id);
        Assert.Equal("0.00", await Balance(practice, "Liabilities:Sales-Tax-Payable", less: "3.81"));
    }

    [Fact]
    public async Task Gross_receipts_of_the_tax_return_have_no_sales_tax_in_them()
    {
        var practice = await Practice.Open(Server);
        await practice.Post("/v1/tax-years/2026:set-profile", """{"filingStatus":"single"}""");
        var before = await GrossReceipts();
        await practice.Post("/v1/business:set-sales-tax", Texas);
        var id = await practice.Invoice("2026-01-07", hours: 3, issuedOn: "2026-05-01");
        await practice.Pay(id, "129.90", "2026-05-10");
        var cash = await practice.Get("/v1/cash?from=2026-05-01&to=2026-05-31");
        Assert.Equal("120.00", (string?)cash["received"]![0]!["amount"]);
        Assert.Equal("120.00", (string?)cash["byMonth"]![0]!["received"]!["amount"]);
        Assert.Equal(before + 120m, await GrossReceipts());

        async Task<decimal> GrossReceipts() => decimal.Parse(
            (string)(await practice.Get("/v1/tax-years/2026/estimate?asOf=2026-06-12"))["totals"]!["grossReceipts"]!["amount"]!,
            System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_retainer_pays_the_tax_too_which_is_income_no_more_and_a_void_takes_all_of_it_back()
    {
        var practice = await Practice.Open(Server);
        await practice.Post("/v1/business:set-sales-tax", Texas);
        var deposit = (await practice.Post($"/v1/retainers/{practice.RetainerId}:request-deposit",
            $$$"""{"clientId":"{{{practice.ClientId}}}","amount":{"amount":"200.00","currency":"USD"}}""")).Id;
        await practice.Post($"/v1/invoices/{deposit}:finalize", """{"issuedOn":"2026-05-01"}""");
        await practice.Pay(deposit, "200.00", "2026-05-02");
        var entry = await practice.Log(practice.Owner, "2026-05-04", 3600);
        var draft = (await practice.Post("/v1/invoices",
            $$"""{"clientId":"{{practice.ClientId}}","through":"2026-05-04","entryIds":["{{entry}}"],"expenseIds":[],"retainerIds":["{{practice.RetainerId}}"]}""")).Id;
        var final = await practice.Post($"/v1/invoices/{draft}:finalize", """{"issuedOn":"2026-05-05"}""");
        Assert.Equal(("43.30", "3.30", "0.00"), (Amount(final.Json, "retainerApplied"), Amount(final.Json, "tax"), Amount(final.Json, "due")));
        var cash = await practice.Get("/v1/cash?from=2026-05-01&to=2026-05-31");
        Assert.Equal(("196.70", "3.30"), ((string?)cash["received"]![0]!["amount"], (string?)cash["salesTax"]![0]!["amount"]));
        await Reconciled.Holds(Server, practice.Id);
        await practice.Post($"/v1/invoices/{draft}:void", """{"reason":"Wrong","voidedOn":"2026-05-06"}""");
        cash = await practice.Get("/v1/cash?from=2026-05-01&to=2026-05-31");
        Assert.Equal(("200.00", "0.00"), ((string?)cash["received"]![0]!["amount"], (string?)cash["salesTax"]![0]!["amount"]));
        await Reconciled.Holds(Server, practice.Id);
    }

    [Fact]
    public async Task Discounts_an_order_number_and_a_note_are_said_on_the_draft_and_shown_for_good()
    {
        var practice = await Practice.Open(Server);
        await practice.Post("/v1/business:set-sales-tax", Texas);
        var entry = await practice.Log(practice.Owner, "2026-05-04", 3600);
        var draft = (await practice.Post("/v1/invoices",
            $$"""{"clientId":"{{practice.ClientId}}","through":"2026-05-04","entryIds":["{{entry}}"],"expenseIds":[],"retainerIds":[],"purchaseOrder":"PO-1","discounts":[{"basisPoints":5000}]}""")).Id;
        await practice.Post($"/v1/invoices/{draft}:describe",
            """{"purchaseOrder":"PO-7","note":"Thanks","discounts":[{"amount":{"amount":"10.00","currency":"USD"}}]}""");
        var preview = await practice.Get($"/v1/invoices/{draft}");
        Assert.Equal(("32.48", "2.48"), (Amount(preview["preview"]!, "total"), Amount(preview["taxes"]![0]!, "tax")));
        await practice.Post($"/v1/invoices/{draft}:finalize", """{"issuedOn":"2026-05-05"}""");
        var detail = await practice.Get($"/v1/invoices/{draft}");
        Assert.Equal(("PO-7", "Thanks"), ((string?)detail["invoice"]!["purchaseOrder"], (string?)detail["invoice"]!["note"]));
        Assert.Equal(
            ["time 40.00", "discount -10.00", "tax 2.48"],
            detail["lines"]!.AsArray().Select(line => $"{(string?)line!["kind"]} {Amount(line, "amount")}"));
        await Reconciled.Holds(Server, practice.Id);
    }

    [Fact]
    public async Task A_client_who_gets_electronic_invoices_gets_none_that_lacks_anything()
    {
        var practice = await Practice.Open(Server);
        await practice.Post($"/v1/clients/{practice.ClientId}:agree-e-invoicing", """{"format":"zugferd"}""");
        var entry = await practice.Log(practice.Owner, "2026-05-04", 3600);
        var draft = (await practice.Post("/v1/invoices",
            $$"""{"clientId":"{{practice.ClientId}}","through":"2026-05-04","entryIds":["{{entry}}"],"expenseIds":[],"retainerIds":[]}""")).Id;
        var refused = await Server.Post(practice.Owner, $"/v1/invoices/{draft}:finalize", """{"issuedOn":"2026-05-05"}""");
        Assert.Equal((409, "e-invoice-incomplete"), (refused.Code, refused.ProblemCode));
        Assert.Contains("BT-55", refused.Text, StringComparison.Ordinal);
        await practice.Post($"/v1/clients/{practice.ClientId}:agree-e-invoicing",
            """{"format":"zugferd","address":{"countryCode":"DE"}}""");
        await practice.Post($"/v1/invoices/{draft}:finalize", """{"issuedOn":"2026-05-05"}""");
        var xml = await Bytes(practice, $"/v1/invoices/{draft}/e-invoice.xml");
        Assert.Contains("<ram:ID>urn:cen.eu:en16931:2017</ram:ID>", Encoding.UTF8.GetString(xml), StringComparison.Ordinal);
        Assert.Equal(xml, await Bytes(practice, $"/v1/invoices/{draft}/e-invoice.xml"));
        var pdf = await Bytes(practice, $"/v1/invoices/{draft}/pdf");
        Assert.Contains("<fx:DocumentFileName>factur-x.xml<", Encoding.UTF8.GetString(pdf), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_a_german_client_reads_german_and_says_why_no_tax_is_charged()
    {
        var practice = await Practice.Open(Server);
        await practice.Post($"/v1/clients/{practice.ClientId}:set-language", """{"language":"de"}""");
        await practice.Post($"/v1/clients/{practice.ClientId}:agree-tax", """{"treatment":{"category":"AE"},"vatId":"ATU12345675"}""");
        Assert.Equal("AE", (string?)(await practice.Get($"/v1/clients/{practice.ClientId}/tax"))["holds"]!["default"]!["category"]);
        var id = await practice.Invoice("2026-01-07", hours: 3, issuedOn: "2026-05-01");
        var shared = await practice.Post($"/v1/invoices/{id}:share", "{}");
        var path = new Uri(shared.Json["url"]!.GetValue<string>()).AbsolutePath;
        var page = System.Net.WebUtility.HtmlDecode(
            await Server.Http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));
        foreach (var words in new[]
        {
            "Rechnung", "Wofür", "USt. 0 % auf 120,00 USD", "Steuerschuldnerschaft des Leistungsempfängers.", "Als PDF herunterladen",
        })
        {
            Assert.Contains(words, page, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("Download", page, StringComparison.Ordinal);
    }

    private async Task<byte[]> Bytes(Practice practice, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", practice.Owner);
        using var answer = await Server.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>What an account owes, less so much.</summary>
    private static async Task<string> Balance(Practice practice, string account, string less)
    {
        var rows = (await practice.Get("/v1/reports/trial-balance?to=2026-12-31"))["rows"]!.AsArray();
        var row = rows.Single(row => (string?)row!["subject"] == account)!;
        var owed = -decimal.Parse(
            (string)row["figures"]!["balance"]!["amount"]!["amount"]!, System.Globalization.CultureInfo.InvariantCulture);
        return (owed - decimal.Parse(less, System.Globalization.CultureInfo.InvariantCulture))
            .ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string? Amount(JsonNode node, string name) => (string?)node[name]?["amount"];
}
