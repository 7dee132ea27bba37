using System.Net;
using Stripe;

namespace Billing.StripeStandIn.Tests;

public sealed class RefundTests
{
    [Fact]
    public async Task Refunds_in_part_and_then_the_rest_and_no_cent_more()
    {
        await using var merchant = await Merchant.Open();
        var intent = await Paid(merchant);

        var part = await Refund(merchant, intent, 25_000);
        var tooMuch = await Assert.ThrowsAsync<StripeException>(() => Refund(merchant, intent, 100_001));
        var rest = await Refund(merchant, intent, null);
        var again = await Assert.ThrowsAsync<StripeException>(() => Refund(merchant, intent, 1));

        Assert.Equal((25_000, "succeeded"), (part.Amount, part.Status));
        Assert.Equal("amount", tooMuch.StripeError.Param);
        Assert.Equal(100_000, rest.Amount);
        Assert.Equal("charge_already_refunded", again.StripeError.Code);
        var charge = await merchant.Stripe.V1.Charges.GetAsync(
            part.ChargeId, new ChargeGetOptions { Expand = ["refunds"] }, cancellationToken: Merchant.Cancellation);
        Assert.True(charge.Refunded);
        Assert.Equal(125_000, charge.AmountRefunded);
        Assert.Equal([rest.Id, part.Id], charge.Refunds.Select(refund => refund.Id));
        await merchant.StandIn.Webhooks.Delivered(Merchant.Cancellation);
        Assert.Equal(
            ["refund.created", "charge.refunded", "refund.created", "charge.refunded"], merchant.EventTypes()[^4..]);
    }

    [Fact]
    public async Task A_refund_books_the_money_out_and_leaves_the_fee_with_stripe()
    {
        await using var merchant = await Merchant.Open();
        var refund = await Refund(merchant, await Paid(merchant), null);

        var booked = await merchant.Stripe.V1.BalanceTransactions.GetAsync(
            refund.BalanceTransactionId, cancellationToken: Merchant.Cancellation);

        Assert.Equal((-125_000, 0, -125_000, "refund"), (booked.Amount, booked.Fee, booked.Net, booked.Type));
    }

    [Fact]
    public async Task A_failed_refund_restores_the_payment()
    {
        await using var merchant = await Merchant.Open();
        var refund = await Refund(merchant, await Paid(merchant), 25_000);

        merchant.StandIn.Checkout.FailRefund(refund.Id);
        var failed = await merchant.Stripe.V1.Refunds.GetAsync(
            refund.Id, new RefundGetOptions { Expand = ["charge", "failure_balance_transaction"] },
            cancellationToken: Merchant.Cancellation);

        Assert.Equal(("failed", "expired_or_canceled_card"), (failed.Status, failed.FailureReason));
        Assert.Equal(25_000, failed.FailureBalanceTransaction.Net);
        Assert.Equal(0, failed.Charge.AmountRefunded);
        await merchant.StandIn.Webhooks.Delivered(Merchant.Cancellation);
        Assert.Equal(["refund.updated", "refund.failed"], merchant.EventTypes()[^2..]);
        Assert.Throws<InvalidOperationException>(() => merchant.StandIn.Checkout.FailRefund(refund.Id));
    }

    [Fact]
    public async Task A_refund_to_a_bank_is_pending_at_first()
    {
        await using var merchant = await Merchant.Open();
        var session = await merchant.Create();
        merchant.StandIn.Checkout.PayByBank(session.Id);
        var intent = (await merchant.Get(session.Id)).PaymentIntentId;

        var early = await Assert.ThrowsAsync<StripeException>(() => Refund(merchant, intent, null));
        merchant.StandIn.Checkout.SettleBank(session.Id);
        var refund = await Refund(merchant, intent, null);
        merchant.StandIn.Checkout.SettleRefund(refund.Id);
        var settled = await merchant.Stripe.V1.Refunds.GetAsync(refund.Id, cancellationToken: Merchant.Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, early.HttpStatusCode);
        Assert.Equal(("pending", "succeeded"), (refund.Status, settled.Status));
    }

    private static async Task<string> Paid(Merchant merchant)
    {
        var session = await merchant.Create();
        merchant.StandIn.Checkout.Pay(session.Id);
        return (await merchant.Get(session.Id)).PaymentIntentId;
    }

    private static Task<Refund> Refund(Merchant merchant, string intentId, long? amountMinor) =>
        merchant.Stripe.V1.Refunds.CreateAsync(
            new RefundCreateOptions
            {
                PaymentIntent = intentId,
                Amount = amountMinor,
                Reason = "requested_by_customer",
                Metadata = new Dictionary<string, string> { ["invoice"] = "7" },
            },
            cancellationToken: Merchant.Cancellation);
}
