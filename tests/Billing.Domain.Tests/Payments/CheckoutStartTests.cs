using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using NodaTime;
using static Billing.Domain.Tests.Payments.PaymentWorld;

namespace Billing.Domain.Tests.Payments;

public class CheckoutStartTests
{
    private static readonly Guid Third = new("01990000-0000-7000-8000-00000000000c");
    private static readonly Instant Later = At.Plus(Duration.FromHours(1));

    [Fact]
    public void Asks_for_the_open_balance()
    {
        var world = new PaymentWorld();
        world.Tell(Transfer(Third, 25_00));
        var begun = Assert.IsType<CheckoutStart.Begun>(world.Attempt(First));
        Assert.Equal(new PaymentEvent.PaymentAttempted(First, InvoiceId, ClientId, 75_00, "USD", At), begun.Payment);
        Assert.Equal(new InvoiceEvent.CheckoutAttempted(First, 75_00, At), begun.Invoice);
        Assert.Null(begun.Superseded);
    }

    [Fact]
    public void A_second_click_goes_on_with_the_open_attempt()
    {
        var world = new PaymentWorld();
        world.Attempt(First);
        Assert.Null(Assert.IsType<CheckoutStart.Reused>(world.Attempt(Second)).Session);
        world.Tell(new OpenCheckout(First, "cs_1", "https://pay.example/cs_1", Later, At));
        var reused = Assert.IsType<CheckoutStart.Reused>(world.Attempt(Second, Later.Minus(Duration.FromSeconds(1))));
        Assert.Equal((First, "cs_1"), (reused.PaymentId, reused.Session!.SessionId));
    }

    [Fact]
    public void A_session_that_has_run_out_is_replaced()
    {
        var world = new PaymentWorld();
        world.Attempt(First);
        world.Tell(new OpenCheckout(First, "cs_1", "https://pay.example/cs_1", Later, At));
        Assert.Equal(First, Assert.IsType<CheckoutStart.Begun>(world.Attempt(Second, Later)).Superseded);
        Assert.Equal(Second, world.Invoice.Issued!.Checkout!.PaymentId);
    }

    [Fact]
    public void An_attempt_whose_session_never_came_is_replaced_once_Stripe_may_have_forgotten_it()
    {
        var world = new PaymentWorld();
        world.Attempt(First);
        var end = At + CheckoutStart.UnansweredLife;
        Assert.IsType<CheckoutStart.Reused>(world.Attempt(Second, end.Minus(Duration.FromSeconds(1))));
        Assert.Equal(First, Assert.IsType<CheckoutStart.Begun>(world.Attempt(Second, end)).Superseded);
    }

    [Fact]
    public void An_attempt_for_another_amount_is_replaced()
    {
        var world = new PaymentWorld();
        world.Attempt(First);
        world.Tell(Transfer(Third, 25_00));
        var begun = Assert.IsType<CheckoutStart.Begun>(world.Attempt(Second));
        Assert.Equal((75_00L, First), (begun.Payment.AmountMinor, begun.Superseded));
        Assert.Null(world.Invoice.Issued!.StaleCheckout);
    }

    [Fact]
    public void Waits_for_money_that_is_under_way()
    {
        var world = new PaymentWorld();
        world.Attempt(First);
        world.Tell(new MarkPending(First, At));
        Assert.Equal("payment-under-way", Refusal(world.Attempt(Second)));
        world.Tell(new FailPayment(First, "insufficient funds", At));
        Assert.IsType<CheckoutStart.Begun>(world.Attempt(Second));
    }

    [Fact]
    public void A_payment_id_is_used_once()
    {
        var world = new PaymentWorld();
        world.Attempt(First);
        world.Tell(new FailPayment(First, "declined", At));
        Assert.Equal("id-taken", Refusal(world.Attempt(First)));
    }

    [Fact]
    public void Only_what_is_open_can_be_paid()
    {
        var paid = new PaymentWorld();
        paid.Tell(Transfer(First, 100_00));
        Assert.Equal("invoice-already-paid", Refusal(paid.Attempt(Second)));
        var voided = new PaymentWorld();
        voided.Void();
        Assert.Equal("invoice-voided", Refusal(voided.Attempt(First)));
    }

    [Theory]
    [InlineData("USD", 50, null)]
    [InlineData("USD", 49, "amount-below-online-minimum")]
    [InlineData("USD", 99_999_999, null)]
    [InlineData("USD", 100_000_000, "amount-above-online-maximum")]
    [InlineData("KWD", 1_000, null)]
    [InlineData("KWD", 1_005, "amount-not-payable-online")]
    [InlineData("ISK", 999_999, null)]
    [InlineData("ISK", 1_000_000, "amount-above-online-maximum")]
    public void Asks_for_nothing_that_Stripe_would_refuse(string currency, long totalMinor, string? code)
    {
        var start = new PaymentWorld(currency: currency, totalMinor: totalMinor).Attempt(First);
        if (code is null) Assert.IsType<CheckoutStart.Begun>(start);
        else Assert.Equal(code, Refusal(start));
    }

    private static string Refusal(CheckoutStart start) => Assert.IsType<CheckoutStart.Refused>(start).Rejection.Code;
}
