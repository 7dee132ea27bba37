using System.Net.Http.Headers;
using System.Text;
using Billing.Api.Payments;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Refusals;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Billing.Api.Tests.Payments;

/// <summary>What cannot be worked off waits for a person, who sees it and has it tried again.</summary>
public sealed class DeadLetterTests(StripeServer stripe) : IClassFixture<StripeServer>
{
    private ApiServer Server => stripe.Server;

    [Fact]
    public async Task A_notice_that_was_tried_to_the_end_is_seen_and_replayed()
    {
        var client = await PayingClient.WithInvoice(Server);
        var session = await client.OpenCheckout();
        Server.StandIn!.Webhooks.Drop(times: 100);
        Server.StandIn.Checkout.Pay(session);
        var inbox = Server.Services.GetRequiredService<StripeInbox>();
        var notice = new StripeNotice($"evt_{Guid.NewGuid():N}", "checkout.session.completed", session, null);
        inbox.Take(notice, SystemClock.Instance.GetCurrentInstant() + Duration.FromDays(1));
        inbox.PutOff(notice with { Attempts = 99 }, "Stripe is away.", Instant.FromUtc(2026, 1, 1, 0, 0));

        var letter = Assert.Single((await Ask(HttpMethod.Get, "/v1/stripe/dead-letters")).Ok().Items, l => (string?)l["eventId"] == notice.EventId);
        Assert.Equal("Stripe is away.", (string?)letter["why"]);
        (await Ask(HttpMethod.Post, $"/v1/stripe/dead-letters/{notice.EventId}:replay")).Ok();

        await client.PaymentThatIs("succeeded");
        await client.Settle();
        Assert.Equal(("120.00", "0.00"), await client.Balance());
        Assert.DoesNotContain(
            (await Ask(HttpMethod.Get, "/v1/stripe/dead-letters")).Ok().Items, l => (string?)l["eventId"] == notice.EventId);
        Assert.Equal(404, (await Ask(HttpMethod.Post, $"/v1/stripe/dead-letters/{notice.EventId}:replay")).Code);
    }

    [Fact]
    public async Task Only_the_operator_sees_dead_letters()
    {
        var practice = await Practice.OpenEmpty(Server);
        Assert.Equal(401, (await Server.Get(practice.Owner, "/v1/stripe/dead-letters")).Code);
        Assert.Equal(401, (await Server.Get(null, "/v1/stripe/dead-letters")).Code);
        Assert.Equal(401, (await Server.Post(practice.Owner, "/v1/stripe/dead-letters/evt_1:replay", null)).Code);
    }

    [Fact]
    public async Task Webhooks_signed_with_either_secret_are_taken_while_one_is_rolled()
    {
        await using var server = await ApiServer.Start(
            withStripe: true, settings: new Dictionary<string, string?> { ["Billing:Stripe:WebhookSecrets:1"] = "whsec_rolled" });
        var client = await PayingClient.WithInvoice(server);
        var session = await client.OpenCheckout();
        server.StandIn!.Webhooks.RollSecrets("whsec_rolled");

        server.StandIn.Checkout.Pay(session);

        await client.PaymentThatIs("succeeded");
        await client.Settle();
    }

    [Fact]
    public async Task What_webhooks_missed_is_found_in_the_list_of_events()
    {
        await using var server = await ApiServer.Start(withStripe: true);
        var client = await PayingClient.WithInvoice(server);
        var session = await client.OpenCheckout();
        server.StandIn!.Checkout.Pay(session);
        await client.PaymentThatIs("succeeded");
        await client.Settle();
        server.StandIn.Webhooks.Drop(times: 100);
        server.StandIn.Checkout.Refund(session, 20_00);

        // The list is read every quarter of an hour, and when the server starts.
        await server.Restart();

        await client.Payment("refunded", p => (string?)p["refunded"]!["amount"] == "20.00");
        Assert.Equal(("100.00", "20.00"), await client.Balance());
    }

    private async Task<ApiAnswer> Ask(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path) { Content = new StringContent("", Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ApiServer.OperatorToken);
        return await Server.Send(request);
    }
}
