using Billing.Api.Tests.Http;
using Billing.Api.Tests.Payments;
using Billing.Domain.Mailing;
using Billing.StripeStandIn.Control;
using Billing.TestSupport.Smtp;
using MimeKit;

namespace Billing.Api.Tests.Mailing;

/// <summary>A charge without the client that fails is told to the client and to the practice, where the practice says so.</summary>
public sealed class FailedChargeMailTests : IAsyncLifetime
{
    /// <summary>Mail rounds are two seconds apart: in this time a second one would have told somebody.</summary>
    private static readonly TimeSpan SeveralRounds = TimeSpan.FromSeconds(5);

    private readonly SmtpServer _smtp = new();
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await ApiServer.Start(withStripe: true, settings: MailedPractice.Settings(_smtp));

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _smtp.DisposeAsync();
    }

    [Fact]
    public async Task A_decline_says_when_it_is_tried_again_and_where_to_pay_at_once()
    {
        var next = await Agreed(sendsFailedCharges: true);
        var failed = await Fail(next, OffSessionOutcome.Declined);
        await Received(2);

        var toClient = Assert.Single(MessagesTo("office@acme.example"));
        Assert.Contains("Your card was declined.", toClient.TextBody, StringComparison.Ordinal);
        Assert.Contains("We try it again on", toClient.TextBody, StringComparison.Ordinal);
        var link = toClient.TextBody!.Split('\n').Single(line => line.Contains("/i/", StringComparison.Ordinal)).Trim();
        Assert.Contains("/pay", (await _server.Get(null, new Uri(link).AbsolutePath)).Ok().Text, StringComparison.Ordinal);
        var toPractice = Assert.Single(MessagesTo("maya@juniper.example"));
        Assert.Contains("could not be collected from Acme Dental", toPractice.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("/i/", toPractice.TextBody, StringComparison.Ordinal);

        // Another round tells nobody again.
        await Task.Delay(SeveralRounds, TestContext.Current.CancellationToken);
        Assert.Equal(2, _smtp.Received.Count);
        var mails = (await _server.Get(next.Practice.Owner, "/v1/mails")).Ok().Items;
        Assert.Equal([MailKind.FailedCharge, MailKind.FailedChargeNotice], mails.Select(mail => (string?)mail["kind"]).Order());
        Assert.All(mails, mail => Assert.Equal(failed, (Guid)mail["paymentId"]!));
    }

    [Fact]
    public async Task What_is_not_tried_again_says_so_and_a_receipt_still_follows_the_payment()
    {
        var next = await Agreed(sendsFailedCharges: true, sendsReceipts: true);
        await Fail(next, OffSessionOutcome.AuthenticationRequired);
        await Received(2);
        Assert.All(Messages(), message => Assert.Contains("not", message.TextBody, StringComparison.Ordinal));
        Assert.Contains(Messages(), message => message.TextBody!.Contains("Please pay here:", StringComparison.Ordinal));

        _server.StandIn!.Checkout.Pay(await next.OpenCheckout());
        await next.PaymentThatIs("succeeded");
        await Received(3);
        Assert.Contains(Messages(), message => message.Subject!.StartsWith("Receipt for invoice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unasked_nobody_is_told()
    {
        var next = await Agreed(sendsFailedCharges: false);
        await Fail(next, OffSessionOutcome.Declined);
        await _server.CatchUp();
        await Task.Delay(SeveralRounds, TestContext.Current.CancellationToken);
        Assert.Empty(_smtp.Received);
    }

    /// <summary>A client who agreed and paid, with another invoice that is to be collected.</summary>
    private async Task<PayingClient> Agreed(bool sendsFailedCharges, bool sendsReceipts = false)
    {
        var client = await PayingClient.WithInvoice(_server);
        await client.Practice.Post("/v1/business:describe", """{"name":"Juniper","email":"maya@juniper.example"}""");
        _server.StandIn!.Checkout.Pay(await client.AgreeAndOpenCheckout());
        await client.Settle();
        await client.Practice.Post(
            "/v1/mail-policy:set",
            $$"""{"sendsReceipts":{{Word(sendsReceipts)}},"sendsReminders":false,"reminderDays":[],"sendsFailedCharges":{{Word(sendsFailedCharges)}}}""");
        Assert.Equal(sendsFailedCharges, (bool)(await client.Practice.Get("/v1/mail-policy"))["sendsFailedCharges"]!);
        return await client.NextInvoice();
    }

    private async Task<Guid> Fail(PayingClient next, OffSessionOutcome outcome)
    {
        _server.StandIn!.SavedMethods.Next(outcome);
        (await next.Collect()).Ok();
        return (Guid)(await next.PaymentThatIs("failed"))["paymentId"]!;
    }

    private async Task Received(int count)
    {
        for (var until = DateTime.UtcNow.AddSeconds(60); _smtp.Received.Count < count;)
        {
            Assert.True(DateTime.UtcNow < until, $"{_smtp.Received.Count} mails came instead of {count}.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        await _server.CatchUp();
    }

    private IEnumerable<MimeMessage> MessagesTo(string address) =>
        Messages().Where(message => message.To.ToString().Contains(address, StringComparison.Ordinal));

    private IEnumerable<MimeMessage> Messages() => _smtp.Received.Select(OutboxTests.Read);

    private static string Word(bool flag) => flag ? "true" : "false";
}
