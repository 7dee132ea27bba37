using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;
using Billing.Domain.Tests.Invoicing;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Retainers.RetainerEvent;
using static Billing.Domain.Tests.Retainers.Terms;

namespace Billing.Domain.Tests.Retainers;

/// <summary>Buying, renewing, approving, filling up and giving back, each on both sides of what is allowed.</summary>
public class RetainerLotsTests
{
    private static readonly Instant At = Instant.FromUtc(2026, 1, 20, 12, 0);
    private static readonly LocalDate Today = new(2026, 1, 20);
    private static readonly InvoiceState NoInvoice = Invoice.Stream.Initial;

    [Fact]
    public void A_block_is_bought_once_as_the_terms_say_unless_said_otherwise()
    {
        var state = Agreed(Block(10, 400_00));
        var buy = new BuyHours(Id(1), Id(5), null, null, Today, At);
        var bought = Retainer.Decide(state, buy).Events();
        Assert.Equal(new RetainerHoursBought(Id(5), 10 * Hour, 400_00, Today), bought.Single());
        var after = Retainer.Stream.After(state, bought);
        Retainer.Decide(after, buy).IsAlreadyDone();
        Retainer.Decide(after, buy with { Seconds = 60 }).IsRefused("lot-differs");
        Retainer.Decide(after, buy with { LotId = Id(6), Seconds = 60 }).Events();
        Retainer.Decide(after, buy with { LotId = Id(6), Seconds = 59 }).IsRefused("terms-out-of-range");
        Retainer.Decide(after, buy with { LotId = Id(6), Price = new Money(0, Currency.Usd) }).Events();
        Retainer.Decide(after, buy with { LotId = Id(6), Price = new Money(-1, Currency.Usd) }).IsRefused("terms-out-of-range");
        Retainer.Decide(after, buy with { LotId = Id(6), Price = new Money(1, Currency.Eur) }).IsRefused("currency-mismatch");
        Retainer.Decide(after, buy with { LotId = Id(6), BoughtOn = Today.PlusDays(1) }).Events();
        Retainer.Decide(after, buy with { LotId = Id(6), BoughtOn = Today.PlusDays(2) }).IsRefused("retainer-day-implausible");
        Retainer.Decide(after, buy with { LotId = Id(6), BoughtOn = January1 }).Events();
        Retainer.Decide(Agreed(Monthly(10)), buy).IsRefused("not-an-hour-block");
        Retainer.Decide(Retainer.Stream.Initial, buy).IsRefused("retainer-unknown");
    }

    [Fact]
    public void What_is_left_can_be_renewed_and_what_has_expired_cannot()
    {
        var state = Bought(Block(10, 400_00, expiryDays: 10, renewalDays: 30));
        var renew = new RenewRetainer(Id(1), Id(7), January1.PlusDays(10), At);
        var renewed = Retainer.Stream.After(state, Retainer.Decide(state, renew).Events());
        Retainer.Decide(renewed, renew).IsAlreadyDone();
        Assert.Equal(January1.PlusDays(40), RetainerFacts.Account(Agreed(renewed), Today).Lots.Single().LastDay);
        Retainer.Decide(state, renew with { RenewedOn = January1.PlusDays(11) }).IsRefused("nothing-to-renew");
        Retainer.Decide(Bought(Block(10, 400_00, expiryDays: 10)), renew).IsRefused("not-renewable");
    }

    [Fact]
    public void Only_what_is_stopped_needs_approval()
    {
        var approve = new ApproveOverage(Id(1), Id(7), Today, Hour, "By mail", At);
        var state = Agreed(Monthly(10).Capped(110, 130));
        var approved = Retainer.Stream.After(state, Retainer.Decide(state, approve).Events());
        Retainer.Decide(approved, approve).IsAlreadyDone();
        Retainer.Decide(approved, approve with { Quantity = 2 }).IsRefused("id-taken");
        Retainer.Decide(state, approve with { Quantity = 0 }).IsRefused("amount-not-positive");
        Retainer.Decide(Agreed(Monthly(10).Beyond(OverageRule.Refuse)), approve).Events();
        Retainer.Decide(Agreed(Monthly(10)), approve).IsRefused("nothing-to-approve");
    }

    [Theory]
    [InlineData(400_00, null, null, 0)]
    [InlineData(399_99, null, null, 600_01)]
    [InlineData(399_99, 250_00L, null, 250_00)]
    [InlineData(399_99, null, 500_00L, 500_00)]
    public void A_balance_below_the_floor_calls_for_a_top_up(long balance, long? amount, long? cap, long due)
    {
        var state = Evergreen(new EvergreenTerms(400_00, 1000_00, EvergreenTerms.Threshold, amount, cap), balance);
        Assert.Equal(due, RetainerFacts.Account(Agreed(state), Today).TopUpDueMinor());
        var decision = Retainer.Decide(state, new RequestTopUp(Id(1), Id(8), Today, null, At), NoInvoice);
        if (due == 0) decision.IsRefused("top-up-not-due");
        else Assert.Equal(new RetainerTopUpRequested(Id(8), due, Today), decision.Events().Single());
    }

    [Fact]
    public void By_interval_it_is_filled_up_once_a_period()
    {
        var terms = new EvergreenTerms(0, 1000_00, EvergreenTerms.Interval, null, null);
        var state = Evergreen(terms, 999_99, new PeriodTerms(PeriodTerms.Month, 1, January1, false));
        Assert.Equal(0, RetainerFacts.Account(Agreed(state), new LocalDate(2026, 1, 31)).TopUpDueMinor());
        Assert.Equal(1, RetainerFacts.Account(Agreed(state), new LocalDate(2026, 2, 1)).TopUpDueMinor());
    }

    /// <summary>Money counts once it is paid, so that a second request waits for the first.</summary>
    [Fact]
    public void A_top_up_is_asked_for_once_until_it_is_paid_or_given_up()
    {
        var state = Evergreen(new EvergreenTerms(400_00, 1000_00, EvergreenTerms.Threshold, null, null), 1_00);
        var request = new RequestTopUp(Id(1), Id(8), Today, null, At);
        var open = Invoice.Stream.Fold([new InvoiceEvent.DepositDrafted(Id(8), Id(2), "USD", Id(1), 999_00, null, At)]);
        var requested = Retainer.Stream.After(state, Retainer.Decide(state, request, NoInvoice).Events());
        Retainer.Decide(requested, request, open).IsAlreadyDone();
        Retainer.Decide(requested, request with { InvoiceId = Id(9) }, open).IsRefused("top-up-open");
        var discarded = Invoice.Stream.After(open, [new InvoiceEvent.DraftDiscarded(At)]);
        Retainer.Decide(requested, request with { InvoiceId = Id(9) }, discarded).Events();
        Retainer.Decide(Agreed(Monthly(10)), request, NoInvoice).IsRefused("not-evergreen");
    }

    /// <summary>longerdays.com: two weeks.</summary>
    [Theory]
    [InlineData(14, null)]
    [InlineData(15, "refund-window-over")]
    public void The_rest_is_refunded_within_the_window(int day, string? refusal)
    {
        var state = Retainer.Stream.After(
            Bought(Block(10, 400_00) with { RefundDays = 14 }),
            [new RetainerHoursDrawn(Id(9), [new HoursUse(January1, Id(5), 3 * Hour, UseOf.Lot, 0)], January1)]);
        var refund = new RefundRetainer(Id(1), Id(7), January1.PlusDays(day), At);
        var decision = Retainer.Decide(state, refund);
        if (refusal is not null)
        {
            decision.IsRefused(refusal);
            return;
        }
        var refunded = Assert.IsType<RetainerRefunded>(decision.Events().Single());
        Assert.Equal(new LotRefund(Id(5), 7 * Hour, 280_00), refunded.Lots.Single());
        var after = Retainer.Stream.After(state, [refunded]);
        Retainer.Decide(after, refund).IsAlreadyDone();
        Retainer.Decide(after, refund with { RefundId = Id(8) }).IsRefused("nothing-to-refund");
    }

    [Fact]
    public void Money_that_is_given_back_is_no_longer_there_to_draw()
    {
        var state = Evergreen(new EvergreenTerms(0, 1000_00, EvergreenTerms.Threshold, null, null), 50_00);
        var after = Retainer.Stream.After(
            state, Retainer.Decide(state, new RefundRetainer(Id(1), Id(7), Today, At)).Events());
        Assert.Equal(0, Agreed(after).BalanceMinor);
        Assert.Equal(0, RetainerFacts.Account(Agreed(after), Today).UnearnedMinor(Today));
        Retainer.Decide(after, new DrawRetainer(Id(1), Id(9), 1, Today)).IsRefused("retainer-too-small");
    }

    [Fact]
    public void An_invoice_uses_hours_once_and_puts_them_back_once()
    {
        var state = Bought(Block(10, 400_00));
        HoursUse[] uses = [new(January1, Id(5), 3 * Hour, UseOf.Lot, 150_00)];
        var draw = new DrawHours(Id(1), Id(9), uses, Today);
        var drawn = Retainer.Stream.After(state, Retainer.Decide(state, draw).Events());
        Assert.Equal(7 * Hour, RetainerFacts.Account(Agreed(drawn), Today).Balance);
        Retainer.Decide(drawn, draw).IsAlreadyDone();
        Retainer.Decide(drawn, draw with { Uses = [] }).IsRefused("draw-differs");
        var back = Retainer.Decide(drawn, new ReverseDraw(Id(1), Id(9), Today)).Events();
        Assert.Equal(new RetainerHoursReversed(Id(9), 3 * Hour, Today), back.Single());
        var reversed = Retainer.Stream.After(drawn, back);
        Assert.Equal(10 * Hour, RetainerFacts.Account(Agreed(reversed), Today).Balance);
        Retainer.Decide(reversed, draw).IsRefused("draw-reversed");
    }

    private static RetainerState.Agreed Agreed(RetainerState state) => Assert.IsType<RetainerState.Agreed>(state);

    private static RetainerState Agreed(RetainerTerms terms) => RetainerTermsTests.Agreed(terms);

    private static RetainerState Bought(RetainerTerms terms) =>
        Retainer.Stream.After(Agreed(terms), [new RetainerHoursBought(Id(5), 10 * Hour, 400_00, January1)]);

    private static RetainerState Evergreen(EvergreenTerms evergreen, long balanceMinor, PeriodTerms? period = null) =>
        Retainer.Stream.After(
            Agreed(RetainerTerms.Plain(RetainerKind.Evergreen) with { Evergreen = evergreen, Period = period }),
            [new RetainerFunded(Id(5), Id(6), Id(5), balanceMinor, January1)]);
}
