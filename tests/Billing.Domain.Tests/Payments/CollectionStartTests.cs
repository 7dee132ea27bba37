using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using NodaTime;
using static Billing.Domain.Tests.Payments.PaymentWorld;

namespace Billing.Domain.Tests.Payments;

public class CollectionStartTests
{
    private static readonly Guid Third = new("01990000-0000-7000-8000-00000000000c");
    private static readonly LocalDate Due = May4.PlusDays(14);
    private static readonly Duration Day = Duration.FromDays(1);

    private PaymentWorld _world = new();
    private CollectionState _collection = Agreed(CollectsOn.Due, At);

    [Fact]
    public void Charges_what_is_open_to_the_kept_method_on_the_due_day_and_not_before()
    {
        _world.Tell(Transfer(Third, 25_00));
        Assert.Equal("collection-not-due", Refusal(Collect(First, today: Due.PlusDays(-1))));
        var begun = Assert.IsType<CollectionStart.Begun>(Collect(First));
        Assert.Equal(
            new PaymentEvent.PaymentAttempted(
                First, InvoiceId, ClientId, 75_00, "USD", At, "cus_1", new AutomaticCharge("pm_1", 1)),
            begun.Payment);
        Assert.Equal(new InvoiceEvent.CheckoutAttempted(First, 75_00, At, 1), begun.Invoice);
    }

    [Fact]
    public void Charges_at_once_where_the_client_agreed_to_that()
    {
        _collection = Agreed(CollectsOn.Finalized, At);
        Assert.IsType<CollectionStart.Begun>(Collect(First, today: May4));
    }

    [Fact]
    public void Without_an_agreement_that_was_there_before_the_invoice_nothing_is_charged()
    {
        _collection = CollectionState.None;
        Assert.Equal("collection-not-agreed", Refusal(Collect(First)));
        _collection = Agreed(CollectsOn.Due, At + Duration.FromSeconds(1));
        Assert.Equal("collection-not-agreed", Refusal(Collect(First)));
        _collection = After(Agreed(CollectsOn.Due, At), new CollectionEvent.CollectionWithdrawn(ConsentWays.SharePage, At));
        Assert.Equal("collection-not-agreed", Refusal(Collect(First)));
        _collection = After(Agreed(CollectsOn.Due, At), new CollectionEvent.CollectionTurnedOff(At));
        Assert.Equal("collection-turned-off", Refusal(Collect(First)));
        _collection = After(Agreed(CollectsOn.Due, At), new CollectionEvent.PaymentMethodGone("pm_1", MethodGone.Detached, At));
        Assert.Equal("collection-no-method", Refusal(Collect(First)));
    }

    [Fact]
    public void A_charge_and_a_checkout_keep_each_other_out()
    {
        Collect(First);
        Assert.Equal(First, Assert.IsType<CollectionStart.Resumed>(Collect(Second)).PaymentId);
        Assert.Equal("payment-under-way", Assert.IsType<CheckoutStart.Refused>(_world.Attempt(Second)).Rejection.Code);
        _world.Tell(new MarkPending(First, At));
        Assert.Equal("payment-under-way", Refusal(Collect(Second)));
        Assert.Equal("payment-under-way", Assert.IsType<CheckoutStart.Refused>(_world.Attempt(Second)).Rejection.Code);
        _world.Tell(new FailPayment(First, "Your card was declined.", At, "card_declined"));
        Assert.IsType<CheckoutStart.Begun>(_world.Attempt(Second));
        Assert.Equal(Second, Assert.IsType<CollectionStart.Blocked>(Collect(Third, at: At + 2 * Day)).PaymentId);
        _world.Tell(new ExpireCheckout(Second, At));
        Assert.IsType<CollectionStart.Begun>(Collect(Third, at: At + 2 * Day));
    }

    [Fact]
    public void A_decline_is_tried_again_after_one_three_and_five_days_and_then_no_more()
    {
        var at = At;
        foreach (var (number, days) in new[] { (1, 1), (2, 3), (3, 5) })
        {
            Assert.IsType<CollectionStart.Begun>(Collect(Number(number), at: at));
            _world.Tell(new FailPayment(Number(number), "Your card was declined.", at, "generic_decline"));
            Assert.Equal("collection-not-due", Refusal(Collect(Number(9), at: at + days * Day - Duration.FromSeconds(1))));
            at += days * Day;
        }
        Assert.IsType<CollectionStart.Begun>(Collect(Number(4), at: at));
        _world.Tell(new FailPayment(Number(4), "Your card was declined.", at, "generic_decline"));
        Assert.Equal("collection-given-up", Refusal(Collect(Number(9), at: at + 30 * Day)));
    }

    [Theory]
    [InlineData("authentication_required", null, false)]
    [InlineData("expired_card", null, false)]
    [InlineData("payment_method_gone", null, false)]
    [InlineData("insufficient_funds", "do_not_try_again", false)]
    [InlineData("insufficient_funds", "try_again_later", true)]
    [InlineData(null, null, true)]
    public void What_will_not_get_better_is_not_tried_again(string? code, string? advice, bool isTriedAgain)
    {
        Collect(First);
        _world.Tell(new FailPayment(First, "No.", At, code, advice));
        var next = Collect(Second, at: At + Day);
        if (isTriedAgain) Assert.IsType<CollectionStart.Begun>(next);
        else Assert.Equal("collection-given-up", Refusal(next));
    }

    [Fact]
    public void What_was_given_back_is_not_charged_again()
    {
        Collect(First);
        _world.Tell(Succeeded(First));
        Assert.Equal("invoice-already-paid", Refusal(Collect(Second)));
        _world.Tell(Refunded("re_1", 40_00));
        Assert.Equal("collection-given-up", Refusal(Collect(Second)));
    }

    [Fact]
    public void An_attempt_that_never_reached_Stripe_is_followed_by_another()
    {
        Collect(First);
        _world.Tell(new ExpireCheckout(First, At + Day));
        Assert.Equal(2, Assert.IsType<CollectionStart.Begun>(Collect(Second, at: At + Day)).Payment.Automatic!.Number);
    }

    [Theory]
    [InlineData(CollectsOn.Due)]
    [InlineData(CollectsOn.Finalized)]
    public void Instalments_are_charged_each_on_its_day_and_those_that_are_due_together(string collectsOn)
    {
        (_world, _collection) = (InThree(), Agreed(collectsOn, At));
        Assert.Equal("collection-not-due", Refusal(Collect(Number(1), May4.PlusDays(9))));
        Assert.Equal(Charged(1, 20_00, May4.PlusDays(10), tries: 1), Begun(Collect(Number(1), May4.PlusDays(10))));
        _world.Tell(Succeeded(Number(1), 20_00));
        Assert.Equal("collection-not-due", Refusal(Collect(Number(2), May4.PlusDays(19))));
        Assert.Equal(Charged(2, 80_00, May4.PlusDays(30), tries: 1), Begun(Collect(Number(2), May4.PlusDays(30))));
        _world.Tell(Succeeded(Number(2), 80_00));
        Assert.Equal("invoice-already-paid", Refusal(Collect(Number(3), May4.PlusDays(40))));
    }

    [Fact]
    public void The_tries_of_an_instalment_begin_anew_with_the_next_and_take_in_what_falls_due_meanwhile()
    {
        _world = InThree();
        Assert.Equal(Charged(1, 20_00, May4.PlusDays(10), tries: 1), Begun(Collect(Number(1), May4.PlusDays(10), At + 10 * Day)));
        _world.Tell(new FailPayment(Number(1), "No.", At + 10 * Day, "generic_decline"));
        Assert.Equal("collection-not-due", Refusal(Collect(Number(2), May4.PlusDays(10), At + 10 * Day)));
        Assert.Equal(Charged(2, 50_00, May4.PlusDays(20), tries: 2), Begun(Collect(Number(2), May4.PlusDays(20), At + 20 * Day)));
        _world.Tell(new FailPayment(Number(2), "No.", At + 20 * Day, "stolen_card"));
        Assert.Equal("collection-given-up", Refusal(Collect(Number(3), May4.PlusDays(30), At + 30 * Day)));

        // The client pays what was due by the link, so that the last one is a matter of its own.
        _world.Tell(Transfer(Third, 50_00));
        Assert.Equal(Charged(3, 50_00, May4.PlusDays(30), tries: 1), Begun(Collect(Number(3), May4.PlusDays(30), At + 30 * Day)));
    }

    /// <summary>An amount that happens to be that of the next instalment is not taken before its day.</summary>
    [Fact]
    public void What_was_begun_for_an_instalment_that_is_paid_meanwhile_asks_for_nothing_any_more()
    {
        _world = new PaymentWorld(instalments: [new(May4.PlusDays(10), 50_00), new(May4.PlusDays(20), 50_00)]);
        var charge = Begun(Collect(First, May4.PlusDays(10)));
        Assert.Equal(50_00, charge.Charge.WantedMinor(_world.Invoice.Issued!));
        _world.Tell(Transfer(Third, 50_00));
        Assert.Equal(0, charge.Charge.WantedMinor(_world.Invoice.Issued!));
    }

    [Fact]
    public void An_instalment_that_was_collected_and_is_open_again_is_not_charged_again()
    {
        _world = InThree();
        Collect(First, May4.PlusDays(10));
        _world.Tell(Succeeded(First, 20_00));
        _world.Tell(Refunded("re_1", 10_00));
        Assert.Equal("collection-given-up", Refusal(Collect(Second, May4.PlusDays(20))));
    }

    private static PaymentWorld InThree() => new(
        instalments: [new(May4.PlusDays(10), 20_00), new(May4.PlusDays(20), 30_00), new(May4.PlusDays(30), 50_00)]);

    private static (long AmountMinor, AutomaticCharge Charge) Charged(int number, long amountMinor, LocalDate through, int tries) =>
        (amountMinor, new AutomaticCharge("pm_1", number, through, tries));

    private static (long AmountMinor, AutomaticCharge Charge) Begun(CollectionStart start)
    {
        var begun = Assert.IsType<CollectionStart.Begun>(start);
        return (begun.Payment.AmountMinor, begun.Payment.Automatic!);
    }

    private static CollectionState Agreed(string collectsOn, Instant at) => Collection.Stream.Fold(
    [
        new CollectionEvent.StripeCustomerMade("cus_1", null, at),
        new CollectionEvent.CollectionAgreed(Third, collectsOn, Collection.TextVersion, "en", ConsentWays.SharePage, at),
        new CollectionEvent.PaymentMethodSaved(Third, "pm_1", null, "card", "visa", "4242", 12, 2034, at),
    ]);

    private static CollectionState After(CollectionState state, CollectionEvent @event) => Collection.Evolve(state, @event);

    private static Guid Number(int number) => new(number, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);

    private CollectionStart Collect(Guid paymentId, LocalDate? today = null, Instant? at = null)
    {
        var issued = _world.Invoice.Issued!;
        var open = issued.Checkout is { } checkout ? _world[checkout.PaymentId] : Payment.Stream.Initial;
        var last = issued.Collections.IsEmpty ? Payment.Stream.Initial : _world[issued.Collections[^1]];
        var start = CollectionStart.Decide(
            new CollectionBooks(_world.Invoice, _collection, open, last, _world[paymentId]),
            new CollectInvoice(paymentId, InvoiceId, today ?? Due, Account: null, at ?? At));
        if (start is CollectionStart.Begun begun) _world.Take(paymentId, begun.Payment, begun.Invoice);
        return start;
    }

    private static string Refusal(CollectionStart start) => Assert.IsType<CollectionStart.Refused>(start).Rejection.Code;
}
