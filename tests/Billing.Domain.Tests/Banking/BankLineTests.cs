using Billing.Domain.Banking;
using Billing.Domain.Payments;
using Billing.Domain.Tests.Payments;
using Billing.Domain.Values;
using CsCheck;
using NodaTime;
using static Billing.Domain.Banking.BankLineEvent;
using static Billing.Domain.Tests.Payments.PaymentWorld;

namespace Billing.Domain.Tests.Banking;

public sealed class BankLineTests
{
    private static readonly Guid Line = new("01990000-0000-8000-8000-0000000000b1");

    private static readonly BankLineImported Came =
        new(Line, "DE02", May4, 100_00, "USD", "Acme Dental", "INV-2026-0001", "20260504-1", At);

    private static ImportBankLine Import(long minor = 100_00) => new(
        Line, "DE02", May4, new Money(minor, Currency.Of("USD")), "Acme Dental", "INV-2026-0001", "20260504-1", At);

    private static SharedOut ShareOut(IReadOnlyList<BankLineEvent> history, params PaymentWorld[] worlds) => BankMatching.ShareOut(
        BankLine.Stream.Fold(history), [.. worlds.Select(w => w.Invoice)], [First, Second, .. Enumerable.Repeat(Line, 3)],
        new ConfirmMatch(Line, [.. worlds.Select((_, i) => new Guid(i, 0, 0, new byte[8]))], At));

    [Fact]
    public void The_same_line_again_brings_nothing_new_and_another_under_its_id_is_refused()
    {
        BankLine.Stream.Given().When(s => BankLine.Decide(s, Import())).Then(Came);
        BankLine.Stream.Given(Came).When(s => BankLine.Decide(s, Import() with { At = At + Duration.FromDays(1) })).ThenNothing();
        BankLine.Stream.Given(Came).When(s => BankLine.Decide(s, Import(100_01))).ThenRefused("id-taken");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Only_what_came_in_is_kept(long minor) =>
        BankLine.Stream.Given().When(s => BankLine.Decide(s, Import(minor))).ThenRefused("amount-not-positive", "/amount");

    [Fact]
    public void What_was_set_aside_can_be_taken_up_again_until_it_is_matched()
    {
        var aside = new BankLineSetAside("From savings", At);
        BankLine.Stream.Given(Came).When(s => BankLine.Decide(s, new SetBankLineAside(Line, "From savings", At))).Then(aside);
        BankLine.Stream.Given(Came, aside).When(s => BankLine.Decide(s, new SetBankLineAside(Line, "Again", At))).ThenNothing();
        BankLine.Stream.Given(Came, aside).When(s => BankLine.Decide(s, new TakeBankLineUp(Line, At)))
            .Then(new BankLineTakenUp(At));
        BankLine.Stream.Given(Came).When(s => BankLine.Decide(s, new TakeBankLineUp(Line, At))).ThenNothing();
        BankLine.Stream.Given(Came, new BankLineMatched([First], At))
            .When(s => BankLine.Decide(s, new SetBankLineAside(Line, null, At))).ThenRefused("bank-line-matched");
        BankLine.Stream.Given().When(s => BankLine.Decide(s, new TakeBankLineUp(Line, At))).ThenRefused("bank-line-unknown");
    }

    [Fact]
    public void A_confirmed_amount_is_a_transfer_on_the_banks_day_that_says_what_the_client_wrote()
    {
        var shared = Assert.IsType<SharedOut.Amounts>(ShareOut([Came], new PaymentWorld()));
        var payment = Assert.Single(shared.Payments);
        Assert.Equal(
            (First, new Money(100_00, Currency.Of("USD")), PaymentMethods.Transfer, May4, "INV-2026-0001"),
            (payment.PaymentId, payment.Amount, payment.Method, payment.ReceivedOn, payment.Reference));
    }

    [Fact]
    public void Two_invoices_get_their_open_balance_and_the_last_what_is_left()
    {
        var shared = Assert.IsType<SharedOut.Amounts>(ShareOut(
            [Came with { AmountMinor = 250_00 }], new PaymentWorld(totalMinor: 100_00), new PaymentWorld(totalMinor: 120_00)));
        Assert.Equal([100_00, 150_00], shared.Payments.Select(p => p.Amount.Minor));
    }

    [Fact]
    public void Nothing_is_left_for_an_invoice_after_those_before_it() => Assert.Equal(
        "bank-line-too-small",
        Assert.IsType<SharedOut.Refused>(ShareOut([Came], new PaymentWorld(), new PaymentWorld())).Rejection.Code);

    [Fact]
    public void However_an_amount_is_shared_out_its_parts_sum_to_it() =>
        Gen.Select(Gen.Long[1, 1_000_000], Gen.Long[1, 300_000].Array[1, 5]).Sample((amount, open) =>
        {
            var shared = ShareOut([Came with { AmountMinor = amount }], [.. open.Select(minor => new PaymentWorld(totalMinor: minor))]);
            if (shared is not SharedOut.Amounts { Payments: var payments }) return amount <= open[..^1].Sum();
            return payments.Sum(p => p.Amount.Minor) == amount && payments.All(p => p.Amount.IsPositive)
                && payments.Zip(open).SkipLast(1).All(pair => pair.First.Amount.Minor == pair.Second);
        });

    [Fact]
    public void Payments_written_down_before_are_linked_only_where_they_come_to_the_amount()
    {
        PaymentState Paid(long minor) => new PaymentState.ByHand(new PaymentEvent.PaymentRecorded(
            First, InvoiceId, ClientId, minor, "USD", minor, 0, PaymentMethods.Transfer, May4, null, At));
        var wish = new LinkPayments(Line, [First, Second], At);
        var line = BankLine.Stream.Fold([Came]);

        Link(Paid(60_00), Paid(40_00)).Then(new BankLineMatched([First, Second], At));
        Link(Paid(60_00), Paid(40_01)).ThenRefused("bank-line-differs", "/paymentIds");
        Link(Paid(60_00), Payment.Stream.Initial).ThenRefused("payment-unknown", "/paymentIds/1");
        wish = wish with { PaymentIds = [First, First] };
        Link(Paid(50_00), Paid(50_00)).ThenRefused("match-repeated", "/paymentIds");
        wish = wish with { PaymentIds = [] };
        Link().ThenRefused("match-empty", "/paymentIds");

        Outcome<BankLineEvent> Link(params PaymentState[] payments) => new(BankMatching.Decide(line, payments, wish));
    }

    [Fact]
    public void Every_event_is_folded() => BankLine.Stream.Takes_every_kind_of_event(
        [Came, new BankLineSetAside(null, At), new BankLineTakenUp(At), new BankLineMatched([First], At)]);
}
