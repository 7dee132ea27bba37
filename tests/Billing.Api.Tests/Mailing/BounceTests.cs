using System.Text;
using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Mailing;

/// <summary>Mail that comes back, as a report that is posted says it.</summary>
public sealed class BounceTests : IAsyncLifetime
{
    private MailedPractice _mailed = null!;
    private Guid _invoice;
    private Guid _mail;

    private Practice Practice => _mailed.Practice;

    public async ValueTask InitializeAsync()
    {
        _mailed = await MailedPractice.Open();
        _invoice = await Practice.Invoice("2026-03-02", issuedOn: "2026-04-01");
        _mail = await _mailed.Send(_invoice);
        await _mailed.Becomes(_mail, "sent");
    }

    public ValueTask DisposeAsync() => _mailed.DisposeAsync();

    [Fact]
    public async Task Shows_on_the_invoice_with_its_code_and_words_and_the_report_is_taken_once()
    {
        var before = await _mailed.Server.Head();
        var tried = (await Report(Reports.Postfix(_mail), path: "/v1/mail-reports?dryRun=true")).Ok();
        Assert.Contains("mail-bounced", tried.Text, StringComparison.Ordinal);
        Assert.Equal(before, await _mailed.Server.Head());
        var taken = (await Report(Reports.Postfix(_mail))).Ok().Json;
        Assert.Equal(("bounced", "5.1.1", _mail), ((string?)taken["outcome"], (string?)taken["statusCode"], (Guid)taken["id"]!));
        var head = await _mailed.Server.Head();
        Assert.Equal("failed", (string?)(await Report(Reports.Postfix(_mail))).Ok().Json["outcome"]);
        Assert.Equal(head, await _mailed.Server.Head());

        var shown = await Shown();
        Assert.Equal(
            ("bounced", "5.1.1", "office@acme.example"),
            ((string?)shown["status"], (string?)shown["bounceStatus"], (string?)shown["bouncedAddress"]));
        Assert.Contains("Recipient address rejected", (string?)shown["reason"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("delayed", "4.4.1")]
    [InlineData("delivered", "2.0.0")]
    public async Task What_is_no_failure_is_no_bounce(string action, string status)
    {
        var taken = (await Report(Reports.Postfix(_mail, action, status))).Ok().Json;
        Assert.Equal((action, status), ((string?)taken["outcome"], (string?)taken["statusCode"]));
        Assert.Equal("sent", (string?)(await Shown())["status"]);
    }

    [Fact]
    public async Task A_report_about_nobodys_mail_or_another_practices_is_refused_and_so_is_what_is_no_report()
    {
        var stranger = await Practice.OpenEmpty(_mailed.Server);
        foreach (var (token, bytes, status, code) in new[]
        {
            (Practice.Owner, Reports.Postfix(Guid.CreateVersion7()), 404, "mail-unknown"),
            (stranger.Owner, Reports.Postfix(_mail), 404, "mail-unknown"),
            (Practice.Owner, Reports.Of("Message-ID: <a@b.example>", "Reporting-MTA: dns; a", "Action: failed"), 404, "mail-unknown"),
            (Practice.Owner, Encoding.UTF8.GetBytes("Subject: Away\r\n\r\nI am away."), 422, "not-a-delivery-report"),
            (Practice.Owner, new byte[(8 * 1024 * 1024) + 1], 413, "body-too-large"),
            (ApiServer.OperatorToken, Reports.Postfix(_mail), 401, "not-authenticated"),
        })
        {
            var refused = await Report(bytes, token);
            Assert.Equal((status, code), (refused.Code, refused.ProblemCode));
        }
        var json = await _mailed.Server.PostBytes(Practice.Owner, "/v1/mail-reports", Reports.Postfix(_mail), "text/plain");
        Assert.Equal((415, "not-a-message"), (json.Code, json.ProblemCode));
        Assert.Equal("sent", (string?)(await Shown())["status"]);
        Assert.Empty(_mailed.Server.Errors);
    }

    [Fact]
    public async Task The_operator_passes_on_the_reports_of_all_practices()
    {
        await _mailed.Server.CatchUp();
        var unknown = await Report(Reports.Postfix(Guid.CreateVersion7()), ApiServer.OperatorToken, "/v1/server/mail-reports");
        Assert.Equal((404, "mail-unknown"), (unknown.Code, unknown.ProblemCode));
        var refused = await Report(Reports.Postfix(_mail), Practice.Owner, "/v1/server/mail-reports");
        Assert.Equal((401, "not-authenticated"), (refused.Code, refused.ProblemCode));
        var taken = await Report(Reports.Postfix(_mail), ApiServer.OperatorToken, "/v1/server/mail-reports");
        Assert.Equal("bounced", (string?)taken.Ok().Json["outcome"]);
        await _mailed.Server.CatchUp();
        Assert.Equal("bounced", (string?)(await Shown())["status"]);
    }

    [Fact]
    public async Task No_reminder_goes_to_the_address_until_the_mail_was_sent_elsewhere_and_the_client_has_another()
    {
        await Report(Reports.Postfix(_mail));
        Assert.True((bool)(await Due())["isReturning"]!);
        Assert.Equal((null, "address-returning"), await Remind());

        await Practice.Post($"/v1/mails/{_mail}:resend", """{"recipient":"books@acme.example"}""");
        await _mailed.Becomes(_mail, "sent");
        Assert.Equal("failed", (string?)(await Report(Reports.Postfix(_mail, id: "late@mx.acme.example"))).Ok().Json["outcome"]);
        Assert.Equal("sent", (string?)(await Shown())["status"]);
        Assert.True((bool)(await Due())["isReturning"]!);

        await Practice.Post($"/v1/clients/{Practice.ClientId}:describe", """{"name":"Acme Dental","email":"books@acme.example"}""");
        Assert.False((bool)(await Due())["isReturning"]!);
        var (mail, _) = await Remind();
        Assert.Equal("books@acme.example", (string?)(await _mailed.Becomes(mail!.Value, "sent"))["recipient"]);
    }

    [Fact]
    public async Task A_mail_that_is_sent_to_the_same_address_again_lets_reminders_go_there()
    {
        await Report(Reports.Postfix(_mail));
        await Practice.Post($"/v1/mails/{_mail}:resend", "{}");
        await _mailed.Becomes(_mail, "sent");
        Assert.False((bool)(await Due())["isReturning"]!);
        Assert.Equal("bounced", (string?)(await Report(Reports.Postfix(_mail, id: "second@mx.acme.example"))).Ok().Json["outcome"]);
        Assert.True((bool)(await Due())["isReturning"]!);
    }

    private async Task<ApiAnswer> Report(byte[] bytes, string? token = null, string path = "/v1/mail-reports") =>
        await _mailed.Server.PostBytes(token ?? Practice.Owner, path, bytes, "message/rfc822");

    private async Task<JsonNode> Shown() => Assert.Single((await Practice.Get($"/v1/invoices/{_invoice}"))["mails"]!.AsArray())!;

    private async Task<JsonNode> Due()
    {
        await _mailed.Server.CatchUp();
        return Assert.Single((await Practice.Get("/v1/reminders/due"))["items"]!.AsArray())!;
    }

    private async Task<(Guid? MailId, string? Refusal)> Remind()
    {
        var sent = Assert.Single((await Practice.Post("/v1/reminders:send-due", "{}")).Json["items"]!.AsArray())!;
        return ((Guid?)sent["mailId"], (string?)sent["refusal"]);
    }
}
