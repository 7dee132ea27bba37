using Stripe;

namespace Billing.StripeStandIn.Tests;

public sealed class DisputeTests
{
    [Fact]
    public async Task A_dispute_takes_what_is_left_of_the_charge_and_a_fee()
    {
        await using var merchant = await Merchant.Open();
        var (session, intent) = await Paid(merchant);
        merchant.StandIn.Checkout.Refund(session, 25_000);

        var id = merchant.StandIn.Checkout.Dispute(session);
        var dispute = await merchant.Stripe.V1.Disputes.GetAsync(id, cancellationToken: Merchant.Cancellation);

        Assert.Equal((100_000, "needs_response", intent), (dispute.Amount, dispute.Status, dispute.PaymentIntentId));
        var withdrawn = Assert.Single(dispute.BalanceTransactions);
        Assert.Equal((-100_000, 1_500, -101_500), (withdrawn.Amount, withdrawn.Fee, withdrawn.Net));
        await merchant.StandIn.Webhooks.Delivered(Merchant.Cancellation);
        Assert.Equal(["charge.dispute.created", "charge.dispute.funds_withdrawn"], merchant.EventTypes()[^2..]);
        var refused = await Assert.ThrowsAsync<StripeException>(() => merchant.Stripe.V1.Refunds.CreateAsync(
            new RefundCreateOptions { PaymentIntent = intent }, cancellationToken: Merchant.Cancellation));
        Assert.Equal("charge_disputed", refused.StripeError.Code);
        Assert.Throws<InvalidOperationException>(() => merchant.StandIn.Checkout.Dispute(session));
    }

    [Fact]
    public async Task A_win_brings_the_money_back_and_the_fee_for_answering_but_not_the_other()
    {
        await using var merchant = await Merchant.Open();
        var (session, _) = await Paid(merchant);
        var before = merchant.StandIn.Checkout.BalanceMinor("usd");
        var id = merchant.StandIn.Checkout.Dispute(session);
        merchant.StandIn.Checkout.AnswerDispute(id);
        Assert.Equal(before - 125_000 - 3_000, merchant.StandIn.Checkout.BalanceMinor("usd"));

        merchant.StandIn.Checkout.CloseDispute(id, isWon: true);

        var dispute = await merchant.Stripe.V1.Disputes.GetAsync(id, cancellationToken: Merchant.Cancellation);
        Assert.Equal(("won", 3), (dispute.Status, dispute.BalanceTransactions.Count));
        Assert.Equal(before - 1_500, merchant.StandIn.Checkout.BalanceMinor("usd"));
        await merchant.StandIn.Webhooks.Delivered(Merchant.Cancellation);
        Assert.Equal(
            ["charge.dispute.updated", "charge.dispute.closed", "charge.dispute.funds_reinstated"], merchant.EventTypes()[^3..]);
        Assert.Throws<InvalidOperationException>(() => merchant.StandIn.Checkout.CloseDispute(id, isWon: false));
    }

    [Fact]
    public async Task A_loss_moves_nothing_more()
    {
        await using var merchant = await Merchant.Open();
        var (session, intent) = await Paid(merchant);
        var id = merchant.StandIn.Checkout.Dispute(session, "product_not_received");
        var before = merchant.StandIn.Checkout.BalanceMinor("usd");

        merchant.StandIn.Checkout.CloseDispute(id, isWon: false);

        Assert.Equal(before, merchant.StandIn.Checkout.BalanceMinor("usd"));
        var listed = await merchant.Stripe.V1.Disputes.ListAsync(
            new DisputeListOptions { PaymentIntent = intent }, cancellationToken: Merchant.Cancellation);
        Assert.Equal(("lost", "product_not_received"), (Assert.Single(listed).Status, listed.Data[0].Reason));
    }

    [Fact]
    public async Task An_inquiry_moves_no_money_and_leaves_the_charge_refundable()
    {
        await using var merchant = await Merchant.Open();
        var (session, intent) = await Paid(merchant);
        var before = merchant.StandIn.Checkout.BalanceMinor("usd");

        var id = merchant.StandIn.Checkout.Dispute(session, isInquiry: true);
        Assert.Equal(before, merchant.StandIn.Checkout.BalanceMinor("usd"));
        await merchant.Stripe.V1.Refunds.CreateAsync(
            new RefundCreateOptions { PaymentIntent = intent, Amount = 1_000 }, cancellationToken: Merchant.Cancellation);
        merchant.StandIn.Checkout.CloseDispute(id, isWon: true);

        var dispute = await merchant.Stripe.V1.Disputes.GetAsync(id, cancellationToken: Merchant.Cancellation);
        Assert.Equal(("warning_closed", 0), (dispute.Status, dispute.BalanceTransactions.Count));
    }

    private static async Task<(string Session, string Intent)> Paid(Merchant merchant)
    {
        var session = await merchant.Create();
        merchant.StandIn.Checkout.Pay(session.Id);
        return (session.Id, (await merchant.Get(session.Id)).PaymentIntentId);
    }
}
