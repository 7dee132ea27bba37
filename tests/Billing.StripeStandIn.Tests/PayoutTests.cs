using Stripe;

namespace Billing.StripeStandIn.Tests;

public sealed class PayoutTests
{
    [Fact]
    public async Task A_payout_consists_of_all_that_was_booked_since_the_last()
    {
        await using var merchant = await Merchant.Open();
        var session = await merchant.Create();
        merchant.StandIn.Checkout.Pay(session.Id);
        merchant.StandIn.Checkout.Refund(session.Id, 25_000);

        var id = merchant.StandIn.Checkout.StartPayout();
        merchant.StandIn.Checkout.ArrivePayout(id);

        var payout = await merchant.Stripe.V1.Payouts.GetAsync(id, cancellationToken: Merchant.Cancellation);
        var booked = await merchant.Stripe.V1.BalanceTransactions.ListAsync(
            new BalanceTransactionListOptions { Payout = id, Expand = ["data.source"] }, cancellationToken: Merchant.Cancellation);
        Assert.Equal(("paid", "completed"), (payout.Status, payout.ReconciliationStatus));
        Assert.Equal(["payout", "refund", "charge"], booked.Select(transaction => transaction.Type));
        Assert.Equal(payout.Amount, booked.Where(transaction => transaction.Type != "payout").Sum(transaction => transaction.Net));
        Assert.Equal("7", Assert.IsType<Charge>(booked.Data[2].Source).Metadata["invoice"]);
        Assert.Equal(0, merchant.StandIn.Checkout.BalanceMinor("usd"));
        Assert.Throws<InvalidOperationException>(() => merchant.StandIn.Checkout.StartPayout());
        await merchant.StandIn.Webhooks.Delivered(Merchant.Cancellation);
        Assert.Equal(["payout.created", "payout.paid", "payout.reconciliation_completed"], merchant.EventTypes()[^3..]);
    }

    [Fact]
    public async Task A_payout_that_fails_is_on_the_balance_again()
    {
        await using var merchant = await Merchant.Open();
        var session = await merchant.Create();
        merchant.StandIn.Checkout.Pay(session.Id);
        var before = merchant.StandIn.Checkout.BalanceMinor("usd");
        var id = merchant.StandIn.Checkout.StartPayout();
        merchant.StandIn.Checkout.ArrivePayout(id);

        merchant.StandIn.Checkout.FailPayout(id);

        var payout = await merchant.Stripe.V1.Payouts.GetAsync(
            id, new PayoutGetOptions { Expand = ["failure_balance_transaction"] }, cancellationToken: Merchant.Cancellation);
        Assert.Equal(("failed", "account_closed", before), (payout.Status, payout.FailureCode, payout.FailureBalanceTransaction.Net));
        Assert.Equal(before, merchant.StandIn.Checkout.BalanceMinor("usd"));
        Assert.Throws<InvalidOperationException>(() => merchant.StandIn.Checkout.FailPayout(id));
    }
}
