using Billing.Domain.Invoicing;
using Billing.Domain.RecurringInvoices;
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

    /// <summary>omb.cloud, in the order in which it happens: the work is done, stopped, and approved afterwards.</summary>
    [Fact]
    public void An_approval_releases_what_was_done_before_it_in_its_period()
    {
        var capped = Agreed(Agreed(Monthly(10).Capped(110, 130)));
        RetainerWork[] work =
        [
            new(Id(21), null, January1.PlusDays(17), 10 * Hour, 500_00), new(Id(22), null, January1.PlusDays(18), 4 * Hour, 200_00),
        ];
        var workedThrough = January1.PlusDays(18);
        Assert.Equal((3 * Hour, Hour), Beyond(capped));
        var late = Instant.FromUtc(2026, 2, 10, 12, 0);
        var approve = new ApproveOverage(Id(1), Id(7), new LocalDate(2026, 1, 31), Hour, null, late);
        Assert.Equal((4 * Hour, 0), Beyond(Approved(approve)));
        Assert.Equal((3 * Hour, Hour), Beyond(Approved(approve with { ApprovedOn = new LocalDate(2026, 2, 1) })));
        var afterwards = approve with { ApprovedOn = new LocalDate(2026, 2, 10), PeriodDay = January1 };
        Assert.Equal((4 * Hour, 0), Beyond(Approved(afterwards)));
        Retainer.Decide(Approved(afterwards), afterwards).IsAlreadyDone();
        Retainer.Decide(Approved(afterwards), afterwards with { PeriodDay = null }).IsRefused("id-taken");
        Retainer.Decide(capped, afterwards with { PeriodDay = January1.PlusDays(-1) }).IsRefused("retainer-day-implausible");
        Retainer.Decide(capped, afterwards with { ApprovedOn = new LocalDate(2026, 2, 12) }).IsRefused("retainer-day-implausible");

        RetainerState.Agreed Approved(ApproveOverage wish) =>
            Agreed(Retainer.Stream.After(capped, Retainer.Decide(capped, wish).Events()));

        (long Billed, long Stopped) Beyond(RetainerState.Agreed retainer)
        {
            var current = RetainerChain.Reckon([retainer], work, workedThrough).Single().Current!;
            return (current.Billed, current.Stopped);
        }
    }

    /// <summary>Nothing in the books of before says that sums have room.</summary>
    [Fact]
    public void Approvals_have_a_bound_in_all_and_history_beyond_it_is_read()
    {
        var state = Agreed(Monthly(10).Capped(110, 130));
        var approve = new ApproveOverage(Id(1), Id(7), Today, RetainerTermsCheck.MaxQuantity, null, At);
        Retainer.Decide(state, approve with { Quantity = RetainerTermsCheck.MaxQuantity + 1 }).IsRefused("approval-out-of-range");
        Retainer.Decide(state, approve with { Quantity = long.MaxValue }).IsRefused("approval-out-of-range");
        var most = Retainer.Stream.After(state, Retainer.Decide(state, approve).Events());
        Retainer.Decide(most, approve with { ApprovalId = Id(8), Quantity = 1 }).IsRefused("approval-out-of-range");
        Retainer.Decide(most, approve with { ApprovalId = Id(8), Quantity = null }).Events();

        var huge = Retainer.Stream.After(state, [.. Enumerable.Range(0, 3).Select(number => (RetainerEvent)
            new RetainerOverageApproved(Id(40 + number), Today, long.MaxValue, null, At))]);
        RetainerWork[] work = [new(Id(21), null, Today, 14 * Hour, 700_00)];
        Assert.Equal(4 * Hour, RetainerChain.Reckon([Agreed(huge)], work, Today).Single().Current!.Billed);
        Retainer.Decide(huge, approve).IsRefused("approval-out-of-range");
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

    /// <summary>longerdays.com: two weeks. They are over when they are over, whatever day the refund is dated.</summary>
    [Theory]
    [InlineData(14, 14, null)]
    [InlineData(14, 3, null)]
    [InlineData(15, 15, "refund-window-over")]
    [InlineData(23, 10, "refund-window-over")]
    public void The_rest_is_refunded_within_the_window(int today, int dated, string? refusal)
    {
        var state = Retainer.Stream.After(
            Paid(Bought(Block(10, 400_00) with { RefundDays = 14 }), 400_00),
            [new RetainerHoursDrawn(Id(9), [new HoursUse(January1, Id(5), 3 * Hour, UseOf.Lot, 0)], January1)]);
        var refund = new RefundRetainer(Id(1), Id(7), January1.PlusDays(dated), Instant.FromUtc(2026, 1, 24, 12, 0));
        var decision = Retainer.Decide(state, refund, January1.PlusDays(today));
        if (refusal is not null)
        {
            decision.IsRefused(refusal);
            return;
        }
        var refunded = Assert.IsType<RetainerRefunded>(decision.Events().Single());
        Assert.Equal(new LotRefund(Id(5), 7 * Hour, 280_00), refunded.Lots.Single());
        var after = Retainer.Stream.After(state, [refunded]);
        Retainer.Decide(after, refund, January1.PlusDays(today)).IsAlreadyDone();
        Retainer.Decide(after, refund with { RefundId = Id(8) }, January1.PlusDays(today)).IsRefused("nothing-to-refund");
        Retainer.Decide(after, refund with { RefundId = Id(8), RefundedOn = January1 }, January1.PlusDays(today))
            .IsRefused("nothing-to-refund");
    }

    /// <summary>Of 400.00 for ten hours.</summary>
    [Theory]
    [InlineData(0, null)]
    [InlineData(100_00, 100_00L)]
    [InlineData(399_99, 399_99L)]
    [InlineData(500_00, 400_00L)]
    public void No_more_is_refunded_than_was_paid(long paidMinor, long? refundedMinor)
    {
        var bought = Bought(Block(10, 400_00));
        var state = paidMinor > 0 ? Paid(bought, paidMinor) : bought;
        var decision = Retainer.Decide(state, new RefundRetainer(Id(1), Id(7), Today, At), Today);
        if (refundedMinor is not { } minor)
        {
            decision.IsRefused("nothing-to-refund");
            return;
        }
        var refunded = Assert.IsType<RetainerRefunded>(decision.Events().Single());
        Assert.Equal(new LotRefund(Id(5), 10 * Hour, minor), refunded.Lots.Single());
        var account = RetainerFacts.Account(Agreed(Retainer.Stream.After(state, [refunded])), Today);
        Assert.Equal((paidMinor - minor, 0), (account.ReceivedMinor, account.Balance));
    }

    [Theory]
    [InlineData(HoursCount.AtOnce, 0, 10)]
    [InlineData(HoursCount.OncePaid, 0, 0)]
    [InlineData(HoursCount.OncePaid, 399_99, 0)]
    [InlineData(HoursCount.OncePaid, 400_00, 10)]
    public void Hours_count_at_once_or_once_all_of_their_price_is_paid(string counts, long paidMinor, long hours)
    {
        var terms = Block(10, 400_00) with { Block = new BlockTerms(70, null, null, counts) };
        var buy = new BuyHours(Id(1), Id(5), null, null, January1, At, Id(6));
        var bought = Retainer.Decide(Agreed(terms), buy).Events();
        var state = Retainer.Stream.After(Agreed(terms), bought);
        if (paidMinor > 0) state = Paid(state, paidMinor);
        var account = RetainerFacts.Account(Agreed(state), Today);
        Assert.Equal(hours * Hour, account.Balance);
        if (hours > 0) Assert.Equal(January1.PlusDays(70 + (counts == HoursCount.OncePaid ? 4 : 0)), account.Lots.Single().LastDay);
        // What nothing asks for can't be waited for.
        var unasked = Retainer.Decide(Agreed(terms), buy with { InvoiceId = null }).Events();
        Assert.Equal(10 * Hour, RetainerFacts.Account(Agreed(Retainer.Stream.After(Agreed(terms), unasked)), Today).Balance);
    }

    [Theory]
    [InlineData(7, RecurringMode.Draft, HoursCount.AtOnce, false)]
    [InlineData(8, RecurringMode.Draft, HoursCount.AtOnce, true)]
    [InlineData(8, RecurringMode.Draft, HoursCount.OncePaid, true)]
    [InlineData(10, RequestMode.ByHand, HoursCount.AtOnce, false)]
    [InlineData(10, null, null, false)]
    public void A_block_asks_for_the_next_one_once(int usedHours, string? mode, string? counts, bool isAsked)
    {
        var terms = Block(10, 400_00) with { Block = new BlockTerms(null, null, 80, counts, mode) };
        var state = Retainer.Stream.After(Agreed(terms), [new RetainerHoursBought(Id(5), 10 * Hour, 400_00, January1)]);
        var request = Asked(state, usedHours);
        Assert.Equal(isAsked, request is not null);
        if (request is null) return;
        Assert.Equal(new RetainerRequest(mode!, true, $"{Id(5):D}"), request);
        var next = Retainer.Stream.After(state, Retainer.Decide(state, new BuyHours(Id(1), Id(6), null, null, Today, At, Id(9))).Events());
        Assert.Null(Asked(next, usedHours));
        var isCounted = counts == HoursCount.AtOnce;
        Assert.Null(Asked(next, isCounted ? 17 : 20));
        if (isCounted) Assert.Equal($"{Id(6):D}", Asked(next, 18)!.Occasion);
        Assert.Null(Asked(Retainer.Stream.After(state, [new RetainerClosed(Today, At)]), usedHours));

        static RetainerRequest? Asked(RetainerState retainer, int hours)
        {
            var agreed = Agreed(retainer);
            RetainerWork[] work = [new(Id(21), null, Today, hours * Hour, hours * 50_00)];
            var worked = RetainerChain.Reckon([agreed], work, Today).Single();
            return RetainerRequest.Of(agreed, worked, RetainerFacts.Account(agreed, Today));
        }
    }

    /// <summary>A request that was discarded is not made again by itself, and money that comes makes the next breach another.</summary>
    [Fact]
    public void A_breach_asks_for_money_once_until_some_comes()
    {
        var terms = new EvergreenTerms(400_00, 1000_00, EvergreenTerms.Threshold, 200_00, null, RecurringMode.Send);
        var state = Evergreen(terms, 100_00);
        Assert.Equal(new RetainerRequest(RecurringMode.Send, false, "0"), Asked(state));
        Assert.Null(Asked(Evergreen(terms with { RequestMode = null }, 100_00)));
        Assert.Null(Asked(Evergreen(terms, 400_00)));
        var request = new RequestTopUp(Id(1), Id(8), Today, null, At);
        var requested = Retainer.Stream.After(state, Retainer.Decide(state, request, NoInvoice).Events());
        Assert.Null(Asked(requested));
        var funded = Retainer.Stream.After(requested, [new RetainerFunded(Id(11), Id(8), Id(11), 200_00, Today)]);
        Assert.Equal(new RetainerRequest(RecurringMode.Send, false, "1"), Asked(funded));

        static RetainerRequest? Asked(RetainerState retainer)
        {
            var account = RetainerFacts.Account(Agreed(retainer), Today);
            return RetainerRequest.Of(Agreed(retainer), account, account);
        }
    }

    [Fact]
    public void By_interval_money_is_asked_for_once_a_period()
    {
        var terms = new EvergreenTerms(0, 1000_00, EvergreenTerms.Interval, null, null, RecurringMode.Draft);
        var state = Retainer.Stream.After(
            Evergreen(terms, 999_99, new PeriodTerms(PeriodTerms.Month, 1, January1, false)),
            [new RetainerTopUpRequested(Id(8), 1, new LocalDate(2026, 2, 1))]);
        Assert.Null(Asked(new LocalDate(2026, 2, 28)));
        Assert.Equal("1", Asked(new LocalDate(2026, 3, 1))!.Occasion);

        RetainerRequest? Asked(LocalDate day)
        {
            var account = RetainerFacts.Account(Agreed(state), day);
            return RetainerRequest.Of(Agreed(state), account, account);
        }
    }

    [Fact]
    public void Money_that_is_given_back_is_no_longer_there_to_draw()
    {
        var state = Evergreen(new EvergreenTerms(0, 1000_00, EvergreenTerms.Threshold, null, null), 50_00);
        var after = Retainer.Stream.After(
            state, Retainer.Decide(state, new RefundRetainer(Id(1), Id(7), Today, At), Today).Events());
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

    /// <summary>Of 10 h a month, rolling over once and used oldest first: February was invoiced with January's rest, and then 5 h of
    /// January are written down.</summary>
    [Theory]
    [InlineData(15, true)]
    [InlineData(17, false)]
    public void Late_work_that_is_beyond_while_hours_lie_idle_is_told_of(long february, bool isTold)
    {
        var state = Agreed(Monthly(10).RollingOver(1));
        RetainerWork[] first = [Work(21, January1, 3), Work(22, new LocalDate(2026, 2, 10), february)];
        var uses = RetainerChain.Reckon([Agreed(state)], first, new LocalDate(2026, 2, 28)).Single().Uses
            .Select(use => new HoursUse(use.Day, use.LotId, use.Quantity, use.How, use.ValueMinor));
        var drawn = Agreed(Retainer.Stream.After(state, [new RetainerHoursDrawn(Id(9), [.. uses], new LocalDate(2026, 3, 1))]));
        var account = RetainerChain.Reckon([drawn], [Work(23, January1.PlusDays(20), 5)], new LocalDate(2026, 4, 2)).Single();
        Assert.Equal(5 * Hour, account.Uses.Single(use => use.WorkId is not null).Quantity);
        Assert.Equal(isTold, account.Warnings().Contains(RetainerWarning.LateWorkBeyond));
        Assert.DoesNotContain(RetainerWarning.LateWorkBeyond, RetainerFacts.Account(drawn, new LocalDate(2026, 4, 2)).Warnings());

        static RetainerWork Work(int id, LocalDate day, long hours) => new(Id(id), null, day, hours * Hour, hours * 40_00);
    }

    /// <summary>Four days later.</summary>
    private static RetainerState Paid(RetainerState state, long amountMinor) =>
        Retainer.Stream.After(state, [new RetainerFunded(Id(31), Id(6), Id(31), amountMinor, January1.PlusDays(4))]);

    private static RetainerState Evergreen(EvergreenTerms evergreen, long balanceMinor, PeriodTerms? period = null) =>
        Retainer.Stream.After(
            Agreed(RetainerTerms.Plain(RetainerKind.Evergreen) with { Evergreen = evergreen, Period = period }),
            [new RetainerFunded(Id(5), Id(6), Id(5), balanceMinor, January1)]);
}
