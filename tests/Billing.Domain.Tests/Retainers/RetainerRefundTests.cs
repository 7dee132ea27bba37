using Billing.Domain.Retainers;
using Billing.Domain.Tests.Invoicing;
using NodaTime;
using static Billing.Domain.Retainers.RetainerEvent;
using static Billing.Domain.Tests.Retainers.Terms;

namespace Billing.Domain.Tests.Retainers;

/// <summary>What was left of a retainer goes out once, as of the deposits that brought it.</summary>
public class RetainerRefundTests
{
    private static readonly Instant At = Instant.FromUtc(2026, 1, 20, 12, 0);
    private static readonly LocalDate Today = new(2026, 1, 20);
    private static readonly SettleRetainerRefund Settle = new(Id(1), Id(7), "transfer", Today, "Wire 7", At);

    [Fact]
    public void Goes_out_once_and_is_written_down_once()
    {
        var state = Refunded(Money((31, 6, 50_00)));

        var settled = Retainer.Decide(state, Settle).Events();

        Canonical.Same(
            new RetainerRefundSettled(Id(7), "transfer", Today, "Wire 7", [new DepositRefund(Id(6), 50_00)], At), settled.Single());
        var after = Retainer.Stream.After(state, settled);
        Retainer.Decide(after, Settle).IsAlreadyDone();
        Retainer.Decide(after, Settle with { Method = "cash" }).IsRefused("refund-settled");
        Retainer.Decide(after, Settle with { SettledOn = Today.PlusDays(1) }).IsRefused("refund-settled");
        Retainer.Decide(after, Settle with { Reference = null }).IsRefused("refund-settled");
    }

    [Fact]
    public void Is_due_before_it_goes_out_and_goes_by_hand_and_not_in_the_future()
    {
        var state = Refunded(Money((31, 6, 50_00)));

        Retainer.Decide(Retainer.Stream.Initial, Settle).IsRefused("retainer-unknown");
        Retainer.Decide(state, Settle with { RefundId = Id(8) }).IsRefused("refund-unknown");
        Retainer.Decide(state, Settle with { Method = "stripe" }).IsRefused("payment-method-unknown");
        Retainer.Decide(state, Settle with { Reference = "a\nb" }).IsRefused("text-unprintable");
        Retainer.Decide(state, Settle with { SettledOn = Today.PlusDays(-1) }).IsRefused("settled-on-implausible");
        Retainer.Decide(state, Settle with { SettledOn = Today.PlusDays(2) }).IsRefused("settled-on-implausible");
        Assert.Single(Retainer.Decide(state, Settle with { SettledOn = Today.PlusDays(1) }).Events());
    }

    [Fact]
    public void Money_goes_back_as_of_the_deposit_of_its_lot()
    {
        var state = Retainer.Stream.After(
            Money((31, 6, 50_00), (32, 6, 30_00), (33, 16, 20_00)),
            [new RetainerDrawn(Id(9), 60_00, [new LotDraw(Id(31), 50_00), new LotDraw(Id(32), 10_00)], January1)]);

        Assert.Equal([(6, 20_00L), (16, 20_00L)], Deposits(Refunded(state), 7));
    }

    /// <summary>Ten hours of 400.00, three of them used: 280.00 goes back, and of which deposit the hours came nobody can say.</summary>
    [Fact]
    public void What_was_paid_for_hours_goes_back_as_of_the_deposits_that_came_last()
    {
        var state = Retainer.Stream.After(
            RetainerTermsTests.Agreed(Block(10, 400_00)),
            [
                new RetainerHoursBought(Id(5), 10 * Hour, 400_00, January1),
                new RetainerFunded(Id(31), Id(6), Id(31), 150_00, January1),
                new RetainerFunded(Id(32), Id(16), Id(32), 250_00, January1.PlusDays(1)),
                new RetainerHoursDrawn(Id(9), [new HoursUse(January1, Id(5), 3 * Hour, UseOf.Lot, 0)], January1),
            ]);

        Assert.Equal([(16, 250_00L), (6, 30_00L)], Deposits(Refunded(state), 7));
    }

    /// <summary>Deposits of 150.00 and 250.00; 100.00 of the second was refunded by its processor after the retainer was.</summary>
    [Fact]
    public void All_of_it_goes_back_even_where_its_deposit_was_given_back_meanwhile()
    {
        var state = Retainer.Stream.After(
            Refunded(Money((31, 6, 150_00), (32, 16, 250_00))),
            [new RetainerFundingTakenBack(Id(40), [new LotDraw(Id(32), 100_00)], Today)]);

        Assert.Equal(400_00, Deposits(state, 7).Sum(deposit => deposit.Minor));
    }

    private static List<(int Invoice, long Minor)> Deposits(RetainerState state, int refund)
    {
        var settled = Assert.IsType<RetainerRefundSettled>(Retainer.Decide(state, Settle with { RefundId = Id(refund) }).Events().Single());
        return settled.Deposits
            .Select(deposit => (Enumerable.Range(1, 40).Single(n => Id(n) == deposit.InvoiceId), deposit.AmountMinor)).ToList();
    }

    private static RetainerState Refunded(RetainerState state) => Retainer.Stream.After(
        state, Retainer.Decide(state, new RefundRetainer(Id(1), Id(7), Today, At), Today).Events());

    private static RetainerState Money(params (int Lot, int Invoice, long Minor)[] lots) => Retainer.Stream.After(
        RetainerTermsTests.Agreed(RetainerTerms.Plain(RetainerKind.PrepaidMoney)),
        [.. lots.Select(lot => new RetainerFunded(Id(lot.Lot), Id(lot.Invoice), Id(lot.Lot), lot.Minor, January1))]);
}
