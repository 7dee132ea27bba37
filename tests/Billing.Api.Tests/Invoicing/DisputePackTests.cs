using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Mailing;
using Billing.Api.Tests.Payments;

namespace Billing.Api.Tests.Invoicing;

/// <summary>A dispute pack has everything about its invoice, says what happened, and is the same bytes when nothing more has.</summary>
public sealed class DisputePackTests
{
    [Fact]
    public async Task Has_every_document_and_mail_of_the_invoice_and_tells_what_happened()
    {
        await using var mailed = await MailedPractice.Open();
        var practice = mailed.Practice;
        var invoice = await practice.Invoice("2026-03-02", hours: 2);
        await mailed.Becomes(await mailed.Send(invoice), "sent");
        var link = new Uri((string)(await practice.Post($"/v1/invoices/{invoice}:share", "{}")).Json["url"]!).AbsolutePath;
        (await mailed.Server.Get(null, link)).Ok();
        await practice.Pay(invoice, "30.00", "2026-04-10");
        await practice.Pay(invoice, "50.00", "2026-04-12");
        await practice.Post($"/v1/invoices/{invoice}:credit",
            """{"reason":"Late","amount":{"amount":"10.00","currency":"USD"},"clientCredit":{"amount":"10.00","currency":"USD"},"issuedOn":"2026-04-20"}""");
        await mailed.Server.CatchUp();

        var pack = await PaymentReceiptTests.Download(mailed.Server, practice.Owner, $"/v1/invoices/{invoice}/dispute-pack.zip");

        var files = Unpacked(pack);
        Assert.Equal(
            [
                "SHA256SUMS.txt", "credit-note-CN-2026-0001.pdf", "invoice-INV-2026-0001.pdf", "mails/01-invoice.txt", "receipt-1.pdf",
                "receipt-2.pdf", "summary.pdf", "timesheet.pdf",
            ],
            files.Keys);
        var summary = PaymentReceiptTests.TextOf(files["summary.pdf"]);
        string[] told =
        [
            "was issued, due on", "was taken by the mail server", "The client opened the invoice by its link", "$30.00 was received",
            "Credit note CN-2026-0001 over $10.00 was issued.", "Still open $0.00",
        ];
        foreach (var words in told) Assert.Contains(words, summary, StringComparison.Ordinal);
        Assert.Contains("All hours 2:00", PaymentReceiptTests.TextOf(files["timesheet.pdf"]), StringComparison.Ordinal);
        Assert.Equal(await PaymentReceiptTests.Download(mailed.Server, practice.Owner, $"/v1/invoices/{invoice}/pdf"), files["invoice-INV-2026-0001.pdf"]);
        var mail = Encoding.UTF8.GetString(files["mails/01-invoice.txt"]);
        Assert.Contains("[link to the invoice]", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("/i/", mail, StringComparison.Ordinal);
        foreach (var line in Encoding.UTF8.GetString(files["SHA256SUMS.txt"]).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Assert.Equal(line[..64], Convert.ToHexStringLower(SHA256.HashData(files[line[66..]])));
    }

    [Fact]
    public async Task Is_the_same_bytes_until_something_more_happens()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.Open(server);
        var invoice = await practice.Invoice("2026-03-02");
        var path = $"/v1/invoices/{invoice}/dispute-pack.zip";
        var first = await PaymentReceiptTests.Download(server, practice.Owner, path);
        await practice.Invoice("2026-03-05");
        await server.Restart();
        Assert.Equal(first, await PaymentReceiptTests.Download(server, practice.Bookkeeper, path));
        await practice.Pay(invoice, "40.00", "2026-04-10");
        Assert.NotEqual(first, await PaymentReceiptTests.Download(server, practice.Owner, path));
    }

    [Fact]
    public async Task Has_the_quote_that_became_the_work()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.Open(server);
        var quote = await practice.SendQuote();
        await practice.Post($"/v1/quotes/{quote}:accept", """{"acceptedBy":"Dana","options":[]}""");
        var turned = (await practice.Post($"/v1/quotes/{quote}:turn-into-invoice", "{}")).Json;
        var invoice = (Guid)(turned["invoiceId"] ?? turned["id"])!;
        await practice.Post($"/v1/invoices/{invoice}:finalize", """{"issuedOn":"2026-04-01"}""");
        await server.CatchUp();
        var files = Unpacked(await PaymentReceiptTests.Download(server, practice.Owner, $"/v1/invoices/{invoice}/dispute-pack.zip"));
        Assert.Single(files.Keys, name => name.StartsWith("quote-", StringComparison.Ordinal));
        Assert.Contains("accepted by Dana", PaymentReceiptTests.TextOf(files["summary.pdf"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_has_none()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.Open(server);
        var refused = await server.Get(practice.Owner, $"/v1/invoices/{practice.DraftId}/dispute-pack.zip");
        Assert.Equal((409, "invoice-not-finalized"), (refused.Code, refused.ProblemCode));
        Assert.Equal(404, (await server.Get(practice.Owner, $"/v1/invoices/{Guid.NewGuid()}/dispute-pack.zip")).Code);
    }

    private static SortedDictionary<string, byte[]> Unpacked(byte[] pack)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        using var zip = new ZipArchive(new MemoryStream(pack));
        foreach (var entry in zip.Entries)
        {
            // A clock's time would be told by the bytes two seconds later.
            Assert.Equal(1980, entry.LastWriteTime.Year);
            using var bytes = new MemoryStream();
            using (var content = entry.Open()) content.CopyTo(bytes);
            files.Add(entry.FullName[(entry.FullName.IndexOf('/', StringComparison.Ordinal) + 1)..], bytes.ToArray());
        }
        return files;
    }
}
