using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Retainers;
using Billing.Domain.Tests.Invoicing;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Tests.Payments.PaymentTests;
using static Billing.Domain.Tests.Payments.PaymentWorld;

namespace Billing.Domain.Tests.Payments;

public class PaymentReceiptTests
{
    [Fact]
    public void A_success_pays_the_invoice_once()
    {
        var world = new PaymentWorld();
        world.Attempt(First);
        var receipt = Assert.IsType<PaymentDecision.Accepted>(world.Tell(Succeeded(First)));
        Canonical.Same(new PaymentEvent.PaymentSucceeded("pi_1", 100_00, "USD", 100_00, 0, May4, At), receipt.Payment.Single());
        Canonical.Same(
            new InvoiceEvent[] { new InvoiceEvent.PaymentApplied(First, 100_00, May4), new InvoiceEvent.CheckoutClosed(First, At) },
            receipt.Invoice);
        Assert.Empty(receipt.Retainer);
        Assert.Equal(InvoiceStatus.Paid, world.Invoice.Status);
        Canonical.Same(PaymentDecision.AlreadyDone, world.Tell(Succeeded(First)));
    }

    [Theory]
    [InlineData(99_99, "usd", "pi_1")]
    [InlineData(100_01, "usd", "pi_1")]
    [InlineData(100_00, "eur", "pi_1")]
    [InlineData(100_00, "xyz", "pi_1")]
    public void Refuses_other_money_than_was_asked_for(long stripeAmount, string currency, string intent)
    {
        var world = new PaymentWorld();
        world.Attempt(First);
        Assert.Equal("payment-differs", Refusal(world.Tell(
            Succeeded(First, stripeAmount, intent) with { StripeCurrency = currency })));
        Assert.Equal(100_00, world.Invoice.OpenMinor);
    }

    [Fact]
    public void Refuses_a_second_payment_intent_of_one_attempt()
    {
        var world = new PaymentWorld();
        world.Attempt(First);
        world.Tell(Succeeded(First));
        Assert.Equal("payment-differs", Refusal(world.Tell(Succeeded(First, intent: "pi_2"))));
    }

    /// <summary>5 krónur are 500 at Stripe.</summary>
    [Fact]
    public void Compares_in_Stripes_own_units()
    {
        var world = new PaymentWorld(currency: "ISK", totalMinor: 5000);
        world.Attempt(First);
        Assert.Equal("payment-differs", Refusal(world.Tell(Succeeded(First, 5000) with { StripeCurrency = "isk" })));
        Assert.IsType<PaymentDecision.Accepted>(world.Tell(Succeeded(First, 500_000) with { StripeCurrency = "isk" }));
        Assert.Equal(InvoiceStatus.Paid, world.Invoice.Status);
    }

    [Fact]
    public void What_exceeds_the_balance_is_credit()
    {
        var world = new PaymentWorld();
        world.Attempt(First);
        world.Tell(Transfer(Second, 30_00));
        Assert.Equal(InvoiceStatus.PartlyPaid, world.Invoice.Status);
        Assert.Equal(First, world.Invoice.Issued!.StaleCheckout!.PaymentId);
        world.Tell(Succeeded(First));
        Assert.Equal(new PaymentStage.Succeeded("pi_1", 70_00, 30_00, May4), world.StageOf(First));
        Assert.Equal(InvoiceStatus.Paid, world.Invoice.Status);
        Assert.Null(world.Invoice.Issued!.Checkout);
    }

    [Fact]
    public void Money_for_a_voided_or_paid_invoice_is_credit_and_never_lost()
    {
        var voided = new PaymentWorld();
        voided.Attempt(First);
        voided.Void();
        Canonical.Same(
            new InvoiceEvent[] { new InvoiceEvent.OverpaymentKept(First, 100_00) },
            Assert.IsType<PaymentDecision.Accepted>(voided.Tell(Succeeded(First))).Invoice);
        Assert.Equal(new PaymentStage.Succeeded("pi_1", 0, 100_00, May4), voided.StageOf(First));
        Assert.Equal(InvoiceStatus.Voided, voided.Invoice.Status);

        var paid = new PaymentWorld();
        paid.Tell(Transfer(First, 100_00));
        paid.Tell(Transfer(Second, 100_00));
        var second = Assert.IsType<PaymentState.ByHand>(paid[Second]).Facts;
        Assert.Equal((0, 100_00), (second.AppliedMinor, second.CreditMinor));
    }

    [Fact]
    public void A_paid_deposit_funds_its_retainer_with_what_was_applied()
    {
        var world = new PaymentWorld(InvoiceKind.Deposit);
        world.Tell(Transfer(First, 60_00));
        world.Tell(Transfer(Second, 60_00));
        var retainer = Assert.IsType<RetainerState.Agreed>(world.Retainer);
        Assert.Equal([60_00, 40_00], retainer.Lots.Select(lot => lot.FundedMinor));
        Assert.Equal([First, Second], retainer.Lots.Select(lot => lot.LotId));
    }

    [Fact]
    public void A_payment_by_hand_is_written_down_once()
    {
        var world = new PaymentWorld();
        world.Tell(Transfer(First, 60_00));
        Canonical.Same(PaymentDecision.AlreadyDone, world.Tell(Transfer(First, 60_00)));
        Assert.Equal("id-taken", Refusal(world.Tell(Transfer(First, 61_00))));
        world.Attempt(Second);
        Assert.Equal("id-taken", Refusal(world.Tell(Transfer(Second, 1_00))));
        Assert.Equal(40_00, world.Invoice.OpenMinor);
    }

    [Fact]
    public void A_payment_by_hand_makes_sense()
    {
        var good = Transfer(First, 1);
        Assert.IsType<PaymentDecision.Accepted>(new PaymentWorld().Tell(good));
        Assert.Equal("amount-not-positive", Refusal(new PaymentWorld().Tell(good with { Amount = Money.Zero(Currency.Usd) })));
        Assert.Equal("currency-mismatch", Refusal(new PaymentWorld().Tell(good with { Amount = new Money(1, Currency.Eur) })));
        Assert.Equal("payment-method-unknown", Refusal(new PaymentWorld().Tell(good with { Method = "barter" })));
        Assert.Equal("text-too-long", Refusal(new PaymentWorld().Tell(good with { Reference = new string('x', 201) })));
        Assert.IsType<PaymentDecision.Accepted>(new PaymentWorld().Tell(good with { Reference = new string('x', 200) }));
        Assert.All(PaymentMethods.All, method =>
            Assert.IsType<PaymentDecision.Accepted>(new PaymentWorld().Tell(good with { Method = method })));
    }

    [Theory]
    [InlineData(2026, 5, 5, true)]
    [InlineData(2026, 5, 6, false)]
    [InlineData(2025, 5, 4, true)]
    [InlineData(2025, 5, 3, false)]
    public void Money_comes_neither_tomorrow_nor_long_before_the_invoice(int year, int month, int day, bool isTaken)
    {
        var decision = new PaymentWorld().Tell(Transfer(First, 1) with { ReceivedOn = new LocalDate(year, month, day) });
        if (isTaken) Assert.IsType<PaymentDecision.Accepted>(decision);
        else Assert.Equal("received-on-implausible", Refusal(decision));
    }

    [Fact]
    public void Only_a_finalised_invoice_is_paid_by_hand()
    {
        var none = Domain.Invoicing.Invoice.Stream.Initial;
        var draft = Domain.Invoicing.Invoice.Stream.Fold(
            [new InvoiceEvent.DepositDrafted(InvoiceId, ClientId, "USD", RetainerId, 100_00, null, At)]);
        var begun = Payment.Stream.Initial;
        Assert.Equal("invoice-unknown", Refusal(PaymentReceipt.Receive(begun, none, null, Transfer(First, 1))));
        Assert.Equal("invoice-not-finalized", Refusal(PaymentReceipt.Receive(begun, draft, null, Transfer(First, 1))));
    }

    [Fact]
    public void A_deposit_without_its_retainer_is_a_bug()
    {
        var world = new PaymentWorld(InvoiceKind.Deposit);
        Assert.Throws<ArgumentException>(() =>
            PaymentReceipt.Receive(Payment.Stream.Initial, world.Invoice, null, Transfer(First, 1)));
    }
}
