using System.Net.Http.Headers;
using System.Text;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Invoicing;

namespace Billing.Api.Tests.Fuzz;

public sealed class FoundServer : IAsyncLifetime
{
    public ApiServer Server { get; private set; } = null!;

    public Practice Practice { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await ApiServer.Start();
        Practice = await Practice.Open(Server);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

/// <summary>What random requests have shown once, each kind by itself.</summary>
public sealed class FoundTests(FoundServer found) : IClassFixture<FoundServer>
{
    private const string Multipart = "multipart/form-data; boundary=x", Plain = "application/x-www-form-urlencoded";

    [Theory]
    [InlineData("/sign-in", Multipart, "token=x", 401), InlineData("/sign-in", Plain, "token=%00", 401)]
    [InlineData("/time/start", Multipart, "note=x", 415), InlineData("/time/start", Plain, "note=%00", 415)]
    [InlineData("quote", Multipart, "revision=1", 415), InlineData("quote", Multipart, "--x\r\n", 415), InlineData("quote", Plain, "a=%00", 415)]
    [InlineData("quote", "multipart/form-data", "revision=1", 415), InlineData("quote", "text/plain", "revision=1", 415)]
    public async Task A_form_that_is_not_written_as_it_says_is_refused(string path, string mediaType, string body, int status)
    {
        if (path == "quote") path = $"{found.Practice.QuotePath}/accept";
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Headers.Add("Cookie", $"billing-session={found.Practice.Owner}");

        Assert.Equal(status, (await found.Server.Send(request)).Code);
        Assert.Empty(found.Server.Errors);
    }

    [Theory]
    [InlineData("Idempotency-Key", "", "", "Asia/Tokyo"), InlineData("Idempotency-Key", "a b", "", "Asia/Seoul")]
    [InlineData("If-Match", "99", "", "Asia/Taipei"), InlineData("If-Match", "\"99\"", "", "Asia/Macau")]
    [InlineData("Accept", "*/*", "?dryRun=true", "Asia/Jakarta"), InlineData("Accept", "*/*", "?dryRun=x", "Asia/Manila")]
    public async Task A_form_of_a_page_does_what_it_says_whatever_else_is_sent_for_the_api(
        string header, string value, string query, string zone)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/zone{query}") { Content = new FormUrlEncodedContent([new("zone", zone)]) };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Headers.Add("Cookie", $"billing-session={found.Practice.Owner}");
        request.Headers.TryAddWithoutValidation(header, value);

        Assert.Equal(303, (await found.Server.Send(request)).Code);
        Assert.Equal(zone, (string?)(await found.Practice.Get("/v1/me"))["timeZone"]);
        Assert.Empty(found.Server.Errors);
    }

    [Theory]
    [InlineData("/v1/clients"), InlineData("/v1/business/logo"), InlineData("/v1/bank-statements")]
    public async Task A_chunk_of_a_size_beyond_counting_is_refused(string path)
    {
        using var wire = new Wire(found.Server.Address);
        var head = $"POST {path} HTTP/1.1\r\nHost: {found.Server.Address.Authority}\r\nAuthorization: Bearer {found.Practice.Owner}"
            + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked";
        var answer = await wire.Send(
            new WireRequest(path, "POST", head, "FFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n"u8.ToArray(), IsBroken: false),
            TestContext.Current.CancellationToken);

        Assert.Equal((400, "unreadable-request"), (answer!.Code, answer.ProblemCode));
        Assert.Null(Refused.Fault(answer));
        Assert.Empty(found.Server.Errors);
    }

    [Fact]
    public async Task What_a_retainer_gives_back_is_due_to_the_client_and_no_longer_unearned()
    {
        var practice = found.Practice;
        await World.PayAhead(practice);
        await practice.Post($"/v1/retainers/{practice.EvergreenId}:refund", """{"refundedOn":"2026-03-09"}""");

        await Reconciled.Holds(found.Server, practice.Id);
        var journal = (await practice.Get("/v1/journal?from=2026-03-09&to=2026-03-09"))["items"]!.AsArray();
        Assert.Equal(
            [("Liabilities:Unearned", "500.00"), ("Liabilities:Refunds-Payable", "-500.00")],
            journal.Single()!["postings"]!.AsArray().Select(p => ((string)p!["account"]!, (string)p["amount"]!["amount"]!)));
    }

    [Fact]
    public async Task What_was_paid_after_credit_was_taken_off_has_its_receipt()
    {
        var practice = found.Practice;
        await practice.Pay(await practice.Invoice("2026-01-19"), "90.00", "2026-04-02");
        var invoice = await practice.Invoice("2026-01-20", hours: 3, issuedOn: "2026-02-01");
        await practice.Post($"/v1/invoices/{invoice}:apply-credit", """{"amount":{"amount":"5.00","currency":"USD"}}""");
        await practice.Post($"/v1/invoices/{invoice}:take-credit-off", "{}");
        var payment = (await practice.Pay(invoice, "10.00", "2026-03-10")).Id;
        for (var n = 0; n < 3; n++) (await found.Server.Get(practice.Owner, $"/v1/payments/{payment}/receipt/pdf")).Ok();
        (await found.Server.Get(practice.Owner, $"/v1/invoices/{invoice}/dispute-pack.zip")).Ok();
        Assert.Empty(found.Server.Errors);
    }

    [Fact]
    public async Task A_credit_note_without_its_invoice_points_to_what_is_missing()
    {
        var answer = await found.Server.Post(
            found.Practice.Owner, $"/v1/invoices/{found.Practice.InvoiceId}:apply-credit", $$"""{"creditNoteId":"{{found.Practice.CreditNoteId}}"}""");

        Assert.Equal((400, "invalid-request"), (answer.Code, answer.ProblemCode));
        Assert.Null(Refused.Fault(answer, "/sourceInvoiceId"));
    }

    [Theory]
    [InlineData("/v1/expenses/{id:guid}/receipts", "/{hash}"), InlineData("/v1/business/logo", "")]
    public async Task A_file_of_another_version_than_asked_for_says_so(string which, string rest)
    {
        var file = SpecialRequests.Files(found.Practice)[$"POST {which}"];
        (await found.Server.PostBytes(found.Practice.Owner, file.Path, file.Bytes, file.MediaType)).Ok();
        var path = SpecialRequests.Queries(found.Practice)[$"GET {which}{rest}"].Path;

        var answer = await found.Server.Get(found.Practice.Owner, path, ("If-Match", "\"1\", \"2\""));

        Assert.Equal((412, "version-mismatch"), (answer.Code, answer.ProblemCode));
        Assert.Null(Refused.Fault(answer));
    }
}
