using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Retainers;
using Billing.Domain.Tests.Invoicing;
using Billing.Domain.Values;
using CsCheck;
using static Billing.Domain.Tests.Payments.PaymentTests;
using static Billing.Domain.Tests.Payments.PaymentWorld;

namespace Billing.Domain.Tests.Payments;

/// <summary>Refunds and disputes of online payments.</summary>
public class MoneyBackTests
{
    private static readonly Guid Wish = new("01990000-0000-7000-8000-0000000000e1");
    private static readonly Guid Note = new("01990000-0000-7000-8000-0000000000e2");

    [Fact]
    public void A_dispute_that_is_won_in_part_brings_back_that_part()
    {
        var world = new PaymentWorld();
        world.Attempt(First);
        world.Tell(Succeeded(First));
        world.Tell(Disputed());
        Assert.Equal("dispute-differs", Refusal(world.Tell(
            Disputed(DisputeOutcome.Won, isReinstated: true) with { ReinstatedStripeAmount = 100_01 })));
        world.Tell(Disputed(DisputeOutcome.Won, isReinstated: true) with { ReinstatedStripeAmount = 40_00 });
        Assert.Equal((60_00L, 60_00L), (world.Invoice.OpenMinor, world.BackOf(First).DisputedMinor));
        Assert.Empty(Assert.IsType<PaymentDecision.Accepted>(world.Tell(
            Disputed(DisputeOutcome.Won, isReinstated: true) with { ReinstatedStripeAmount = 40_00 })).Payment);
    }

    [Fact]
    public void A_refund_makes_the_invoice_due_again()
    {
        var world = Paid();
        world.Tell(Refunded("re_1", 30_00));
        Assert.Equal((InvoiceStatus.PartlyPaid, 30_00), (world.Invoice.Status, world.Invoice.OpenMinor));
        Canonical.Same(PaymentDecision.AlreadyDone, world.Tell(Refunded("re_1", 30_00)));
        world.Tell(Refunded("re_2", 70_00));
        Assert.Equal((InvoiceStatus.Finalized, 100_00), (world.Invoice.Status, world.Invoice.OpenMinor));
    }

    [Fact]
    public void A_refund_takes_what_was_paid_too_much_first()
    {
        var world = Paid(byHandMinor: 40_00);
        Assert.Equal(40_00, world.Invoice.Issued!.OverpaidMinor);
        world.Tell(Refunded("re_1", 50_00));
        Assert.Equal((10_00, 0), (world.Invoice.OpenMinor, world.Invoice.Issued!.OverpaidMinor));
        Assert.Equal((10_00, 40_00), (world.BackOf(First).Refunds["re_1"].Made.InvoiceMinor, world.BackOf(First).Refunds["re_1"].Made.CreditMinor));
    }

    [Fact]
    public void Books_of_before_know_of_an_overpayment_by_the_payment_alone()
    {
        var world = Paid(byHandMinor: 40_00);
        var invoice = Invoice.Stream.Fold([
            new InvoiceEvent.InvoiceFinalized(
                InvoiceId, ClientId, InvoiceKind.Work, "INV-2026-0001", "USD", May4, May4,
                [new InvoiceLine(1, LineKind.Expense, null, null, null, 100_00, [], null)], 100_00, null, 0, null, RoundingPolicy.Exact,
                [], [], null, At),
            new InvoiceEvent.PaymentApplied(Second, 40_00, May4), new InvoiceEvent.PaymentApplied(First, 60_00, May4),
        ]);
        var told = Assert.IsType<PaymentDecision.Accepted>(MoneyBackNews.Tell(world[First], invoice, null, Refunded("re_1", 40_00)));
        Assert.Equal(0, Invoice.Stream.After(invoice, told.Invoice).OpenMinor);
        Assert.Equal(new InvoiceEvent.OverpaymentKept(First, 40_00), told.Invoice[0]);
    }

    [Fact]
    public void A_failed_refund_restores_the_payment_and_what_came_meanwhile_is_credit()
    {
        var world = Paid();
        world.Tell(Refunded("re_1", 30_00));
        world.Tell(Transfer(Second, 20_00));
        var failed = Refunded("re_1", 30_00) with { FailureReason = "lost_or_stolen_card", FailedOn = May4.PlusDays(8) };
        world.Tell(failed);
        Assert.Equal((0, 20_00), (world.Invoice.OpenMinor, world.Invoice.Issued!.OverpaidMinor));
        Assert.Equal(0, world.BackOf(First).RefundedMinor);
        Canonical.Same(PaymentDecision.AlreadyDone, world.Tell(failed));
    }

    [Fact]
    public void A_refund_is_asked_for_up_to_what_is_left_and_no_cent_more()
    {
        var world = Paid();
        world.Tell(Refunded("re_1", 30_00));
        Assert.Equal("refund-exceeds-payment", Refusal(world.Tell(Ask(70_01))));
        Assert.Equal("amount-not-positive", Refusal(world.Tell(Ask(0))));
        Assert.Equal("currency-mismatch", Refusal(world.Tell(Ask(1) with { Amount = new Money(1, Currency.Eur) })));
        Assert.IsType<PaymentDecision.Accepted>(world.Tell(Ask(70_00)));
        Canonical.Same(PaymentDecision.AlreadyDone, world.Tell(Ask(70_00)));
        Assert.Equal("id-taken", Refusal(world.Tell(Ask(69_00))));
        Assert.Equal("refund-exceeds-payment", Refusal(world.Tell(Ask(1) with { RefundId = Note })));
        world.Tell(Refunded("re_2", 70_00, Wish));
        Assert.False(world.BackOf(First).IsWaiting);
        Assert.Equal("refund-exceeds-payment", Refusal(world.Tell(Ask(null) with { RefundId = Note })));
    }

    [Fact]
    public void What_Stripe_refuses_can_be_asked_for_again()
    {
        var world = Paid();
        world.Tell(Ask(null));
        Assert.Equal("refund-unknown", Refusal(world.Tell(new RefuseRefund(First, Note, "No", At))));
        world.Tell(new RefuseRefund(First, Wish, "Insufficient balance", At));
        Canonical.Same(PaymentDecision.AlreadyDone, world.Tell(new RefuseRefund(First, Wish, "No", At)));
        Assert.IsType<PaymentDecision.Accepted>(world.Tell(Ask(100_00) with { RefundId = Note }));
    }

    [Fact]
    public void Nothing_is_refunded_before_the_money_came()
    {
        var world = new PaymentWorld();
        Assert.Equal("payment-unknown", Refusal(world.Tell(Ask(1))));
        world.Attempt(First);
        Assert.Equal("payment-not-succeeded", Refusal(world.Tell(Ask(1))));
        Assert.Equal("payment-not-succeeded", Refusal(world.Tell(Refunded("re_1", 1_00))));
    }

    [Fact]
    public void A_credit_note_is_settled_by_its_refund_and_owes_again_when_it_fails()
    {
        var world = Paid();
        world.Credit(Note, 25_00);
        Assert.Equal("credit-note-unknown", Refusal(world.Tell(Ask(null) with { CreditNoteId = First })));
        Assert.Equal("refund-differs", Refusal(world.Tell(Ask(24_99) with { CreditNoteId = Note })));
        world.Tell(Ask(null) with { CreditNoteId = Note });
        Assert.Equal("refund-settled", Refusal(world.Tell(Ask(null) with { CreditNoteId = Note, RefundId = Second })));
        world.Tell(Refunded("re_1", 25_00, Wish));

        var refund = world.BackOf(First).Refunds["re_1"];
        Assert.Equal((Note, 0, 0), (refund.CreditNoteId, refund.Made.InvoiceMinor, refund.Made.CreditMinor));
        Assert.Equal((0, PaymentMethods.Stripe), (world.Invoice.OpenMinor, world.Invoice.Issued!.CreditNotes[Note].Refund?.Method));
        world.Tell(Refunded("re_1", 25_00, Wish) with { FailureReason = "declined", FailedOn = May4.PlusDays(8) });
        Assert.Null(world.Invoice.Issued!.CreditNotes[Note].Refund);
        Assert.Equal(0, world.Invoice.OpenMinor);
    }

    [Fact]
    public void A_refund_made_at_Stripe_settles_the_one_credit_note_that_owes_just_this_much()
    {
        var world = Paid();
        world.Credit(Note, 25_00);
        world.Tell(Refunded("re_1", 24_00));
        Assert.Equal(24_00, world.Invoice.OpenMinor);
        world.Tell(Refunded("re_2", 25_00));
        Assert.Equal((24_00, Note), (world.Invoice.OpenMinor, world.BackOf(First).Refunds["re_2"].CreditNoteId));
    }

    [Fact]
    public void A_dispute_moves_money_only_when_Stripe_does()
    {
        var world = Paid();
        world.Tell(Disputed(isWithdrawn: false));
        Assert.Equal(0, world.Invoice.OpenMinor);
        world.Tell(Disputed());
        Assert.Equal(100_00, world.Invoice.OpenMinor);
        Assert.Equal("refund-exceeds-payment", Refusal(world.Tell(Ask(1))));
        world.Tell(Disputed(DisputeOutcome.Won, isReinstated: true));
        Assert.Equal((InvoiceStatus.Paid, 0), (world.Invoice.Status, world.Invoice.OpenMinor));
        Canonical.Same(PaymentDecision.AlreadyDone, world.Tell(Disputed(DisputeOutcome.Won, isReinstated: true)));
    }

    [Fact]
    public void Money_back_in_another_currency_is_refused()
    {
        var world = Paid();
        Assert.Equal("refund-differs", Refusal(world.Tell(Refunded("re_1", 1_00) with { StripeCurrency = "eur" })));
        Assert.Equal("dispute-differs", Refusal(world.Tell(Disputed() with { StripeCurrency = "xyz" })));
    }

    /// <summary>A lot can hold less than nothing then: what was drawn was drawn.</summary>
    [Fact]
    public void A_deposit_that_goes_back_leaves_the_retainer_and_comes_again_into_it()
    {
        var world = new PaymentWorld(InvoiceKind.Deposit);
        world.Attempt(First);
        world.Tell(Succeeded(First));
        world.Tell(Disputed());
        Assert.Equal(0, Assert.IsType<RetainerState.Agreed>(world.Retainer).BalanceMinor);
        world.Tell(Disputed(DisputeOutcome.Won, isReinstated: true));
        Assert.Equal(100_00, Assert.IsType<RetainerState.Agreed>(world.Retainer).BalanceMinor);
        Assert.Equal(InvoiceStatus.Paid, world.Invoice.Status);
    }

    /// <summary>Sums alone decide what is due and what is credit, whatever came, went and came again in whichever order.</summary>
    [Fact]
    public void What_is_due_and_what_is_credit_follow_from_what_stayed() =>
        Gen.Select(Gen.Int[0, Steps.Length - 1].Array[1, 25], Gen.Long[1, 150_00]).Sample((told, byHandMinor) =>
        {
            var world = Paid();
            var (stays, hasByHand) = (100_00L, false);
            foreach (var step in told)
            {
                if (step == 0)
                {
                    world.Tell(Transfer(Second, byHandMinor));
                    hasByHand = true;
                }
                else
                {
                    Steps[step](world);
                }
            }
            stays += (hasByHand ? byHandMinor : 0) - world.BackOf(First).RefundedMinor - world.BackOf(First).DisputedMinor;
            Assert.Equal(Math.Max(0, 100_00 - stays), world.Invoice.OpenMinor);
            Assert.Equal(Math.Max(0, stays - 100_00), world.Invoice.Issued!.OverpaidMinor);
        }, iter: 2000);

    private static readonly Action<PaymentWorld>[] Steps =
    [
        _ => { },
        world => world.Tell(Refunded("re_1", 30_00)),
        world => world.Tell(Refunded("re_1", 30_00) with { FailureReason = "declined", FailedOn = May4 }),
        world => world.Tell(Refunded("re_2", 12_34)),
        world => world.Tell(Disputed() with { StripeAmount = 57_66 }),
        world => world.Tell(Disputed(DisputeOutcome.Won, isReinstated: true) with { StripeAmount = 57_66 }),
    ];

    private static PaymentWorld Paid(long byHandMinor = 0)
    {
        var world = new PaymentWorld();
        world.Attempt(First);
        if (byHandMinor > 0) world.Tell(Transfer(Second, byHandMinor));
        world.Tell(Succeeded(First));
        return world;
    }

    private static AttemptRefund Ask(long? amountMinor) => new(
        First, Wish, amountMinor is { } minor ? new Money(minor, Currency.Usd) : null, null, "Agreed", At);
}
