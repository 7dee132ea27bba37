using Billing.Api.Tests.Http;
using UglyToad.PdfPig;

namespace Billing.Api.Tests.Payments;

/// <summary>The receipt for a payment says what came, for what, and what it left open; it changes only when money moves.</summary>
public sealed class PaymentReceiptTests
{
    [Fact]
    public async Task Each_part_payment_has_its_own_receipt_with_what_it_left_open()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.Open(server);
        var invoice = await practice.Invoice("2026-03-03", hours: 2);
        var first = (await practice.Pay(invoice, "30.00", "2026-04-10")).Id;
        var before = await Download(server, practice.Owner, $"/v1/payments/{first}/receipt/pdf");
        var second = (await practice.Pay(invoice, "60.00", "2026-04-12")).Id;

        var after = await Download(server, practice.Owner, $"/v1/payments/{first}/receipt/pdf");
        Assert.Equal(before, after);
        Assert.Contains("$50.00 was left open", TextOf(after), StringComparison.Ordinal);
        Assert.Contains("Received on Apr 10, 2026", TextOf(after), StringComparison.Ordinal);
        Assert.Contains("Bank transfer", TextOf(after), StringComparison.Ordinal);
        var last = TextOf(await Download(server, practice.Owner, $"/v1/payments/{second}/receipt/pdf"));
        Assert.Contains("Nothing was left open", last, StringComparison.Ordinal);
        Assert.Contains("Kept as your credit", last, StringComparison.Ordinal);
        Assert.Equal(404, (await server.Get(practice.Owner, $"/v1/payments/{Guid.NewGuid()}/receipt/pdf")).Code);
    }

    [Fact]
    public async Task A_share_link_gives_the_receipts_of_its_own_invoice_and_no_other()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.Open(server);
        var invoice = await practice.Invoice("2026-03-03");
        var payment = (await practice.Pay(invoice, "40.00", "2026-04-10")).Id;
        var other = (await practice.Pay(await practice.Invoice("2026-03-05"), "40.00", "2026-04-11")).Id;
        var path = new Uri((string)(await practice.Post($"/v1/invoices/{invoice}:share", "{}")).Json["url"]!).AbsolutePath;

        var page = (await server.Get(null, path)).Ok().Text;

        Assert.Contains($"href=\"{path}/receipts/{payment}/receipt.pdf\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"{other}", page, StringComparison.Ordinal);
        Assert.Equal(
            await Download(server, practice.Owner, $"/v1/payments/{payment}/receipt/pdf"),
            await Download(server, null, $"{path}/receipts/{payment}/receipt.pdf"));
        Assert.Equal(404, (await server.Get(null, $"{path}/receipts/{other}/receipt.pdf")).Code);
    }

    internal static async Task<byte[]> Download(ApiServer server, string? token, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        return await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    internal static string TextOf(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return string.Join(' ', document.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text));
    }
}
