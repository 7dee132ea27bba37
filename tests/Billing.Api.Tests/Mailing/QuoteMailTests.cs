using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;
using Billing.TestSupport.Smtp;
using MimeKit;

namespace Billing.Api.Tests.Mailing;

/// <summary>Quotes and credit notes by mail.</summary>
public sealed class QuoteMailTests : IAsyncLifetime
{
    private MailedPractice _mailed = null!;

    private Practice Practice => _mailed.Practice;

    public async ValueTask InitializeAsync() => _mailed = await MailedPractice.Open();

    public ValueTask DisposeAsync() => _mailed.DisposeAsync();

    [Fact]
    public async Task A_quote_goes_out_once_with_its_pdf_and_a_link_by_which_it_is_accepted()
    {
        var quote = await Quote();
        var sent = (await Practice.Post($"/v1/quotes/{quote}:send", "{}")).Json;
        await _mailed.Becomes((Guid)sent["mailId"]!, "sent");
        var again = (await Practice.Post($"/v1/quotes/{quote}:send", "{}")).Json;

        Assert.Null(again["mailId"]);
        var message = OutboxTests.Read(Assert.Single(_mailed.Smtp.Received));
        Assert.Equal($"Quote {(string?)sent["number"]} from Juniper Assistance", message.Subject);
        Assert.Contains("It comes to $900.00", message.TextBody, StringComparison.Ordinal);
        Assert.Equal($"{(string?)sent["number"]}.pdf", Assert.IsType<MimePart>(Assert.Single(message.Attachments)).FileName);
        var path = new Uri(message.TextBody!.Split('\n').Single(line => line.Contains("/q/", StringComparison.Ordinal)).Trim()).AbsolutePath;
        Assert.Equal(200, (await _mailed.Server.Get(null, path)).Code);
        using var form = new FormUrlEncodedContent([new("revision", "1"), new("acceptedBy", "Ann Lee")]);
        using var answer = await _mailed.Server.Http.PostAsync(new Uri($"{path}/accept", UriKind.Relative), form, TestContext.Current.CancellationToken);
        await _mailed.Server.CatchUp();
        Assert.Equal("accepted", (string?)(await Detail(quote))["quote"]!["status"]);
    }

    [Fact]
    public async Task A_german_client_gets_a_german_mail_and_the_next_revision_a_mail_of_its_own()
    {
        await Practice.Post($"/v1/clients/{Practice.ClientId}:set-language", """{"language":"de"}""");
        var quote = await Quote();
        await _mailed.Becomes((Guid)(await Practice.Post($"/v1/quotes/{quote}:send", "{}")).Json["mailId"]!, "sent");
        await Practice.Post($"/v1/quotes/{quote}:revise", Larger);
        await _mailed.Becomes((Guid)(await Practice.Post($"/v1/quotes/{quote}:send", "{}")).Json["mailId"]!, "sent");

        Assert.Equal(2, _mailed.Smtp.Received.Count);
        var second = OutboxTests.Read(_mailed.Smtp.Received.Last());
        Assert.StartsWith("Angebot Q-", second.Subject, StringComparison.Ordinal);
        Assert.EndsWith("/2 von Juniper Assistance", second.Subject, StringComparison.Ordinal);
        Assert.Contains("Larger site", second.TextBody, StringComparison.Ordinal);
        Assert.EndsWith("-2.pdf", Assert.IsType<MimePart>(Assert.Single(second.Attachments)).FileName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_fails_shows_on_the_quote_and_is_sent_again_elsewhere()
    {
        _mailed.Smtp.Fail(new SmtpFault("RCPT", "550 5.1.1 no such box"));
        var quote = await Quote();
        var mail = (Guid)(await Practice.Post($"/v1/quotes/{quote}:send", "{}")).Json["mailId"]!;
        await _mailed.Becomes(mail, "failed");

        var shown = Assert.Single((await Detail(quote))["mails"]!.AsArray())!;
        Assert.Equal(("failed", "quote"), ((string?)shown["status"], (string?)shown["kind"]));
        Assert.Contains("550", (string?)shown["reason"], StringComparison.Ordinal);
        await Practice.Post($"/v1/mails/{mail}:resend", """{"recipient":"books@acme.example"}""");
        await _mailed.Becomes(mail, "sent");
        Assert.Equal("books@acme.example", Assert.Single(_mailed.Smtp.Received).Recipient);
    }

    [Fact]
    public async Task A_mail_about_a_revision_that_is_overtaken_is_given_up()
    {
        _mailed.Smtp.Fail(new SmtpFault("RCPT", "550 5.1.1 no such box"));
        var quote = await Quote();
        var mail = (Guid)(await Practice.Post($"/v1/quotes/{quote}:send", "{}")).Json["mailId"]!;
        await _mailed.Becomes(mail, "failed");
        await Practice.Post($"/v1/quotes/{quote}:revise", Larger);
        await Practice.Post($"/v1/mails/{mail}:resend", "{}");

        await Until(async () => (string?)(await _mailed.Becomes(mail, "failed"))["reason"] == "The quote was revised before the mail was sent.");
        Assert.Empty(_mailed.Smtp.Received);
    }

    [Fact]
    public async Task Without_an_address_a_quote_is_only_frozen_unless_it_is_to_be_mailed()
    {
        await Practice.Post($"/v1/clients/{Practice.ClientId}:describe", """{"name":"Acme Dental"}""");
        var (first, second) = (await Quote(), await Quote());

        var refused = await _mailed.Server.Post(Practice.Owner, $"/v1/quotes/{first}:send", """{"byMail":true}""");
        Assert.Equal((422, "recipient-missing"), (refused.Code, refused.ProblemCode));
        Assert.Equal("draft", (string?)(await Detail(first))["quote"]!["status"]);
        var sent = (await Practice.Post($"/v1/quotes/{second}:send", "{}")).Json;
        Assert.Equal((true, true), (sent["number"] is not null, sent["mailId"] is null));
        var later = (await Practice.Post($"/v1/quotes/{second}:send", """{"recipient":"new@acme.example"}""")).Json;
        await _mailed.Becomes((Guid)later["mailId"]!, "sent");
        Assert.Equal("new@acme.example", Assert.Single(_mailed.Smtp.Received).Recipient);
        var odd = await _mailed.Server.Post(Practice.Owner, $"/v1/quotes/{first}:send", """{"byMail":false,"recipient":"a@acme.example"}""");
        Assert.Equal((400, "invalid-request"), (odd.Code, odd.ProblemCode));
    }

    [Fact]
    public async Task A_credit_note_goes_out_with_its_pdf_and_where_that_was_agreed_as_xrechnung_beside_it()
    {
        await Practice.Post("/v1/business:set-e-invoicing", """
            {"address":{"postCode":"78701","city":"Austin","countryCode":"US"},"contactName":"Ana","contactPhone":"+1 512 5550100","contactEmail":"ana@juniper.example","iban":"DE89370400440532013000","registrationId":"TX 1"}
            """);
        await Practice.Post($"/v1/clients/{Practice.ClientId}:agree-e-invoicing",
            """{"format":"xrechnung","address":{"postCode":"10115","city":"Berlin","countryCode":"DE"},"buyerReference":"04011000-12345-34"}""");
        var invoice = await Practice.Invoice("2026-03-02", issuedOn: "2026-04-01");
        var note = (Guid)(await Practice.Post($"/v1/invoices/{invoice}:credit", """{"reason":"Late","issuedOn":"2026-04-02"}""")).Json["creditNoteId"]!;
        await _mailed.Becomes(await _mailed.Send(invoice), "sent");
        var mail = (await Practice.Post($"/v1/invoices/{invoice}:send-credit-note", $$"""{"creditNoteId":"{{note}}"}""")).Id;
        Assert.Equal("credit-note", (string?)(await _mailed.Becomes(mail, "sent"))["kind"]);

        var messages = _mailed.Smtp.Received.Select(OutboxTests.Read).ToList();
        Assert.Equal(["INV-2026-0001.pdf", "INV-2026-0001.xml"], Files(messages[0]));
        Assert.Equal(["CN-2026-0001.pdf", "CN-2026-0001.xml"], Files(messages[1]));
        Assert.Equal("Credit note CN-2026-0001 from Juniper Assistance", messages[1].Subject);
        Assert.Contains("$40.00 taken off what was due on it.", messages[1].TextBody, StringComparison.Ordinal);
        Assert.Equal(2, (await Practice.Get($"/v1/invoices/{invoice}"))["mails"]!.AsArray().Count);
        var unknown = await _mailed.Server.Post(
            Practice.Owner, $"/v1/invoices/{invoice}:send-credit-note", $$"""{"creditNoteId":"{{invoice}}"}""");
        Assert.Equal((404, "credit-note-unknown"), (unknown.Code, unknown.ProblemCode));

        static IEnumerable<string?> Files(MimeMessage message) => message.Attachments.Cast<MimePart>().Select(part => part.FileName);
    }

    private string Larger => Endpoints.Quote(Practice, "").Replace("Website", "Larger site", StringComparison.Ordinal);

    private async Task<Guid> Quote() =>
        (await Practice.Post("/v1/quotes", Endpoints.Quote(Practice, $",\"clientId\":\"{Practice.ClientId}\""))).Id;

    private Task<JsonObject> Detail(Guid quote) => Practice.Get($"/v1/quotes/{quote}");

    private static async Task Until(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 200 && !await holds(); i++) await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.True(await holds());
    }
}
