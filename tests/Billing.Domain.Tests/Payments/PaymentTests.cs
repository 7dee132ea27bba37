using Billing.Domain.Payments;
using Billing.Domain.Tests.Invoicing;
using Billing.Domain.Values;
using static Billing.Domain.Payments.PaymentEvent;
using static Billing.Domain.Tests.Payments.PaymentWorld;

namespace Billing.Domain.Tests.Payments;

public class PaymentTests
{
    private static readonly PaymentAttempted Attempted = new(First, InvoiceId, ClientId, 100_00, "USD", At);
    private static readonly PaymentState Begun = Payment.Stream.Fold([Attempted]);

    private static readonly OpenCheckout Open = new(First, "cs_1", "https://pay.example/cs_1", At, At);
    private static readonly ChargeFee Fee = new(First, "txn_1", new Money(3_20, Currency.Usd), May4);

    [Fact]
    public void Every_event_is_folded() => EveryEvent.IsFolded(
        Payment.Stream,
        [
            Attempted, new CheckoutOpened("cs_1", "https://pay.example/cs_1", At, At), new PaymentIntentMade("pi_1", At),
            new PaymentPending(At),
            new CheckoutExpired(At), new PaymentFailed("declined", At),
            new PaymentSucceeded("pi_1", 100_00, "USD", 90_00, 10_00, May4, At),
            new ProcessorFeeCharged("txn_1", 3_20, "USD", May4), new RefundAttempted(Second, 10_00, null, "Agreed", At),
            new RefundMade("re_1", Second, 10_00, 8_00, 2_00, null, May4, At),
            new RefundFailed("re_1", Second, "expired_or_canceled_card", 8_00, 2_00, May4, At),
            new DisputeOpened("du_1", 100_00, "fraudulent", May4, At, At),
            new DisputeFundsWithdrawn("du_1", 100_00, 90_00, 10_00, May4, At),
            new DisputeFundsReinstated("du_1", 100_00, 90_00, 10_00, May4, At), new DisputeClosed("du_1", "won", At),
            new RefundAttempted(InvoiceId, 10_00, null, "Agreed", At), new RefundRefused(InvoiceId, "No balance", At),
        ],
        [new PaymentRecorded(First, InvoiceId, ClientId, 100_00, "USD", 100_00, 0, "cash", May4, null, At)]);

    [Fact]
    public void Keeps_the_one_session_that_Stripe_opened()
    {
        var opened = Payment.Stream.After(Begun, Payment.Decide(Begun, Open).Events());
        Payment.Decide(opened, Open).IsAlreadyDone();
        Payment.Decide(opened, Open with { SessionId = "cs_2" }).IsRefused("checkout-differs");
    }

    [Fact]
    public void Keeps_the_one_intent_that_Stripe_made_of_a_charge()
    {
        var charged = Payment.Stream.Fold([Attempted with { CustomerId = "cus_1", Automatic = new AutomaticCharge("pm_1", 1) }]);
        Payment.Decide(Begun, new NoteIntent(First, "pi_1", At)).IsRefused("payment-unknown");
        var noted = Payment.Stream.After(charged, Payment.Decide(charged, new NoteIntent(First, "pi_1", At)).Events());
        Payment.Decide(noted, new NoteIntent(First, "pi_1", At)).IsAlreadyDone();
        Payment.Decide(noted, new NoteIntent(First, "pi_2", At)).IsRefused("payment-differs");
    }

    [Fact]
    public void Keeps_each_fee_once()
    {
        var charged = Payment.Stream.After(Begun, Payment.Decide(Begun, Fee).Events());
        Payment.Decide(charged, Fee).IsAlreadyDone();
        Payment.Decide(charged, Fee with { Fee = new Money(3_21, Currency.Usd) }).IsRefused("fee-differs");
        Assert.Single(Payment.Decide(charged, Fee with { BalanceTransactionId = "txn_2" }).Events());
        Assert.Single(Payment.Decide(Begun, Fee with { Fee = Money.Zero(Currency.Usd) }).Events());
        Payment.Decide(Begun, Fee with { Fee = new Money(-1, Currency.Usd) }).IsRefused("fee-negative");
        Assert.Single(Payment.Decide(Begun, Fee with { Fee = new Money(-1, Currency.Usd), MayBeGivenBack = true }).Events());
    }

    [Fact]
    public void News_of_a_payment_that_nobody_began_is_refused()
    {
        var none = Payment.Stream.Initial;
        Payment.Decide(none, Open).IsRefused("payment-unknown");
        Payment.Decide(none, new MarkPending(First, At)).IsRefused("payment-unknown");
        Payment.Decide(none, Fee).IsRefused("payment-unknown");
        var world = new PaymentWorld();
        Assert.Equal("payment-unknown", Refusal(world.Tell(new FailPayment(First, "declined", At))));
        Assert.Equal("payment-unknown", Refusal(world.Tell(new ExpireCheckout(First, At))));
        Assert.Equal("payment-unknown", Refusal(world.Tell(Succeeded(First))));
    }

    [Fact]
    public void A_failure_frees_the_invoice_for_another_attempt()
    {
        var world = new PaymentWorld();
        world.Attempt(First);
        world.Tell(new FailPayment(First, "declined", At));
        Assert.Equal(new PaymentStage.Failed("declined", Code: null, Advice: null, At), world.StageOf(First));
        Assert.Null(world.Invoice.Issued!.Checkout);
        Assert.Null(Assert.IsType<CheckoutStart.Begun>(world.Attempt(Second)).Superseded);
    }

    [Fact]
    public void An_expiry_ends_only_the_attempt_that_expired()
    {
        var world = new PaymentWorld();
        world.Attempt(First);
        world.Tell(new ExpireCheckout(First, At));
        world.Attempt(Second);
        world.Tell(new ExpireCheckout(First, At));
        Assert.Equal(Second, world.Invoice.Issued!.Checkout!.PaymentId);
    }

    public static string Refusal(PaymentDecision decision) => Assert.IsType<PaymentDecision.Refused>(decision).Rejection.Code;
}
