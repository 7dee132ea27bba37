using System.Net;
using Stripe;
using Stripe.Checkout;

namespace Billing.StripeStandIn.Tests;

public sealed class PaymentTests
{
    private const string WithBalance = "payment_intent.latest_charge.balance_transaction";

    [Fact]
    public async Task Paying_on_the_page_completes_the_session_and_returns_to_the_merchant()
    {
        await using var merchant = await Merchant.Open();
        var session = await merchant.Create();

        var page = await merchant.See(session.Id);
        var html = await page.Content.ReadAsStringAsync(Merchant.Cancellation);
        var pressed = await merchant.Press(session.Id, "pay");

        Assert.Contains("Sandbox, no money moves", html, StringComparison.Ordinal);
        Assert.Contains("$1,250.00", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, pressed.StatusCode);
        Assert.Equal($"http://localhost/paid?session={session.Id}", pressed.Headers.Location!.OriginalString);
        var paid = await merchant.Get(session.Id, WithBalance);
        Assert.Equal(("complete", "paid"), (paid.Status, paid.PaymentStatus));
        Assert.Equal("succeeded", paid.PaymentIntent.Status);
        Assert.Equal(125_000, paid.PaymentIntent.AmountReceived);
        Assert.Equal("7", paid.PaymentIntent.Metadata["invoice"]);
        Assert.True(paid.PaymentIntent.LatestCharge.Paid);
        Assert.Equal("client@example.com", paid.PaymentIntent.LatestCharge.BillingDetails.Email);
    }

    [Fact]
    public async Task The_page_shows_what_was_sent_as_text_and_works_without_script()
    {
        await using var merchant = await Merchant.Open();
        var options = merchant.Invoice();
        options.LineItems[0].PriceData.ProductData.Name = "<script>alert('1')</script>";
        options.CancelUrl = "http://localhost/invoice?a=1&b=\"2\"";
        var session = await merchant.Create(options);

        var html = await (await merchant.See(session.Id)).Content.ReadAsStringAsync(Merchant.Cancellation);
        var missing = await merchant.See("cs_test_unknown");

        Assert.Contains("&lt;script&gt;alert(&#x27;1&#x27;)", html, StringComparison.Ordinal);
        Assert.Contains("href=\"http://localhost/invoice?a=1&amp;b=&quot;2&quot;\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task The_email_typed_on_the_page_becomes_the_payer_s()
    {
        await using var merchant = await Merchant.Open();
        var options = merchant.Invoice();
        options.CustomerEmail = null;
        var session = await merchant.Create(options);

        await merchant.Post(
            $"/pay/{session.Id}",
            new Dictionary<string, string> { ["action"] = "pay", ["email"] = "payer@example.com" }, withKey: false);

        Assert.Null(session.CustomerDetails);
        Assert.Equal("payer@example.com", (await merchant.Get(session.Id)).CustomerDetails.Email);
    }

    [Theory]
    [InlineData(125_000, 3655, 121_345)] // 2.9 % is 3,625.
    [InlineData(1050, 60, 990)] // 30.45 rounds down.
    [InlineData(1500, 74, 1426)] // 43.5 rounds up.
    [InlineData(50, 31, 19)] // 1.45 rounds down.
    public async Task The_fee_is_2_9_percent_rounded_half_up_and_30_cents(long amount, long fee, long net)
    {
        await using var merchant = await Merchant.Open();
        var session = await merchant.Create(merchant.Invoice(amount));
        merchant.StandIn.Checkout.Pay(session.Id);

        var charge = (await merchant.Get(session.Id, WithBalance)).PaymentIntent.LatestCharge;
        var booked = await merchant.Stripe.V1.BalanceTransactions.GetAsync(
            charge.BalanceTransactionId, cancellationToken: Merchant.Cancellation);

        Assert.Equal((amount, fee, net), (booked.Amount, booked.Fee, booked.Net));
        Assert.Equal(fee, Assert.Single(booked.FeeDetails).Amount);
        Assert.Equal(charge.Id, booked.SourceId);
    }

    [Fact]
    public async Task Money_is_available_after_two_days()
    {
        await using var merchant = await Merchant.Open();
        var session = await merchant.Create();
        merchant.StandIn.Checkout.Pay(session.Id);

        Assert.Equal("pending", await Status());
        merchant.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal("available", await Status());

        async Task<string> Status() =>
            (await merchant.Get(session.Id, WithBalance)).PaymentIntent.LatestCharge.BalanceTransaction.Status;
    }

    [Fact]
    public async Task A_paid_session_cannot_be_paid_again()
    {
        await using var merchant = await Merchant.Open();
        var session = await merchant.Create();

        await merchant.Press(session.Id, "pay");
        var second = await merchant.Press(session.Id, "pay");
        var page = await merchant.See(session.Id);
        var html = await page.Content.ReadAsStringAsync(Merchant.Cancellation);

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Contains("Nothing is left to do", html, StringComparison.Ordinal);
        await merchant.StandIn.Webhooks.Delivered(Merchant.Cancellation);
        Assert.Single(merchant.EventTypes(), "charge.succeeded");
    }

    [Fact]
    public async Task A_declined_card_leaves_the_session_open_for_another_try()
    {
        await using var merchant = await Merchant.Open();
        var session = await merchant.Create();

        var declined = await merchant.Press(session.Id, "decline");
        var afterDecline = await merchant.Get(session.Id, "payment_intent");
        await merchant.Press(session.Id, "pay");
        var afterPay = await merchant.Get(session.Id, "payment_intent");

        Assert.Equal(HttpStatusCode.PaymentRequired, declined.StatusCode);
        Assert.Equal("open", afterDecline.Status);
        Assert.Equal("requires_payment_method", afterDecline.PaymentIntent.Status);
        Assert.Equal("card_declined", afterDecline.PaymentIntent.LastPaymentError.Code);
        Assert.Equal("complete", afterPay.Status);
        Assert.Equal(afterDecline.PaymentIntent.Id, afterPay.PaymentIntent.Id);
        Assert.NotEqual(afterDecline.PaymentIntent.LatestChargeId, afterPay.PaymentIntent.LatestChargeId);
        Assert.Null(afterPay.PaymentIntent.LastPaymentError);
    }

    [Fact]
    public async Task A_bank_debit_is_pending_until_it_settles()
    {
        await using var merchant = await Merchant.Open();
        var session = await merchant.Create();

        var pressed = await merchant.Press(session.Id, "bank");
        var pending = await merchant.Get(session.Id, "payment_intent.latest_charge");
        merchant.StandIn.Checkout.SettleBank(session.Id);
        var settled = await merchant.Get(session.Id, WithBalance);

        Assert.Equal(HttpStatusCode.SeeOther, pressed.StatusCode);
        Assert.Equal(("complete", "unpaid"), (pending.Status, pending.PaymentStatus));
        Assert.Equal("processing", pending.PaymentIntent.Status);
        Assert.Equal("pending", pending.PaymentIntent.LatestCharge.Status);
        Assert.Null(pending.PaymentIntent.LatestCharge.BalanceTransactionId);
        Assert.Equal(("complete", "paid"), (settled.Status, settled.PaymentStatus));
        Assert.Equal(500, settled.PaymentIntent.LatestCharge.BalanceTransaction.Fee);
        await merchant.StandIn.Webhooks.Delivered(Merchant.Cancellation);
        Assert.Equal(
            [
                "payment_intent.created", "charge.pending", "payment_intent.processing", "checkout.session.completed",
                "charge.succeeded", "payment_intent.succeeded", "checkout.session.async_payment_succeeded",
                "charge.updated",
            ],
            merchant.EventTypes());
        var completed = merchant.Events().Single(happened => happened.Type == "checkout.session.completed");
        Assert.Equal("unpaid", Assert.IsType<Session>(completed.Data.Object).PaymentStatus);
    }

    [Fact]
    public async Task A_bank_debit_can_bounce()
    {
        await using var merchant = await Merchant.Open();
        var session = await merchant.Create();
        await merchant.Press(session.Id, "bank");

        var page = await merchant.Press(session.Id, "fail");
        var failed = await merchant.Get(session.Id, "payment_intent.latest_charge");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(("complete", "unpaid"), (failed.Status, failed.PaymentStatus));
        Assert.Equal("requires_payment_method", failed.PaymentIntent.Status);
        Assert.Equal("insufficient_funds", failed.PaymentIntent.LatestCharge.FailureCode);
        Assert.Throws<InvalidOperationException>(() => merchant.StandIn.Checkout.SettleBank(session.Id));
        await merchant.StandIn.Webhooks.Delivered(Merchant.Cancellation);
        Assert.Equal(
            ["charge.failed", "payment_intent.payment_failed", "checkout.session.async_payment_failed"],
            merchant.EventTypes()[^3..]);
    }

    [Fact]
    public async Task What_a_session_may_be_paid_with_is_what_it_offers()
    {
        await using var merchant = await Merchant.Open();
        var options = merchant.Invoice();
        options.ExcludedPaymentMethodTypes = ["us_bank_account"];
        var session = await merchant.Create(options);

        Assert.Equal(["card"], session.PaymentMethodTypes);
        Assert.Equal(HttpStatusCode.Conflict, (await merchant.Press(session.Id, "bank")).StatusCode);
        options.AllowedPaymentMethodTypes = ["us_bank_account"];
        await Assert.ThrowsAsync<StripeException>(() => merchant.Create(options));
    }

    [Fact]
    public async Task A_late_balance_transaction_comes_with_charge_updated()
    {
        await using var merchant = await Merchant.Open();
        merchant.StandIn.Checkout.HoldBalanceTransactions = true;
        var session = await merchant.Create();
        merchant.StandIn.Checkout.Pay(session.Id);

        var before = await merchant.Get(session.Id, WithBalance);
        await merchant.StandIn.Webhooks.Delivered(Merchant.Cancellation);
        var eventsBefore = merchant.EventTypes();
        merchant.StandIn.Checkout.ReleaseBalanceTransaction(session.Id);
        merchant.StandIn.Checkout.ReleaseBalanceTransaction(session.Id);
        var after = await merchant.Get(session.Id, WithBalance);
        await merchant.StandIn.Webhooks.Delivered(Merchant.Cancellation);

        Assert.Equal("paid", before.PaymentStatus);
        Assert.Null(before.PaymentIntent.LatestCharge.BalanceTransaction);
        Assert.DoesNotContain("charge.updated", eventsBefore);
        Assert.Equal(3655, after.PaymentIntent.LatestCharge.BalanceTransaction.Fee);
        Assert.Single(merchant.EventTypes(), "charge.updated");
    }
}
