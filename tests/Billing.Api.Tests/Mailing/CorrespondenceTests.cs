using Billing.Api.Mailing;
using Billing.Api.Tests.Http;
using MimeKit;
using UglyToad.PdfPig;

namespace Billing.Api.Tests.Mailing;

/// <summary>What clients are sent, in their language, and what becomes of it.</summary>
public sealed class CorrespondenceTests
{
    [Fact]
    public async Task A_German_client_is_written_to_in_German_numbers_and_days()
    {
        await using var mailed = await MailedPractice.Open("EUR");
        await mailed.Practice.Post($"/v1/clients/{mailed.Practice.ClientId}:set-language", """{"language":"de"}""");
        var invoice = await mailed.Practice.Invoice("2026-03-02", hours: 24, issuedOn: "2026-04-01");

        await mailed.Becomes(await mailed.Send(invoice), "sent");

        var message = OutboxTests.Read(Assert.Single(mailed.Smtp.Received));
        Assert.Equal("Rechnung INV-2026-0001 von Juniper Assistance", message.Subject);
        Assert.Contains("vom 01.04.2026. Bitte zahlen Sie 960,00 € bis zum 15.04.2026.", message.TextBody, StringComparison.Ordinal);
        Assert.Equal("language-unknown", (string?)(await mailed.Server.Post(
            mailed.Practice.Owner, $"/v1/clients/{mailed.Practice.ClientId}:set-language", """{"language":"fr"}""")).Json["code"]);
    }

    [Fact]
    public async Task An_invoice_is_sent_then_viewed_by_its_client_and_not_by_the_practice_itself()
    {
        await using var mailed = await MailedPractice.Open();
        var invoice = await mailed.Practice.Invoice("2026-03-02");
        await mailed.Becomes(await mailed.Send(invoice), "sent");
        Assert.Equal("sent", await Status(mailed, invoice));
        var link = LinkIn(OutboxTests.Read(Assert.Single(mailed.Smtp.Received)));

        await mailed.Server.Get(mailed.Practice.Owner, link);
        Assert.Equal("sent", await Status(mailed, invoice));
        await mailed.Server.Get(null, link);
        await mailed.Server.Get(null, link);

        Assert.Equal("viewed", await Status(mailed, invoice));
        await mailed.Server.CatchUp();
        var listed = Assert.Single((await mailed.Practice.Get("/v1/invoices?status=viewed"))["items"]!.AsArray());
        Assert.NotNull(listed!["sentAt"]);
        var head = await mailed.Server.Head();
        await mailed.Server.Get(null, link);
        Assert.Equal(head, await mailed.Server.Head());

        await mailed.Becomes(await mailed.Send(invoice), "sent");
        Assert.Equal(link, LinkIn(OutboxTests.Read(mailed.Smtp.Received.Last())));
        Assert.Single((await mailed.Practice.Get($"/v1/invoices/{invoice}/links"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_receipt_is_sent_when_asked_for_and_by_itself_where_the_practice_says_so()
    {
        await using var mailed = await MailedPractice.Open();
        var invoice = await mailed.Practice.Invoice("2026-03-02", hours: 2);
        var first = await Pay(mailed, invoice, "30.00");
        await mailed.Becomes((await mailed.Practice.Post($"/v1/payments/{first}:send-receipt", "{}")).Id, "sent");
        var receipt = OutboxTests.Read(Assert.Single(mailed.Smtp.Received));
        Assert.Contains("we received $30.00 on Apr 10, 2026", receipt.TextBody, StringComparison.Ordinal);
        Assert.Contains("$50.00 is still open", receipt.TextBody, StringComparison.Ordinal);
        using var attached = PdfDocument.Open(Bytes(Assert.Single(receipt.Attachments.OfType<MimePart>())));
        Assert.Contains("$50.00 was left open", attached.GetPage(1).Text, StringComparison.Ordinal);

        await mailed.Practice.Post("/v1/mail-policy:set", """{"sendsReceipts":true,"sendsReminders":false,"reminderDays":[]}""");
        var second = await Pay(mailed, invoice, "50.00");

        await mailed.Becomes(Billing.Api.Exchange.NamedIds.Of(second, "receipt"), "sent");
        Assert.Equal(2, mailed.Smtp.Received.Count);
    }

    [Fact]
    public async Task What_is_overdue_is_reminded_of_once_for_each_step_with_the_statement()
    {
        await using var mailed = await MailedPractice.Open();
        var invoice = await mailed.Practice.Invoice("2026-03-02", hours: 2);
        await Pay(mailed, invoice, "30.00");
        await mailed.Server.CatchUp();
        var due = Assert.Single((await mailed.Practice.Get("/v1/reminders/due?day=2026-04-23"))["items"]!.AsArray());
        Assert.Equal((7, "50.00"), ((int)due!["stepDays"]!, (string?)due["open"]!["amount"]));
        Assert.Empty((await mailed.Practice.Get("/v1/reminders/due?day=2026-04-11"))["items"]!.AsArray());

        var sent = (await mailed.Practice.Post("/v1/reminders:send-due", "{}")).Json["items"]!.AsArray();
        var again = (await mailed.Practice.Post("/v1/reminders:send-due", "{}")).Json["items"]!.AsArray();

        await mailed.Becomes((Guid)Assert.Single(sent)!["mailId"]!, "sent");
        Assert.Empty(again);
        var message = OutboxTests.Read(Assert.Single(mailed.Smtp.Received));
        Assert.Equal("Reminder: invoice INV-2026-0001 was due on Apr 15, 2026", message.Subject);
        Assert.Contains("INV-2026-0001, due Apr 15, 2026: $50.00", message.TextBody, StringComparison.Ordinal);
        var attached = message.Attachments.OfType<MimePart>().ToList();
        Assert.Equal(2, attached.Count);
        using var pdf = PdfDocument.Open(Bytes(attached[1]));
        Assert.Contains("$50.00", pdf.GetPage(1).Text, StringComparison.Ordinal);
        Assert.Equal("finalized", await Status(mailed, await mailed.Practice.Invoice("2026-03-03", issuedOn: "2026-04-02")));
    }

    [Fact]
    public async Task A_practice_that_says_so_reminds_by_itself()
    {
        await using var mailed = await MailedPractice.Open();
        await mailed.Practice.Invoice("2026-03-02");
        await mailed.Practice.Post("/v1/mail-policy:set", """{"sendsReceipts":false,"sendsReminders":true,"reminderDays":[1]}""");
        await mailed.Server.CatchUp();

        var invoice = Assert.Single((await mailed.Practice.Get("/v1/invoices?status=overdue"))["items"]!.AsArray())!;
        Assert.True((int)invoice["daysOverdue"]! > 0);
        await mailed.Becomes(Billing.Api.Exchange.NamedIds.Of((Guid)invoice["invoiceId"]!, "reminder", "1"), "sent");

        Assert.Single(mailed.Smtp.Received);
    }

    [Fact]
    public async Task Without_a_server_mails_lie_readable_in_the_outbox()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.OpenEmpty(server);
        await practice.AddClient();
        var invoice = await practice.Invoice("2026-03-02");
        await practice.Post($"/v1/invoices/{invoice}:send", """{"recipient":"zoe@acme.example"}""");

        await server.CatchUp();
        var outbox = server.Services.GetService(typeof(Outbox)) as Outbox;
        await outbox!.Look(TestContext.Current.CancellationToken);

        var file = Assert.Single(Directory.GetFiles(Path.Combine(server.DataFolder, "outbox"), "*-invoice-*.eml"));
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains("\n$40.00", text.Replace("attached. ", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static async Task<string?> Status(MailedPractice mailed, Guid invoice)
    {
        await mailed.Server.CatchUp();
        return (string?)(await mailed.Practice.Get($"/v1/invoices/{invoice}"))["invoice"]!["status"];
    }

    private static async Task<Guid> Pay(MailedPractice mailed, Guid invoice, string amount) =>
        (await mailed.Practice.Pay(invoice, amount, "2026-04-10")).Id;

    private static string LinkIn(MimeMessage message) =>
        new Uri(message.TextBody!.Split('\n').Single(line => line.Contains("/i/", StringComparison.Ordinal)).Trim()).AbsolutePath;

    private static byte[] Bytes(MimePart part)
    {
        using var bytes = new MemoryStream();
        part.Content!.DecodeTo(bytes);
        return bytes.ToArray();
    }
}
