using Billing.Api.Tests.Http;
using Billing.Api.Tests.Invoicing;
using Billing.Api.Tests.Refusals;
using Billing.StripeStandIn.Control;
using Billing.StripeStandIn.Webhooks;

namespace Billing.Api.Tests.Payments;

/// <summary>Refunds and disputes, from the wish or the webhook to the invoice and the journal.</summary>
public sealed class MoneyBackTests(StripeServer stripe) : IClassFixture<StripeServer>
{
    private ApiServer Server => stripe.Server;

    private CheckoutControl Payer => Server.StandIn!.Checkout;

    private WebhookControl Webhooks => Server.StandIn!.Webhooks;

    [Fact]
    public async Task A_payment_is_refunded_in_part_and_then_the_rest_and_no_cent_more()
    {
        var (client, payment, _) = await Paid();

        var part = (await Refund(client, payment, """{"amount":{"amount":"20.00","currency":"USD"},"reason":"A call too many"}""")).Ok();
        var tooMuch = await Refund(client, payment, """{"amount":{"amount":"100.01","currency":"USD"}}""");
        await client.Settle();
        Assert.Equal(("made", "20.00"), ((string?)part.Json["status"], (string?)part.Json["amount"]!["amount"]));
        Assert.Equal((409, "refund-exceeds-payment"), (tooMuch.Code, tooMuch.ProblemCode));
        Assert.Null(Refused.Fault(tooMuch));
        Assert.Equal(("100.00", "20.00"), await client.Balance());

        (await Refund(client, payment, "{}")).Ok();
        await client.Settle();
        Assert.Equal(("0.00", "120.00"), await client.Balance());
        var refunds = (await Server.Get(client.Practice.Owner, $"/v1/payments/{payment}/refunds")).Ok().Items;
        Assert.Equal(["made", "made"], refunds.Select(refund => (string?)refund["status"]));
        await Reconciled.Holds(Server, client.Practice.Id);
    }

    [Fact]
    public async Task A_refund_that_is_sent_again_is_made_once()
    {
        var (client, payment, _) = await Paid();
        var body = $$"""{"amount":{"amount":"20.00","currency":"USD"},"id":"{{Guid.CreateVersion7()}}"}""";

        var first = (await Refund(client, payment, body)).Ok();
        var again = (await Refund(client, payment, body)).Ok();
        await client.Settle();

        Assert.Equal((string?)first.Json["stripeRefundId"], (string?)again.Json["stripeRefundId"]);
        Assert.Equal(("100.00", "20.00"), await client.Balance());
    }

    [Fact]
    public async Task An_answer_of_Stripe_that_is_lost_loses_no_refund_and_doubles_none()
    {
        var (client, payment, _) = await Paid();
        Server.StandIn!.Faults.Next(FaultKind.ServerErrorAfterCommit, times: 1, "POST", "/v1/refunds");

        var answer = (await Refund(client, payment, """{"amount":{"amount":"20.00","currency":"USD"}}""")).Ok();
        await client.Settle();

        Assert.Equal("made", (string?)answer.Json["status"]);
        Assert.Equal(("100.00", "20.00"), await client.Balance());
    }

    [Fact]
    public async Task What_Stripe_refuses_is_told_and_can_be_asked_for_again()
    {
        var (client, payment, session) = await Paid();
        Webhooks.Hold();
        Payer.Refund(session, 110_00);

        var refused = await Refund(client, payment, """{"amount":{"amount":"20.00","currency":"USD"}}""");
        Webhooks.Release();
        await client.Settle();

        Assert.Equal((409, "refund-refused"), (refused.Code, refused.ProblemCode));
        Assert.Null(Refused.Fault(refused));
        Assert.Equal(("10.00", "110.00"), await client.Balance());
        (await Refund(client, payment, """{"amount":{"amount":"10.00","currency":"USD"}}""")).Ok();
    }

    [Fact]
    public async Task A_dry_run_says_what_it_would_write_and_asks_Stripe_nothing()
    {
        var (client, payment, _) = await Paid();
        var head = await Server.Head();

        var preview = (await Server.Post(client.Practice.Owner, $"/v1/payments/{payment}:refund?dryRun=true", "{}")).Ok();

        Assert.Equal("refund-attempted.v1", (string?)preview.Json["wouldWrite"]![0]!["type"]);
        Assert.Equal(head, await Server.Head());
    }

    [Fact]
    public async Task What_was_paid_too_much_is_offered_back_and_goes_first()
    {
        var client = await PayingClient.WithInvoice(Server);
        var session = await client.OpenCheckout();
        (await client.PayByHand("100.00")).Ok();
        Payer.Pay(session);
        var payment = await client.Payment(
            "offered back", p => (string?)p["sessionId"] == session && (string?)p["refundOffered"]?["amount"] == "100.00");

        (await Refund(client, (string)payment["paymentId"]!, """{"amount":{"amount":"100.00","currency":"USD"}}""")).Ok();
        await client.Settle();

        Assert.Equal(("120.00", "0.00"), await client.Balance());
        Assert.All(await client.Payments(), p => Assert.Null(p["refundOffered"]));
        await Reconciled.Holds(Server, client.Practice.Id);
    }

    [Fact]
    public async Task A_refund_made_at_Stripe_is_heard_and_one_that_fails_restores_the_payment()
    {
        var (client, _, session) = await Paid();
        var refund = Payer.Refund(session, 45_00);
        await client.Settle();
        Assert.Equal(("75.00", "45.00"), await client.Balance());

        Payer.FailRefund(refund);
        await client.Settle();

        Assert.Equal(("120.00", "0.00"), await client.Balance());
        await Reconciled.Holds(Server, client.Practice.Id);
    }

    [Fact]
    public async Task A_credit_note_is_settled_through_Stripe()
    {
        var (client, payment, _) = await Paid();
        var note = (await client.Practice.Post($"/v1/invoices/{client.InvoiceId}:credit", """
            {"reason":"Agreed","amount":{"amount":"30.00","currency":"USD"},"refundDue":{"amount":"30.00","currency":"USD"},"issuedOn":"2026-05-01"}
            """)).Json["creditNoteId"]!.GetValue<string>();

        (await Refund(client, payment, $$"""{"creditNoteId":"{{note}}"}""")).Ok();
        await client.Settle();

        var listed = (await Server.Get(client.Practice.Owner, $"/v1/invoices/{client.InvoiceId}/credit-notes")).Ok().Items.Single();
        Assert.Equal("stripe", (string?)listed["refundMethod"]);
        Assert.Equal(("120.00", "0.00"), await client.Balance());
        await Reconciled.Holds(Server, client.Practice.Id);
    }

    [Fact]
    public async Task A_dispute_takes_the_money_with_its_fee_and_a_win_brings_back_all_but_that()
    {
        var (client, payment, session) = await Paid();
        var dispute = Payer.Dispute(session);
        await client.Settle();
        Assert.Equal(("0.00", "120.00"), await client.Balance());
        var open = (await Server.Get(client.Practice.Owner, "/v1/disputes")).Ok().Items.Single();
        Assert.Equal((payment, "open"), ((string?)open["paymentId"], (string?)open["status"]));

        Payer.AnswerDispute(dispute);
        Payer.CloseDispute(dispute, isWon: true);
        await client.Settle();

        Assert.Equal(("120.00", "0.00"), await client.Balance());
        var won = (await Server.Get(client.Practice.Owner, "/v1/disputes")).Ok().Items.Single();
        Assert.Equal("won", (string?)won["status"]);
        // 3.78 for the payment and 15.00 for the dispute; the 15.00 for answering it came back.
        Assert.Equal("18.78", (string?)(await client.Practice.Get($"/v1/payments/{payment}"))["fee"]!["amount"]);
        await Reconciled.Holds(Server, client.Practice.Id);
    }

    [Fact]
    public async Task Money_that_came_by_hand_is_not_refunded_through_Stripe()
    {
        var client = await PayingClient.WithInvoice(Server);
        var payment = (await client.PayByHand("120.00")).Ok().Id;

        var refused = await Refund(client, $"{payment}", "{}");
        var unknown = await Refund(client, $"{Guid.CreateVersion7()}", "{}");

        Assert.Equal((409, "payment-not-online"), (refused.Code, refused.ProblemCode));
        Assert.Equal((404, "payment-unknown"), (unknown.Code, unknown.ProblemCode));
        Assert.All([refused, unknown], answer => Assert.Null(Refused.Fault(answer)));
    }

    private async Task<(PayingClient Client, string Payment, string Session)> Paid()
    {
        var client = await PayingClient.WithInvoice(Server);
        var session = await client.OpenCheckout();
        Payer.Pay(session);
        var payment = await client.PaymentThatIs("succeeded");
        await client.Settle();
        return (client, (string)payment["paymentId"]!, session);
    }

    private Task<ApiAnswer> Refund(PayingClient client, string payment, string body) =>
        Server.Post(client.Practice.Owner, $"/v1/payments/{payment}:refund", body);
}
