using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Refusals;

namespace Billing.Api.Tests.Invoicing;

public sealed class CreditNoteTests(FullServer full) : IClassFixture<FullServer>
{
    private ApiServer Server => full.Server;

    /// <summary>The partly paid invoice: 80.00, of which 50.00 came, and 40.00 were credited with 10.00 to be refunded.</summary>
    [Fact]
    public async Task Takes_off_what_is_due_first_and_owes_the_rest_until_it_is_given_back()
    {
        var practice = await Practice.Open(Server);
        var note = Items(await practice.Get($"/v1/invoices/{practice.PaidInvoiceId}/credit-notes")).Single();
        Assert.Equal(("CN-2026-0001", "40.00", "30.00", "10.00"), (
            (string?)note["number"], Amount(note, "total"), Amount(note, "reduced"), Amount(note, "refundDue")));
        var invoice = (await practice.Get($"/v1/invoices/{practice.PaidInvoiceId}"))["invoice"]!;
        Assert.Equal(("paid", "0.00", "40.00"), ((string?)invoice["status"], Amount(invoice, "open"), Amount(invoice, "credited")));
        await Reconciled.Holds(Server, practice.Id);

        await practice.Post($"/v1/invoices/{practice.PaidInvoiceId}:settle-refund",
            $$"""{"creditNoteId":"{{practice.CreditNoteId}}","method":"transfer","settledOn":"2026-03-09"}""");
        Assert.Equal("2026-03-09", (string?)Items(await practice.Get("/v1/credit-notes")).Single()["refundedOn"]);
        var months = (await practice.Get("/v1/cash?from=2026-01-01&to=2026-12-31"))["byMonth"]!.AsArray();
        Assert.Equal(["50.00", "-10.00"], months.Select(month => Amount(month!, "received")));
        await Reconciled.Holds(Server, practice.Id);
    }

    [Fact]
    public async Task Has_numbers_without_a_gap_and_reduces_what_the_client_owes_and_can_pay()
    {
        var practice = await Practice.Open(Server);
        var path = $"/v1/invoices/{practice.InvoiceId}";
        var first = await practice.Post($"{path}:credit",
            """{"reason":"Late","lines":[{"lineNumber":1,"amount":{"amount":"20.00","currency":"USD"}}],"issuedOn":"2026-03-02"}""");
        Assert.Equal(("CN-2026-0002", "20.00"), ((string?)first.Json["number"], Amount(first.Json, "reduced")));
        var tooMuch = await Server.Post(practice.Owner, $"{path}:credit", """{"reason":"Late","amount":{"amount":"100.01","currency":"USD"}}""");
        Assert.Equal((409, "credit-exceeds-invoice"), (tooMuch.Code, tooMuch.ProblemCode));
        Assert.Equal("100.00", Amount((await practice.Get(path))["invoice"]!, "open"));
        var rest = await practice.Post($"{path}:credit", """{"reason":"Gone","issuedOn":"2026-03-03"}""");
        Assert.Equal("CN-2026-0003", (string?)rest.Json["number"]);
        Assert.Equal("credited", (string?)(await practice.Get(path))["invoice"]!["status"]);
        Assert.Empty(Items(await practice.Get("/v1/receivables")));
        await Reconciled.Holds(Server, practice.Id);
    }

    [Fact]
    public async Task Is_an_electronic_invoice_of_its_own_and_within_the_pdf_of_a_client_who_gets_zugferd()
    {
        var practice = await Practice.Open(Server);
        await practice.Post($"/v1/clients/{practice.ClientId}:agree-e-invoicing", """{"format":"zugferd","address":{"countryCode":"DE"}}""");
        var id = await practice.Invoice("2026-01-07", issuedOn: "2026-05-01");
        await practice.Post($"/v1/invoices/{id}:credit", """{"reason":"All of it","issuedOn":"2026-05-03"}""");
        var path = $"/v1/invoices/{id}/credit-notes/CN-2026-0002";
        var xml = System.Text.Encoding.UTF8.GetString(await Bytes(practice, $"{path}/e-invoice.xml"));
        Assert.Contains("<ram:TypeCode>381</ram:TypeCode>", xml, StringComparison.Ordinal);
        Assert.Contains("<ram:IssuerAssignedID>INV-2026-", xml, StringComparison.Ordinal);
        var pdf = System.Text.Encoding.Latin1.GetString(await Bytes(practice, $"{path}/pdf"));
        Assert.Contains("<fx:DocumentFileName>factur-x.xml<", pdf, StringComparison.Ordinal);
        var unknown = await Server.Get(practice.Owner, $"/v1/invoices/{id}/credit-notes/CN-2026-0001/e-invoice.xml");
        Assert.Equal((404, "not-found"), (unknown.Code, unknown.ProblemCode));
    }

    [Fact]
    public async Task Is_seen_by_whoever_sees_the_invoice_and_its_document_never_changes()
    {
        var practice = await Practice.Open(Server);
        await practice.Post($"/v1/invoices/{practice.InvoiceId}:credit",
            """{"reason":"Agreed by phone","amount":{"amount":"20.00","currency":"USD"},"issuedOn":"2026-03-02"}""");
        var path = $"/v1/invoices/{practice.InvoiceId}/credit-notes/CN-2026-0002/pdf";
        var before = await Bytes(practice, path);
        var page = await Text($"{practice.SharePath}/credit-notes/CN-2026-0002");
        Assert.Contains("Credit note CN-2026-0002", page, StringComparison.Ordinal);
        Assert.Contains("Agreed by phone", page, StringComparison.Ordinal);
        Assert.DoesNotContain("-$", page, StringComparison.Ordinal);
        Assert.Contains($"{practice.SharePath}/credit-notes/CN-2026-0002", await Text(practice.SharePath), StringComparison.Ordinal);

        await practice.Post($"/v1/invoices/{practice.InvoiceId}:credit", """{"reason":"Rest","issuedOn":"2026-03-04"}""");
        Assert.Equal(before, await Bytes(practice, path));
        var missing = await Server.Get(practice.Owner, $"/v1/invoices/{practice.InvoiceId}/credit-notes/CN-2026-0099/pdf");
        Assert.Equal(404, missing.Code);
    }

    private async Task<byte[]> Bytes(Practice practice, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", practice.Owner);
        using var answer = await Server.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private async Task<string> Text(string path)
    {
        using var answer = await Server.Http.GetAsync(new Uri(path, UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }

    private static IEnumerable<JsonNode> Items(JsonNode list) => list["items"]!.AsArray().Select(item => item!);

    private static string? Amount(JsonNode node, string field) => (string?)node[field]!["amount"];
}
