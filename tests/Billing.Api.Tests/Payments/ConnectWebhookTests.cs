using Billing.Api.Commands;
using Billing.Api.Payments;
using Billing.Api.Tests.Http;
using Billing.Domain.Payments;
using Billing.EventStore.Port;
using Billing.StripeStandIn.Control;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Billing.Api.Tests.Payments;

/// <summary>What is told of connected accounts goes to the practice whose account it is, and to no other.</summary>
public sealed class ConnectWebhookTests : IAsyncLifetime
{
    private Platform _platform = null!;

    private ApiServer Server => _platform.Server;

    private StripeInbox Inbox => Server.Services.GetRequiredService<StripeInbox>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _platform = await Platform.Start();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    /// <summary>The owner of one account can write there what they like: also that it is another practice's payment.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_event_of_one_account_never_touches_another_practice_whatever_its_metadata_say(bool isReversed)
    {
        var (first, ofFirst) = await _platform.Open();
        var (second, ofSecond) = await _platform.Open();
        var (victim, forger) = isReversed ? (second, ofFirst) : (first, ofSecond);
        // Stripe's answer is lost, so that nothing but the account tells the forged session from the true one.
        _platform.Stripe.Faults.Next(FaultKind.RateLimited, times: 1, "POST", "/v1/checkout/sessions");
        Assert.EndsWith("?back=unavailable", await victim.Click(), StringComparison.Ordinal);
        var payment = (await victim.PaymentThatIs("attempted"))["paymentId"]!.GetValue<Guid>();
        await _platform.Settle();
        var head = await Server.Head();

        var gateway = Server.Services.GetRequiredService<StripeGateway>().In(forger);
        var forged = await gateway.OpenSession(
            new SessionWish(
                victim.Practice.Id, victim.InvoiceId, payment, "Invoice", "usd", 120_00, null, "https://a.example/", "https://a.example/",
                SystemClock.Instance.GetCurrentInstant() + Duration.FromHours(20)),
            Cancellation);
        _platform.Stripe.Checkout.Pay(forged.SessionId!);
        _platform.Stripe.Checkout.ArrivePayout(_platform.Stripe.Checkout.StartPayout("usd", forger));
        await _platform.Settle();

        Assert.Equal(head, await Server.Head());
        Assert.Equal(("0.00", "120.00"), await victim.Balance());
        Assert.Empty((await Server.Get(victim.Practice.Owner, "/v1/payouts")).Ok().Items);
        var letters = await _platform.DeadLetters();
        Assert.NotEmpty(letters);
        Assert.All(letters, letter => Assert.Equal(forger, (string?)letter["account"]));
        Assert.All(letters, letter => Assert.StartsWith("payment-differs", (string?)letter["why"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_event_of_an_account_that_nobody_has_waits_as_a_dead_letter_and_can_be_replayed()
    {
        var client = await PayingClient.WithInvoice(Server);
        var gateway = Server.Services.GetRequiredService<StripeGateway>();
        var account = await gateway.MakeAccount(
            new AccountWish(client.Practice.Id, 1, SystemClock.Instance.GetCurrentInstant()), Cancellation);
        // Its news came again and again before anybody here had it.
        var notice = new StripeNotice("evt_early", "account.updated", null, null, Account: account);
        var tomorrow = SystemClock.Instance.GetCurrentInstant() + Duration.FromDays(1);
        Inbox.Take(notice, tomorrow);
        foreach (var at in (Instant[])[tomorrow, tomorrow, Instant.FromUtc(2026, 1, 1, 0, 0)]) Inbox.PutOff(notice, "early", at);
        await Server.InboxEmpty();

        var letter = Assert.Single(await _platform.DeadLetters());
        Assert.Equal((account, "evt_early"), ((string?)letter["account"], (string?)letter["eventId"]));
        Assert.StartsWith("stripe-account-unknown", (string?)letter["why"], StringComparison.Ordinal);
        Assert.Equal(404, (await _platform.Ask(HttpMethod.Post, "/v1/stripe/dead-letters/evt_early:replay")).Code);

        await Connect(client.Practice, account);
        _platform.Stripe.Webhooks.Drop(times: 10);
        _platform.Stripe.Connect.Submit(account);
        (await _platform.Ask(HttpMethod.Post, $"/v1/stripe/dead-letters/evt_early:replay?stripeAccount={account}")).Ok();
        await Server.InboxEmpty();

        Assert.Empty(await _platform.DeadLetters());
        Assert.Contains("/pay", await client.Page(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_that_comes_before_its_account_is_known_is_tried_again()
    {
        var client = await PayingClient.WithInvoice(Server);
        var gateway = Server.Services.GetRequiredService<StripeGateway>();
        var account = await gateway.MakeAccount(
            new AccountWish(client.Practice.Id, 1, SystemClock.Instance.GetCurrentInstant()), Cancellation);
        _platform.Stripe.Connect.Submit(account);
        await _platform.Stripe.Webhooks.Delivered(Cancellation);

        await Connect(client.Practice, account);

        await Server.InboxEmpty();
        await Server.CatchUp();
        Assert.Empty(await _platform.DeadLetters());
        Assert.Contains("/pay", await client.Page(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notice_is_taken_once_for_its_account_and_its_event()
    {
        var before = Server.NoticesKept();
        foreach (var account in (string[])["acct_a", "acct_b", "acct_a"])
        {
            (await _platform.Send($$"""{"account":"{{account}}","id":"evt_same","type":"charge.updated"}""")).Ok();
            (await _platform.Send("""{"id":"evt_same","type":"charge.updated"}""", ApiServer.WebhookSecret, "/v1/stripe/webhook")).Ok();
        }
        Assert.Equal(before + 3, Server.NoticesKept());
    }

    [Fact]
    public async Task The_endpoint_for_connected_accounts_has_secrets_of_its_own_two_at_a_time()
    {
        var (client, _) = await _platform.Open();
        _platform.Stripe.Webhooks.RollSecrets(connect: true, [Platform.RolledSecret]);
        _platform.Stripe.Checkout.Pay(await client.OpenCheckout());
        await client.PaymentThatIs("succeeded");

        const string body = """{"id":"evt_signed","type":"charge.updated","account":"acct_a","data":{"object":{}}}""";
        var own = await _platform.Send(body, ApiServer.WebhookSecret);
        Assert.Equal((400, "signature-invalid"), (own.Code, own.ProblemCode));
        Assert.Null(Refused.Fault(own));
        Assert.Equal("signature-invalid", (await _platform.Send(body, Platform.Secret, "/v1/stripe/webhook")).ProblemCode);
        (await _platform.Send(body, Platform.Secret)).Ok();
        (await _platform.Send(body, Platform.RolledSecret)).Ok();
    }

    [Fact]
    public async Task What_names_no_account_or_moves_play_money_elsewhere_is_not_kept()
    {
        var before = Server.NoticesKept();
        var nameless = await _platform.Send("""{"id":"evt_n","type":"charge.updated","data":{"object":{}}}""");
        Assert.Equal((400, "event-malformed"), (nameless.Code, nameless.ProblemCode));
        Assert.Null(Refused.Fault(nameless));
        (await _platform.Send(
            """{"id":"evt_l","type":"charge.updated","account":"acct_a","livemode":true,"data":{"object":{}}}""")).Ok();
        Assert.Equal(before, Server.NoticesKept());
    }

    [Fact]
    public async Task What_the_webhooks_of_an_account_missed_is_found_in_its_own_list_of_events()
    {
        var (client, account) = await _platform.Open();
        var session = await client.OpenCheckout();
        _platform.Stripe.Checkout.Pay(session);
        await client.PaymentThatIs("succeeded");
        await _platform.Settle();
        _platform.Stripe.Webhooks.Drop(times: 100);
        _platform.Stripe.Checkout.Refund(session, 20_00);
        _platform.Stripe.Connect.Restrict(account, "company.tax_id");

        await _platform.Worker.LookAtAccounts(Cancellation);

        await client.Payment("refunded", p => (string?)p["refunded"]!["amount"] == "20.00");
        Assert.Equal(("100.00", "20.00"), await client.Balance());
        Assert.DoesNotContain("/pay\"", await client.Page(), StringComparison.Ordinal);
    }

    private async Task Connect(Practice practice, string account)
    {
        var context = new CommandContext(
            new BookId(practice.Id), "test", SystemClock.Instance.GetCurrentInstant(), Guid.CreateVersion7());
        var wish = new ConnectStripeAccount(account, context.Now);
        var bus = Server.Services.GetRequiredService<CommandBus>();
        Assert.IsType<CommandResult.Done>(
            await bus.Send(context, () => new ConnectStripeAccountCommand(context, wish), Cancellation));
        await Server.CatchUp();
    }
}
