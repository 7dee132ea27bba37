using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Retainers;
using Billing.Domain.Values;
using CsCheck;
using static Billing.Domain.Tests.Payments.PaymentWorld;

namespace Billing.Domain.Tests.Payments;

/// <summary>Webhooks come at least once, in no order, days late.</summary>
public class AnyOrderTests
{
    private static readonly Action<PaymentWorld>[] News =
    [
        world => world.Tell(new OpenCheckout(First, "cs_1", "https://pay.example/cs_1", At, At)),
        world => world.Tell(new MarkPending(First, At)),
        world => world.Tell(new FailPayment(First, "declined", At)),
        world => world.Tell(new ExpireCheckout(First, At)),
        world => world.Tell(Succeeded(First)),
        world => world.Tell(new ChargeFee(First, "txn_1", new Money(3_20, Currency.Usd), May4)),
        world => world.Tell(new ChargeFee(First, "txn_2", new Money(15, Currency.Eur), May4)),
    ];

    [Theory]
    [InlineData(InvoiceKind.Work)]
    [InlineData(InvoiceKind.Deposit)]
    public void The_same_news_in_any_order_and_any_often_ends_the_same(string kind) =>
        Gen.Int[0, News.Length - 1].Array[1, 20].Sample(told =>
        {
            var world = Told(kind, told);
            var calm = Told(kind, [.. told.Distinct().Order()]);
            Assert.Equal(calm.Text(), world.Text());
            if (!told.Contains(4)) return;
            Assert.Equal(InvoiceStatus.Paid, world.Invoice.Status);
            Assert.Equal(kind == InvoiceKind.Deposit ? 100_00 : null, (world.Retainer as RetainerState.Agreed)?.BalanceMinor);
        }, iter: 2000);

    /// <summary>Two sessions paid at once: nothing is lost, nothing goes onto the invoice twice.</summary>
    [Fact]
    public void Two_payments_of_one_invoice_in_any_order_pay_it_once_and_leave_the_rest_as_credit() =>
        Gen.Select(Gen.Bool.Array[1, 8], Gen.Long[1, 99_99]).Sample((order, byHandMinor) =>
        {
            var world = new PaymentWorld();
            world.Attempt(First);
            foreach (var isOnline in order)
            {
                if (isOnline) world.Tell(Succeeded(First));
                else world.Tell(Transfer(Second, byHandMinor));
            }
            var receivedMinor = (order.Contains(true) ? 100_00 : 0) + (order.Contains(false) ? byHandMinor : 0);
            var credit = world.Payments.Values.Sum(CreditMinor);
            Assert.Equal(Math.Max(0, 100_00 - receivedMinor), world.Invoice.OpenMinor);
            Assert.Equal(Math.Max(0, receivedMinor - 100_00), credit);
        }, iter: 500);

    private static PaymentWorld Told(string kind, int[] told)
    {
        var world = new PaymentWorld(kind);
        world.Attempt(First);
        foreach (var news in told) News[news](world);
        return world;
    }

    private static long CreditMinor(PaymentState state) => state switch
    {
        PaymentState.Online { Stage: PaymentStage.Succeeded succeeded } => succeeded.CreditMinor,
        PaymentState.ByHand byHand => byHand.Facts.CreditMinor,
        _ => 0,
    };
}
