using Billing.Api.Tests.Http;
using Billing.TestSupport.Smtp;
using MimeKit;

namespace Billing.Api.Tests.Mailing;

/// <summary>What becomes of a mail when the mail server does not do as it should.</summary>
public sealed class OutboxTests : IAsyncLifetime
{
    private MailedPractice _mailed = null!;
    private Guid _invoice;

    public async ValueTask InitializeAsync()
    {
        _mailed = await MailedPractice.Open();
        _invoice = await _mailed.Practice.Invoice("2026-03-02", issuedOn: "2026-04-01");
    }

    public ValueTask DisposeAsync() => _mailed.DisposeAsync();

    [Fact]
    public async Task A_mail_goes_out_once_with_the_invoice_and_the_link_to_it()
    {
        var mail = await _mailed.Send(_invoice);

        var seen = await _mailed.Becomes(mail, "sent");
        Assert.Equal((1, "office@acme.example"), ((int)seen["attempts"]!, (string?)seen["recipient"]));
        var received = Assert.Single(_mailed.Smtp.Received);
        Assert.Equal(("mail@juniper.example", "office@acme.example"), (received.Sender, received.Recipient));
        var message = Read(received);
        Assert.Equal("Invoice INV-2026-0001 from Juniper Assistance", message.Subject);
        Assert.Contains("$40.00 is due on Apr 15, 2026.", message.TextBody, StringComparison.Ordinal);
        var link = message.TextBody!.Split('\n').Single(line => line.Contains("/i/", StringComparison.Ordinal)).Trim();
        Assert.Equal(200, (await _mailed.Server.Get(null, new Uri(link).AbsolutePath)).Code);
        var pdf = Assert.IsType<MimePart>(Assert.Single(message.Attachments));
        Assert.Equal("INV-2026-0001.pdf", pdf.FileName);
    }

    [Theory]
    [InlineData("MAIL", "451 4.3.0 try later")]
    [InlineData("RCPT", "450 4.2.1 box busy")]
    [InlineData("DATA", "451 4.3.0 not now")]
    [InlineData(".", "452 4.2.2 no room")]
    [InlineData("RCPT", null)]
    [InlineData("MAIL", "421 4.3.2 closing")]
    public async Task What_passes_is_tried_again_until_the_mail_is_there_once(string at, string? reply)
    {
        _mailed.Smtp.Fail(new SmtpFault(at, reply), new SmtpFault(at, reply));

        var seen = await _mailed.Becomes(await _mailed.Send(_invoice), "sent");

        Assert.Equal(3, (int)seen["attempts"]!);
        Assert.Single(_mailed.Smtp.Received);
    }

    [Theory]
    [InlineData("RCPT", "550 5.1.1 no such box")]
    [InlineData(".", "554 5.6.0 no mail like this")]
    public async Task What_the_server_refuses_for_good_is_given_up_and_shown_and_can_be_sent_elsewhere(string at, string reply)
    {
        _mailed.Smtp.Fail(new SmtpFault(at, reply));

        var mail = await _mailed.Send(_invoice);
        var seen = await _mailed.Becomes(mail, "failed");

        Assert.Equal(1, (int)seen["attempts"]!);
        Assert.Contains(reply[..3], (string?)seen["reason"], StringComparison.Ordinal);
        var failed = Assert.Single((await _mailed.Practice.Get("/v1/mails?status=failed"))["items"]!.AsArray());
        Assert.Equal(mail, (Guid)failed!["mailId"]!);
        var detail = await _mailed.Practice.Get($"/v1/invoices/{_invoice}");
        Assert.Equal("failed", (string?)Assert.Single(detail["mails"]!.AsArray())!["status"]);
        Assert.Equal("finalized", (string?)detail["invoice"]!["status"]);

        await _mailed.Practice.Post($"/v1/mails/{mail}:resend", """{"recipient":"books@acme.example"}""");
        await _mailed.Becomes(mail, "sent");
        Assert.Equal("books@acme.example", Assert.Single(_mailed.Smtp.Received).Recipient);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_tried_until_the_mail_is_given_up()
    {
        _mailed.Smtp.Close();

        var seen = await _mailed.Becomes(await _mailed.Send(_invoice), "failed");

        Assert.Equal(7, (int)seen["attempts"]!);
        Assert.Empty(_mailed.Server.Errors);
        _mailed.Smtp.Open();
        await _mailed.Practice.Post($"/v1/mails/{(Guid)seen["mailId"]!}:resend", "{}");
        await _mailed.Becomes((Guid)seen["mailId"]!, "sent");
        Assert.Single(_mailed.Smtp.Received);
    }

    [Fact]
    public async Task Whether_a_mail_arrived_is_unknown_where_the_connection_ends_within_it()
    {
        _mailed.Smtp.Fail(new SmtpFault(".", null) { DropAfterLines = 3 });

        var mail = await _mailed.Send(_invoice);
        var seen = await _mailed.Becomes(mail, "unknown");

        Assert.Equal(1, (int)seen["attempts"]!);
        Assert.Empty(_mailed.Smtp.Received);
        await _mailed.Practice.Post($"/v1/mails/{mail}:resend", "{}");
        await _mailed.Becomes(mail, "sent");
        Assert.Single(_mailed.Smtp.Received);
    }

    [Fact]
    public async Task A_mail_that_was_taken_without_an_answer_is_not_sent_again_and_a_person_confirms_it()
    {
        _mailed.Smtp.Fail(SmtpFault.TakeAndDrop);

        var mail = await _mailed.Send(_invoice);
        await _mailed.Becomes(mail, "unknown");
        await _mailed.Practice.Post($"/v1/mails/{mail}:confirm", "{}");

        await _mailed.Becomes(mail, "sent");
        Assert.Equal("sent", (string?)(await _mailed.Practice.Get($"/v1/invoices/{_invoice}"))["invoice"]!["status"]);
        Assert.Single(_mailed.Smtp.Received);
    }

    [Fact]
    public async Task A_mail_that_waits_survives_a_restart()
    {
        _mailed.Smtp.Fail(new SmtpFault("RCPT", "450 4.2.1 box busy"));
        var mail = await _mailed.Send(_invoice);

        await _mailed.Server.Restart();

        await _mailed.Becomes(mail, "sent");
        Assert.Single(_mailed.Smtp.Received);
    }

    [Fact]
    public async Task A_bounce_shows_on_the_invoice()
    {
        var mail = await _mailed.Send(_invoice);
        await _mailed.Becomes(mail, "sent");

        await _mailed.Practice.Post($"/v1/mails/{mail}:note-bounce", """{"reason":"550 user unknown"}""");

        var shown = Assert.Single((await _mailed.Practice.Get($"/v1/invoices/{_invoice}"))["mails"]!.AsArray());
        Assert.Equal(("bounced", "550 user unknown"), ((string?)shown!["status"], (string?)shown["reason"]));
    }

    [Fact]
    public async Task A_retry_under_the_same_key_sends_nothing_more()
    {
        for (var i = 0; i < 2; i++)
        {
            var sent = await _mailed.Server.Post(
                _mailed.Practice.Owner, $"/v1/invoices/{_invoice}:send", "{}", ("Idempotency-Key", "send-1"));
            await _mailed.Becomes(sent.Ok().Id, "sent");
        }

        Assert.Single(_mailed.Smtp.Received);
    }

    internal static MimeMessage Read(ReceivedMail received) =>
        MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(received.Text)));
}
