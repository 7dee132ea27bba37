using Billing.StripeStandIn.Webhooks;
using Stripe;
using Stripe.Checkout;

namespace Billing.StripeStandIn.Tests;

public sealed class WebhookTests
{
    private static readonly string[] OfACardPayment =
    [
        "payment_intent.created", "charge.succeeded", "payment_intent.succeeded", "checkout.session.completed",
        "charge.updated",
    ];

    [Fact]
    public async Task A_card_payment_sends_signed_webhooks_that_stripe_net_accepts()
    {
        await using var merchant = await Merchant.Open();
        var session = await Pay(merchant);

        var events = merchant.Events();

        Assert.Equal(OfACardPayment, events.Select(happened => happened.Type));
        Assert.All(events, happened => Assert.Equal("2026-10-28.endive", happened.ApiVersion));
        Assert.Equal(session.Id, Assert.IsType<Session>(events[3].Data.Object).Id);
        Assert.Null(Assert.IsType<Charge>(events[1].Data.Object).BalanceTransactionId);
        Assert.NotNull(Assert.IsType<Charge>(events[4].Data.Object).BalanceTransactionId);
        Assert.Equal("7", Assert.IsType<PaymentIntent>(events[2].Data.Object).Metadata["invoice"]);
    }

    [Fact]
    public async Task A_signature_does_not_fit_another_body_secret_or_time()
    {
        await using var merchant = await Merchant.Open();
        await Pay(merchant);
        var (body, signature) = merchant.Receiver.Received.First();
        var now = merchant.Clock.GetUtcNow().ToUnixTimeSeconds();

        EventUtility.ValidateSignature(body, signature, Merchant.Secret, 300, now);
        Assert.Throws<StripeException>(() =>
            EventUtility.ValidateSignature(body + " ", signature, Merchant.Secret, 300, now));
        Assert.Throws<StripeException>(() =>
            EventUtility.ValidateSignature(body, signature, "whsec_other", 300, now));
        Assert.Throws<StripeException>(() =>
            EventUtility.ValidateSignature(body, signature, Merchant.Secret, 300, now + 600));
    }

    [Fact]
    public async Task While_secrets_roll_both_fit_and_afterwards_only_the_new_one()
    {
        await using var merchant = await Merchant.Open();
        merchant.StandIn.Webhooks.RollSecrets("whsec_second", Merchant.Secret);
        await Pay(merchant);

        Assert.Equal(OfACardPayment.Length, merchant.Events(Merchant.Secret).Count);
        Assert.Equal(OfACardPayment.Length, merchant.Events("whsec_second").Count);
        merchant.Receiver.Received.Clear();
        merchant.StandIn.Webhooks.RollSecrets("whsec_second");
        await Pay(merchant);
        Assert.Throws<StripeException>(() => merchant.Events(Merchant.Secret));
        Assert.Equal(OfACardPayment.Length, merchant.Events("whsec_second").Count);
    }

    [Fact]
    public async Task A_webhook_that_is_not_taken_comes_again()
    {
        await using var merchant = await Merchant.Open();
        merchant.Receiver.NextAnswers.Enqueue(500);
        merchant.Receiver.NextAnswers.Enqueue(302);
        await Pay(merchant);

        Assert.Equal(OfACardPayment.Order(), merchant.EventTypes().Order());
        var attempts = merchant.StandIn.Webhooks.Deliveries.Sum(delivery => delivery.Attempts);
        Assert.Equal(OfACardPayment.Length + 2, attempts);
    }

    [Fact]
    public async Task A_webhook_that_is_never_taken_is_given_up_and_its_event_shows_it()
    {
        await using var merchant = await Merchant.Open();
        for (var i = 0; i < 3; i++) merchant.Receiver.NextAnswers.Enqueue(500);
        await merchant.Stripe.V1.Customers.CreateAsync(
            new CustomerCreateOptions(), cancellationToken: Merchant.Cancellation);

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            merchant.StandIn.Webhooks.Delivered(Merchant.Cancellation));

        var delivery = Assert.Single(merchant.StandIn.Webhooks.Deliveries);
        Assert.Equal((WebhookStatus.GivenUp, 3, "500"), (delivery.Status, delivery.Attempts, delivery.LastAnswer));
        var undelivered = await merchant.Stripe.V1.Events.ListAsync(
            new EventListOptions { DeliverySuccess = false }, cancellationToken: Merchant.Cancellation);
        Assert.Equal(delivery.EventId, Assert.Single(undelivered).Id);
    }

    [Fact]
    public async Task A_duplicate_is_the_same_event_twice()
    {
        await using var merchant = await Merchant.Open();
        merchant.StandIn.Webhooks.Duplicate("checkout.session.completed");
        await Pay(merchant);

        var twice = merchant.Events().FindAll(happened => happened.Type == "checkout.session.completed");

        Assert.Equal(2, twice.Count);
        Assert.Equal(twice[0].Id, twice[1].Id);
        merchant.StandIn.Webhooks.Resend(twice[0].Id);
        await merchant.StandIn.Webhooks.Delivered("checkout.session.completed", 3, Merchant.Cancellation);
    }

    [Fact]
    public async Task A_dropped_webhook_can_still_be_listed()
    {
        await using var merchant = await Merchant.Open();
        merchant.StandIn.Webhooks.Drop("checkout.session.completed");
        await Pay(merchant);

        Assert.DoesNotContain("checkout.session.completed", merchant.EventTypes());
        var listed = await merchant.Stripe.V1.Events.ListAsync(
            new EventListOptions { Types = ["checkout.session.completed", "checkout.session.expired"] },
            cancellationToken: Merchant.Cancellation);
        var lost = await merchant.Stripe.V1.Events.GetAsync(
            Assert.Single(listed).Id, cancellationToken: Merchant.Cancellation);
        Assert.Equal("paid", Assert.IsType<Session>(lost.Data.Object).PaymentStatus);
    }

    [Fact]
    public async Task Held_webhooks_are_released_in_the_order_asked_for()
    {
        await using var merchant = await Merchant.Open();
        merchant.StandIn.Webhooks.Hold();
        await Pay(merchant);
        Assert.Empty(merchant.EventTypes());

        merchant.StandIn.Webhooks.Release([merchant.StandIn.Webhooks.Deliveries[3].EventId]);
        await merchant.StandIn.Webhooks.Delivered(Merchant.Cancellation);
        Assert.Equal(["checkout.session.completed"], merchant.EventTypes());

        merchant.StandIn.Webhooks.Release(newestFirst: true);
        await merchant.StandIn.Webhooks.Delivered(Merchant.Cancellation);
        Assert.Equal(
            ["charge.updated", "payment_intent.succeeded", "charge.succeeded", "payment_intent.created"],
            merchant.EventTypes()[1..]);
    }

    [Fact]
    public async Task A_delayed_webhook_comes_after_later_ones()
    {
        await using var merchant = await Merchant.Open();
        merchant.StandIn.Webhooks.Delay(TimeSpan.FromMilliseconds(300), "payment_intent.created");
        await Pay(merchant);

        Assert.Equal("payment_intent.created", merchant.EventTypes()[^1]);
    }

    [Fact]
    public async Task A_webhook_in_another_api_version_is_refused_by_stripe_net()
    {
        await using var merchant = await Merchant.Open();
        merchant.StandIn.Webhooks.ApiVersion = "2025-03-31.basil";
        await Pay(merchant);

        Assert.Throws<StripeException>(() => merchant.Events());
    }

    [Fact]
    public async Task A_connected_account_s_events_go_to_the_connect_endpoint_only()
    {
        await using var merchant = await Merchant.Open(options => options with { ConnectedAccountIds = ["acct_a"] });
        await using var connect = await WebhookReceiver.Start(Merchant.Cancellation);
        merchant.StandIn.Webhooks.AddEndpoint(connect.Url, ["whsec_connect"], connect: true);
        var session = await merchant.Create(request: new RequestOptions { StripeAccount = "acct_a" });
        merchant.StandIn.Checkout.Pay(session.Id);
        await merchant.StandIn.Webhooks.Delivered(Merchant.Cancellation);

        Assert.Empty(merchant.Receiver.Received);
        Assert.Equal(OfACardPayment.Length, connect.Received.Count);
        Assert.All(connect.Received, webhook => Assert.Equal(
            "acct_a", EventUtility.ConstructEvent(webhook.Body, webhook.Signature, "whsec_connect").Account));
    }

    [Fact]
    public async Task Events_are_read_in_order_after_the_last_one_known_and_kept_thirty_days()
    {
        await using var merchant = await Merchant.Open();
        await Pay(merchant);
        var known = merchant.Events()[1].Id;
        var options = new EventListOptions { EndingBefore = known, Limit = 2 };

        var missed = new List<string>();
        await foreach (var happened in merchant.Stripe.V1.Events.ListAutoPagingAsync(
            options, cancellationToken: Merchant.Cancellation)) missed.Add(happened.Type);

        Assert.Equal(OfACardPayment[2..], missed);
        merchant.Clock.Advance(TimeSpan.FromDays(30) + TimeSpan.FromSeconds(1));
        Assert.Empty(await merchant.Stripe.V1.Events.ListAsync(cancellationToken: Merchant.Cancellation));
    }

    [Fact]
    public async Task Webhooks_go_nowhere_but_to_this_machine()
    {
        await using var merchant = await Merchant.Open();

        Assert.Throws<ArgumentException>(() =>
            merchant.StandIn.Webhooks.AddEndpoint(new Uri("https://example.com/hook"), ["whsec_x"]));
    }

    private static async Task<Session> Pay(Merchant merchant)
    {
        var session = await merchant.Create();
        merchant.StandIn.Checkout.Pay(session.Id);
        await merchant.StandIn.Webhooks.Delivered(Merchant.Cancellation);
        return session;
    }
}
