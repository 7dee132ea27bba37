using Billing.Api.Tests.Http;
using Billing.Api.Tests.Refusals;
using Billing.StripeStandIn.Control;
using Billing.StripeStandIn.Webhooks;

namespace Billing.Api.Tests.Payments;

/// <summary>What happens between the payment at Stripe and the books, however the news of it comes.</summary>
public sealed class WebhookTests(StripeServer stripe) : IClassFixture<StripeServer>
{
    private ApiServer Server => stripe.Server;

    private WebhookControl Webhooks => Server.StandIn!.Webhooks;

    private CheckoutControl Payer => Server.StandIn!.Checkout;

    [Fact]
    public async Task A_payment_is_applied_once_and_shown_to_both()
    {
        var client = await PayingClient.WithInvoice(Server);
        var session = await client.OpenCheckout();

        Payer.Pay(session);

        var payment = await client.PaymentThatIs("succeeded");
        await client.Settle();
        Assert.Equal(("120.00", "0.00"), ((string?)payment["applied"]!["amount"], (string?)payment["credit"]!["amount"]));
        Assert.Equal(("120.00", "0.00"), await client.Balance());
        Assert.Contains("Paid. Thank you.", await client.Page(), StringComparison.Ordinal);
        var cash = await client.Practice.Get("/v1/cash");
        Assert.Equal("120.00", (string?)cash["received"]![0]!["amount"]);
    }

    [Fact]
    public async Task Webhooks_that_come_again_and_again_apply_it_once()
    {
        var client = await PayingClient.WithInvoice(Server);
        var session = await client.OpenCheckout();
        Webhooks.Duplicate(times: 8, copies: 4);

        Payer.Pay(session);
        await client.PaymentThatIs("succeeded");
        await client.Settle();
        var head = await Server.Head();
        foreach (var id in Webhooks.Deliveries.Select(d => d.EventId).Distinct().TakeLast(6)) Webhooks.Resend(id);
        await client.Settle();

        Assert.Equal(head, await Server.Head());
        Assert.Single(await client.Payments());
        Assert.Equal(("120.00", "0.00"), await client.Balance());
    }

    [Fact]
    public async Task Webhooks_in_the_wrong_order_apply_it_once()
    {
        var client = await PayingClient.WithInvoice(Server);
        var session = await client.OpenCheckout();
        Webhooks.Hold();
        Payer.PayByBank(session);
        Payer.SettleBank(session);

        Webhooks.Release(newestFirst: true);

        await client.PaymentThatIs("succeeded");
        await client.Settle();
        Assert.Equal(("120.00", "0.00"), await client.Balance());
        Assert.Single(await client.Payments());
    }

    [Fact]
    public async Task Webhooks_that_never_come_are_made_up_for_by_looking()
    {
        await using var server = await ApiServer.Start(withStripe: true);
        var client = await PayingClient.WithInvoice(server);
        var session = await client.OpenCheckout();
        server.StandIn!.Webhooks.Drop(times: 100);
        server.StandIn.Checkout.Pay(session);
        await server.CatchUp();
        Assert.Equal("open", (string?)Assert.Single(await client.Payments())["status"]);

        // Open sessions are looked after once a minute, and when the server starts.
        await server.Restart();

        await client.PaymentThatIs("succeeded");
        Assert.Equal(("120.00", "0.00"), await client.Balance());
        Assert.DoesNotContain(server.StandIn.Webhooks.Deliveries, d => d.Status == WebhookStatus.Delivered);
    }

    [Fact]
    public async Task A_fee_that_is_booked_late_arrives_with_its_own_webhook()
    {
        var client = await PayingClient.WithInvoice(Server);
        var session = await client.OpenCheckout();
        Payer.HoldBalanceTransactions = true;
        try
        {
            Payer.Pay(session);
            var paid = await client.PaymentThatIs("succeeded");
            await client.Settle();
            Assert.Null(paid["fee"]);

            Payer.ReleaseBalanceTransaction(session);
            var charged = await client.Payment("charged for", p => p["fee"] is not null);

            await client.Settle();
            // 2.9 % of 120.00 and 0.30, as the stand-in counts it.
            Assert.Equal("3.78", (string?)charged["fee"]!["amount"]);
            Assert.Equal(("120.00", "0.00"), await client.Balance());
        }
        finally
        {
            Payer.HoldBalanceTransactions = false;
        }
    }

    [Fact]
    public async Task A_bank_debit_is_under_way_until_the_bank_has_settled_it()
    {
        var client = await PayingClient.WithInvoice(Server);
        var session = await client.OpenCheckout();
        Payer.PayByBank(session);
        await client.PaymentThatIs("pending");
        Assert.Equal(("0.00", "120.00"), await client.Balance());

        var again = await Server.Post(client.Practice.Owner, $"/v1/invoices/{client.InvoiceId}:checkout", null);
        Payer.SettleBank(session);

        Assert.Equal((409, "payment-under-way"), (again.Code, again.ProblemCode));
        Assert.Null(Refused.Fault(again));
        await client.PaymentThatIs("succeeded");
        await client.Settle();
        Assert.Equal(("120.00", "0.00"), await client.Balance());
    }

    [Fact]
    public async Task A_bank_debit_that_bounces_leaves_the_invoice_open_for_another_try()
    {
        var client = await PayingClient.WithInvoice(Server);
        var first = await client.OpenCheckout();
        Payer.PayByBank(first);
        await client.PaymentThatIs("pending");

        Payer.FailBank(first);
        var failed = await client.PaymentThatIs("failed");
        await client.Settle();
        Assert.Contains("insufficient funds", (string?)failed["failure"], StringComparison.Ordinal);
        Assert.Equal(("0.00", "120.00"), await client.Balance());
        var second = await client.OpenCheckout();
        Payer.Pay(second);

        await client.PaymentThatIs("succeeded");
        await client.Settle();
        Assert.NotEqual(first, second);
        Assert.Equal(("120.00", "0.00"), await client.Balance());
    }

    [Fact]
    public async Task A_declined_card_can_be_followed_by_a_good_one_in_the_same_session()
    {
        var client = await PayingClient.WithInvoice(Server);
        var session = await client.OpenCheckout();

        Payer.Decline(session);
        await client.Settle();
        Assert.Equal(("0.00", "120.00"), await client.Balance());
        Assert.Equal(session, await client.OpenCheckout());
        Payer.Pay(session);

        await client.PaymentThatIs("succeeded");
        await client.Settle();
        Assert.Equal(("120.00", "0.00"), await client.Balance());
        Assert.Single(await client.Payments());
    }

    [Fact]
    public async Task A_session_that_ran_out_frees_the_invoice()
    {
        var client = await PayingClient.WithInvoice(Server);
        var first = await client.OpenCheckout();

        Payer.Expire(first);
        await client.PaymentThatIs("expired");
        var second = await client.OpenCheckout();

        Assert.NotEqual(first, second);
        Assert.Equal(("0.00", "120.00"), await client.Balance());
    }

    [Fact]
    public async Task What_is_paid_twice_is_kept_as_the_clients_credit()
    {
        var client = await PayingClient.WithInvoice(Server);
        var session = await client.OpenCheckout();
        (await client.PayByHand("100.00")).Ok();

        Payer.Pay(session);

        var payment = await client.Payment(
            "paid online", p => (string?)p["sessionId"] == session && (string?)p["status"] == "succeeded");
        await client.Settle();
        Assert.Equal(("20.00", "100.00"), ((string?)payment["applied"]!["amount"], (string?)payment["credit"]!["amount"]));
        Assert.Equal(("120.00", "0.00"), await client.Balance());
        Assert.Empty(Server.Errors);
    }

    [Fact]
    public async Task A_notice_that_Stripe_cannot_be_asked_about_now_is_worked_off_later()
    {
        var client = await PayingClient.WithInvoice(Server);
        var session = await client.OpenCheckout();
        Server.StandIn!.Faults.Next(FaultKind.RateLimited, times: 4, method: "GET");

        Payer.Pay(session);

        await client.PaymentThatIs("succeeded");
        await client.Settle();
        Assert.Equal(("120.00", "0.00"), await client.Balance());
        Server.StandIn.Faults.Clear();
    }
}
