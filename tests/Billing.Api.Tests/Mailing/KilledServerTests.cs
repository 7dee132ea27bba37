using Billing.Api.Tests.Hosting;
using Billing.TestSupport.Smtp;

namespace Billing.Api.Tests.Mailing;

/// <summary>The program is killed while the mail server holds its answer back.</summary>
[Collection(ServerProcess.Collection)]
public sealed class KilledServerTests
{
    private const int TimeoutSeconds = 5;
    private const string Password = "correct-horse-battery";

    [Fact]
    public async Task A_mail_whose_end_the_program_did_not_live_to_see_is_unknown_and_is_not_sent_again_by_itself()
    {
        await using var smtp = new SmtpServer { HoldsAnswers = true };
        var settings = MailedPractice.Settings(smtp, TimeoutSeconds).Select(setting => $"--{setting.Key}={setting.Value}").ToArray();
        await using var server = await ServerProcess.Start(settings);
        using var owner = new Person(server.Address, server.OwnerToken);
        var client = (await owner.Post("/v1/clients", new { name = "Acme", currency = "USD", email = "a@acme.example" })).Ok().Id;
        var work = (await owner.Post("/v1/engagements", new { clientId = client, name = "Inbox" })).Ok().Id;
        await owner.Post($"/v1/engagements/{work}:set-rate",
            new { perHour = new { amount = "40.00", currency = "USD" }, validFrom = "2026-01-01" });
        await owner.Post("/v1/time-entries", new { engagementId = work, workedOn = "2026-03-02", durationSeconds = 3600 });
        var invoice = (await owner.Post("/v1/invoices", new { clientId = client, through = "2026-03-31" })).Ok().Id;
        (await owner.Post($"/v1/invoices/{invoice}:finalize", new { issuedOn = "2026-04-01" })).Ok();

        var mail = (await owner.Post($"/v1/invoices/{invoice}:send")).Ok().Id;
        await smtp.Holding.WaitAsync(TestContext.Current.CancellationToken);
        await server.Kill();
        smtp.HoldsAnswers = false;
        await server.Restart();

        await Eventually.Is(() => owner.Get($"/v1/mails/{mail}"), seen => seen.String("mail.status") == "unknown");
        Assert.Single(smtp.Received);
        (await owner.Post($"/v1/mails/{mail}:confirm")).Ok();
        var detail = (await owner.Get($"/v1/invoices/{invoice}")).Ok();
        Assert.Equal(("sent", 1L), (detail.String("invoice.status"), detail.List("mails")[0]!["attempts"]!.GetValue<long>()));
    }

    [Fact]
    public async Task The_password_stands_in_no_log_and_in_no_answer()
    {
        await using var smtp = new SmtpServer();
        smtp.Fail(new SmtpFault("AUTH", $"535 5.7.8 not {Password}"));
        var settings = MailedPractice.Settings(smtp).Select(setting => $"--{setting.Key}={setting.Value}").ToArray();
        await using var server = await ServerProcess.Start([.. settings, "--Billing:Mail:User=maya", $"--Billing:Mail:Password={Password}"]);
        using var owner = new Person(server.Address, server.OwnerToken);
        var client = (await owner.Post("/v1/clients", new { name = "Acme", currency = "USD", email = "a@acme.example" })).Ok().Id;
        var retainer = (await owner.Post("/v1/retainers", new { clientId = client, name = "Retainer" })).Ok().Id;
        var deposit = (await owner.Post($"/v1/retainers/{retainer}:request-deposit",
            new { clientId = client, amount = new { amount = "60.00", currency = "USD" } })).Ok().Id;
        (await owner.Post($"/v1/invoices/{deposit}:finalize", new { issuedOn = "2026-04-01" })).Ok();

        var mail = (await owner.Post($"/v1/invoices/{deposit}:send")).Ok().Id;

        var failed = await Eventually.Is(() => owner.Get($"/v1/mails/{mail}"), seen => seen.String("mail.status") == "failed");
        Assert.Contains("Billing:Mail:User", failed.String("mail.reason"), StringComparison.Ordinal);
        Assert.DoesNotContain(Password, failed.Text + server.Output, StringComparison.Ordinal);
    }
}
