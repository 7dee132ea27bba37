using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Retainers;
using Billing.Domain.Tests.Invoicing;
using CsCheck;
using NodaTime;
using static Billing.Domain.Retainers.RetainerEvent;

namespace Billing.Domain.Tests.Retainers;

public class RetainerTests
{
    private static readonly Guid Id = new("01990000-0000-7000-8000-000000000001");
    private static readonly Guid ClientId = new("01990000-0000-7000-8000-000000000002");
    private static readonly Guid Deposit = new("01990000-0000-7000-8000-000000000003");
    private static readonly Instant At = Instant.FromUtc(2026, 3, 1, 12, 0);
    private static readonly LocalDate March1 = new(2026, 3, 1);
    private static readonly RetainerAgreed Agreed = new(Id, ClientId, "USD", "Monthly care", [], At);

    [Fact]
    public void Every_event_is_folded() => EveryEvent.IsFolded(
        Retainer.Stream,
        [
            Agreed, Funded(1, 500_00, March1), new RetainerDrawn(Guid1(9), 200_00, [new LotDraw(Guid1(1), 200_00)], March1),
            new RetainerDrawReversed(Guid1(9), 200_00, [new LotDraw(Guid1(1), 200_00)], March1),
            new RetainerTopUpRequested(Guid1(3), 500_00, March1), new RetainerFeeRequested(Guid1(6), [March1], 500_00, At),
            new RetainerFundingTakenBack(Guid1(5), [new LotDraw(Guid1(1), 1_00)], March1),
            new RetainerRefunded(Guid1(4), [new LotRefund(Guid1(1), 500_00, 500_00)], March1),
            new RetainerRefundSettled(Guid1(4), "cash", March1, null, [new DepositRefund(Guid1(6), 500_00)], At),
        ],
        [
            Agreed, new RetainerTermsSet(March1, Terms.Block(10, 400_00), At),
            new RetainerHoursBought(Guid1(1), 36_000, 400_00, March1), new RetainerRenewed(Guid1(2), March1),
            new RetainerOverageApproved(Guid1(3), March1, 3600, null, At),
            new RetainerHoursDrawn(Guid1(9), [new HoursUse(March1, Guid1(1), 3600, UseOf.Lot, 40_00)], March1),
            new RetainerHoursReversed(Guid1(9), 3600, March1), new RetainerClosed(March1, At),
        ]);

    /// <summary>Harvest's documentation of retainers gives this case.</summary>
    [Fact]
    public void A_deposit_of_5000_and_an_invoice_of_2000_leave_3000()
    {
        var funded = Retainer.Stream.Fold([Agreed, Funded(1, 5000_00, March1)]);
        var drawn = Retainer.Decide(funded, new DrawRetainer(Id, Guid1(9), 2000_00, March1)).Events();
        Assert.Equal(3000_00, Balance(Retainer.Stream.After(funded, drawn)));
    }

    [Fact]
    public void Draws_all_that_is_there_and_not_a_cent_more()
    {
        var state = Retainer.Stream.Fold([Agreed, Funded(1, 70_00, March1), Funded(2, 30_00, March1)]);
        Assert.Single(Retainer.Decide(state, new DrawRetainer(Id, Guid1(9), 100_00, March1)).Events());
        Retainer.Decide(state, new DrawRetainer(Id, Guid1(9), 100_01, March1)).IsRefused("retainer-too-small");
        Assert.Single(Retainer.Decide(state, new DrawRetainer(Id, Guid1(9), 1, March1)).Events());
        Retainer.Decide(state, new DrawRetainer(Id, Guid1(9), 0, March1)).IsRefused("amount-not-positive");
    }

    [Fact]
    public void Draws_the_oldest_lot_first_whenever_it_was_written_down()
    {
        var state = Retainer.Stream.Fold([Agreed, Funded(1, 70_00, March1), Funded(2, 30_00, March1.PlusDays(-1))]);
        var drawn = Retainer.Decide(state, new DrawRetainer(Id, Guid1(9), 50_00, March1)).Events();
        Canonical.Same(
            new RetainerDrawn(Guid1(9), 50_00, [new LotDraw(Guid1(2), 30_00), new LotDraw(Guid1(1), 20_00)], March1),
            drawn.Single());
    }

    [Fact]
    public void A_payment_funds_once()
    {
        var state = Retainer.Stream.Fold([Agreed, Funded(1, 70_00, March1)]);
        Retainer.Decide(state, new FundRetainer(Id, Deposit, Guid1(1), 70_00, March1)).IsAlreadyDone();
        Retainer.Decide(state, new FundRetainer(Id, Deposit, Guid1(1), 70_01, March1)).IsRefused("lot-differs");
        Assert.Single(Retainer.Decide(state, new FundRetainer(Id, Deposit, Guid1(2), 1, March1)).Events());
        Retainer.Decide(state, new FundRetainer(Id, Deposit, Guid1(2), 0, March1)).IsRefused("amount-not-positive");
    }

    [Fact]
    public void An_invoice_draws_once_and_puts_back_once()
    {
        var draw = new DrawRetainer(Id, Guid1(9), 40_00, March1);
        var reverse = new ReverseDraw(Id, Guid1(9), March1);
        var funded = Retainer.Stream.Fold([Agreed, Funded(1, 70_00, March1)]);
        Retainer.Decide(funded, reverse).IsRefused("nothing-drawn");

        var drawn = Retainer.Stream.After(funded, Retainer.Decide(funded, draw).Events());
        Retainer.Decide(drawn, draw).IsAlreadyDone();
        Retainer.Decide(drawn, draw with { AmountMinor = 39_00 }).IsRefused("draw-differs");

        var reversed = Retainer.Stream.After(drawn, Retainer.Decide(drawn, reverse).Events());
        Assert.Equal(70_00, Balance(reversed));
        Retainer.Decide(reversed, reverse).IsAlreadyDone();
        Retainer.Decide(reversed, draw).IsRefused("draw-reversed");
    }

    [Fact]
    public void Nothing_happens_to_a_retainer_that_nobody_agreed_on()
    {
        var none = Retainer.Stream.Initial;
        Retainer.Decide(none, new FundRetainer(Id, Deposit, Guid1(1), 1, March1)).IsRefused("retainer-unknown");
        Retainer.Decide(none, new DrawRetainer(Id, Guid1(9), 1, March1)).IsRefused("retainer-unknown");
        Retainer.Decide(none, new ReverseDraw(Id, Guid1(9), March1)).IsRefused("retainer-unknown");
    }

    [Fact]
    public void Is_agreed_with_a_client_for_that_clients_engagements()
    {
        var client = Client.Stream.Fold([new ClientEvent.ClientAdded(ClientId, "Acme", null, null, "EUR", null, At)]);
        var archived = Client.Stream.After(client, [new ClientEvent.ClientArchived(At)]);
        var engagements = new Dictionary<Guid, EngagementState>
        {
            [Guid1(5)] = Engagement.Stream.Fold([new EngagementEvent.EngagementAgreed(Guid1(5), ClientId, "EUR", "Inbox", At)]),
            [Guid1(6)] = Engagement.Stream.Fold([new EngagementEvent.EngagementAgreed(Guid1(6), Guid1(7), "EUR", "Other", At)]),
        };
        var command = new AgreeRetainer(Id, ClientId, "Care", [Guid1(5)], At);
        var none = Retainer.Stream.Initial;

        var agreed = Retainer.Decide(none, command, client, engagements).Events();
        Canonical.Same(new RetainerAgreed(Id, ClientId, "EUR", "Care", [Guid1(5)], At), agreed.Single());
        var state = Retainer.Stream.Fold(agreed);
        Retainer.Decide(state, command, client, engagements).IsAlreadyDone();
        Retainer.Decide(state, command with { Name = "Other" }, client, engagements).IsRefused("id-taken");

        Retainer.Decide(none, command with { Name = " " }, client, engagements).IsRefused("text-missing");
        Retainer.Decide(none, command, Client.Stream.Initial, engagements).IsRefused("client-unknown");
        Retainer.Decide(none, command, archived, engagements).IsRefused("client-archived");
        Retainer.Decide(none, command with { EngagementIds = [Guid1(6)] }, client, engagements)
            .IsRefused("engagement-of-other-client");
        Retainer.Decide(none, command with { EngagementIds = [Guid1(5), Guid1(5)] }, client, engagements)
            .IsRefused("engagement-repeated");
    }

    [Fact]
    public void Covers_what_it_was_agreed_for()
    {
        var forAll = (RetainerState.Agreed)Retainer.Stream.Fold([Agreed]);
        var forOne = (RetainerState.Agreed)Retainer.Stream.Fold([Agreed with { EngagementIds = [Guid1(5)] }]);
        Assert.True(forAll.Covers(Guid1(5)) && forAll.Covers(null));
        Assert.True(forOne.Covers(Guid1(5)));
        Assert.False(forOne.Covers(Guid1(6)) || forOne.Covers(null));
    }

    /// <summary>Whatever is asked in whatever order: funded = balance + drawn − put back, and no lot is ever
    /// overdrawn.</summary>
    [Fact]
    public void Conserves_every_cent()
    {
        var step = Gen.Select(Gen.Int[0, 2], Gen.Int[1, 8], Gen.Long[1, 300], Gen.Int[0, 5]);
        step.Array[0, 40].Sample(steps =>
        {
            var state = Retainer.Stream.Fold([Agreed]);
            var (fundedMinor, outMinor) = (0L, 0L);
            foreach (var (kind, number, amount, day) in steps)
            {
                var on = March1.PlusDays(day);
                var decision = kind switch
                {
                    0 => Retainer.Decide(state, new FundRetainer(Id, Deposit, Guid1(number), amount, on)),
                    1 => Retainer.Decide(state, new DrawRetainer(Id, Guid1(100 + number), amount, on)),
                    _ => Retainer.Decide(state, new ReverseDraw(Id, Guid1(100 + number), on)),
                };
                if (decision is not Decision<RetainerEvent>.Accepted { Events: var events }) continue;
                fundedMinor += events.OfType<RetainerFunded>().Sum(e => e.AmountMinor);
                outMinor += events.OfType<RetainerDrawn>().Sum(e => e.Lots.Sum(lot => lot.AmountMinor));
                outMinor -= events.OfType<RetainerDrawReversed>().Sum(e => e.AmountMinor);
                state = Retainer.Stream.After(state, events);

                var agreed = (RetainerState.Agreed)state;
                Assert.Equal(fundedMinor - outMinor, agreed.BalanceMinor);
                Assert.All(agreed.Lots, lot => Assert.InRange(lot.LeftMinor, 0, lot.FundedMinor));
            }
        });
    }

    private static RetainerFunded Funded(int lot, long amountMinor, LocalDate on) =>
        new(Guid1(lot), Deposit, Guid1(lot), amountMinor, on);

    private static long Balance(RetainerState state) => Assert.IsType<RetainerState.Agreed>(state).BalanceMinor;

    private static Guid Guid1(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}
