using Billing.Domain.Payments;
using Billing.Domain.Tests.Invoicing;
using Billing.Domain.Values;
using static Billing.Domain.Payments.PayoutEvent;
using static Billing.Domain.Tests.Payments.PaymentWorld;

namespace Billing.Domain.Tests.Payments;

public class PayoutTests
{
    private static readonly PayoutPart Part = new("txn_1", "charge", First, 97_00);

    private static readonly TellPayout Told = new(
        "po_1", new Money(95_00, Currency.Usd), WholeMinor: 95_00, SumMinor: 95_00, May4, [Part], Failure: null, At);

    [Fact]
    public void Every_event_is_folded() => EveryEvent.IsFolded(
        Payout.Stream,
        [new PayoutArrived(Payout.IdOf("po_1"), "po_1", 95_00, "USD", May4, [Part], -2_00, At), new PayoutFailed("closed", May4, At)]);

    [Fact]
    public void What_its_transactions_do_not_explain_is_told_apart() => Canonical.Same(
        new PayoutEvent[] { new PayoutArrived(Payout.IdOf("po_1"), "po_1", 95_00, "USD", May4, [Part], -2_00, At) },
        Payout.Decide(Payout.Stream.Initial, Told).Events());

    [Fact]
    public void Transactions_that_do_not_add_up_to_it_are_refused()
    {
        Payout.Decide(Payout.Stream.Initial, Told with { SumMinor = 94_99 }).IsRefused("payout-differs");
        Assert.Single(Payout.Decide(Payout.Stream.Initial, Told).Events());
    }

    [Fact]
    public void Is_told_once_and_fails_once()
    {
        var arrived = Payout.Stream.After(Payout.Stream.Initial, Payout.Decide(Payout.Stream.Initial, Told).Events());
        Payout.Decide(arrived, Told).IsAlreadyDone();
        var failing = Told with { Failure = new PayoutFailure("account closed", May4.PlusDays(2)) };
        var failed = Payout.Stream.After(arrived, Payout.Decide(arrived, failing).Events());
        Payout.Decide(failed, failing).IsAlreadyDone();
        Canonical.Same(
            failed, Payout.Stream.After(Payout.Stream.Initial, Payout.Decide(Payout.Stream.Initial, failing).Events()));
    }
}
