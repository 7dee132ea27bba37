using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Domain.Retainers;
using Billing.Domain.SalesTax;
using Billing.Domain.Tests.Invoicing;
using Billing.Domain.Values;
using CsCheck;
using NodaTime;
using static Billing.Domain.Retainers.RetainerEvent;

namespace Billing.Domain.Tests.SalesTax;

/// <summary>However deposits are paid, drawn, put back, credited and taken back, their tax comes out to the cent.</summary>
public class DepositTaxProperties
{
    private static readonly LocalDate March1 = new(2026, 3, 1);
    private static readonly Guid RetainerId = Id(1);

    private enum Step { Fund, Draw, Reverse, Credit, DrawAll }

    [Fact]
    public void The_tax_of_a_lot_is_drawn_credited_or_left_and_gone_when_the_lot_is()
    {
        var step = Gen.Select(Gen.Enum<Step>(), Gen.Int[1, 6], Gen.Long[1, 40_000], Gen.Int[0, 2]);
        step.Array[1, 60].Sample(steps =>
        {
            RetainerState state = Retainer.Stream.Fold([new RetainerAgreed(RetainerId, Id(2), "EUR", "Care", [], default)]);
            var (funded, gone) = (new long[3], new long[3]);
            for (var i = 0; i < steps.Length; i++)
            {
                if (Wish(state, steps[i], i) is not Decision<RetainerEvent>.Accepted { Events: var events }) continue;
                foreach (var @event in events) Count((RetainerState.Agreed)state, @event, funded, gone);
                state = Retainer.Stream.After(state, events);
                foreach (var lot in ((RetainerState.Agreed)state).Lots)
                {
                    Assert.Equal(lot.LeftMinor == 0, lot.LeftMinor == 0 && lot.TaxLeftMinor == 0);
                    Assert.InRange(lot.TaxLeftMinor, 0, lot.LeftMinor);
                    // Never drifts: each draw rounds once, and the rest is split anew.
                    Assert.True(Math.Abs(lot.TaxLeftMinor - ((decimal)lot.Tax!.TaxMinor * lot.LeftMinor / lot.FundedMinor)) <= 1 + i);
                }
                for (var rate = 0; rate < 3; rate++)
                {
                    var left = ((RetainerState.Agreed)state).Lots.Where(lot => RateOf(lot.Tax!) == rate).Sum(lot => lot.TaxLeftMinor);
                    Assert.Equal(funded[rate], gone[rate] + left);
                }
            }
        }, iter: 500);
    }

    [Fact]
    public void What_a_deposit_is_paid_with_sums_to_its_tax_and_what_goes_back_takes_its_tax_along()
    {
        Gen.Select(Gen.Long[1, 90_000], Gen.Int[1, 30_000], Gen.Long[1, 40_000].Array[0, 8], Gen.Bool.Array[8]).Sample(
            (net, rate, amounts, goesBack) =>
            {
                var tax = TaxArithmetic.On(net, rate);
                var state = Invoice.Stream.Fold([Deposit(net, tax, rate)]);
                var left = net + tax;
                for (var i = 0; i < amounts.Length && left > 0; i++)
                {
                    var minor = Math.Min(left, amounts[i]);
                    state = Invoice.Stream.After(state, [new InvoiceEvent.PaymentApplied(Id(50 + i), minor, March1)]);
                    left -= minor;
                    if (!goesBack[i]) continue;
                    state = Invoice.Stream.After(state, [new InvoiceEvent.PaymentTakenBack(Id(50 + i), Id(80 + i), minor, 0, March1)]);
                    left += minor;
                }
                if (left > 0) state = Invoice.Stream.After(state, [new InvoiceEvent.PaymentApplied(Id(99), left, March1)]);
                var history = CashHistory.Of(state.Issued!);
                Assert.Equal(tax, history.Moments.Sum(moment => moment.TaxMinor));
                Assert.All(history.OpenMinor, open => Assert.Equal(0, open));
                Assert.All(
                    history.Moments, moment => Assert.InRange(
                        Math.Abs(moment.TaxMinor), 0, Math.Abs(moment.Lines.Sum(line => line.AmountMinor))));
            }, iter: 500);
    }

    private static Decision<RetainerEvent> Wish(RetainerState state, (Step Kind, int Number, long Minor, int Rate) step, int at)
    {
        var agreed = (RetainerState.Agreed)state;
        return step.Kind switch
        {
            Step.Fund => Retainer.Decide(state, new FundRetainer(RetainerId, Id(10 + step.Rate), Id(100 + at), step.Minor, March1)
            {
                Tax = new LotTax("INV", "S", Rates[step.Rate], TaxArithmetic.In(step.Minor, Rates[step.Rate])),
            }),
            Step.Draw => Retainer.Decide(state, new DrawRetainer(RetainerId, Id(30 + step.Number), step.Minor, March1)),
            Step.DrawAll => Retainer.Decide(state, new DrawRetainer(RetainerId, Id(30 + step.Number), agreed.BalanceMinor, March1)),
            Step.Reverse => Retainer.Decide(state, new ReverseDraw(RetainerId, Id(30 + step.Number), March1)),
            _ => Retainer.Decide(state, new CreditFunding(RetainerId, Id(10 + step.Rate), Id(500 + at), step.Minor, March1)),
        };
    }

    private static void Count(RetainerState.Agreed before, RetainerEvent @event, long[] funded, long[] gone)
    {
        switch (@event)
        {
            case RetainerFunded e:
                funded[RateOf(e.Tax!)] += e.Tax!.TaxMinor;
                break;
            case RetainerDrawn e:
                Go(e.Lots, 1);
                break;
            case RetainerDrawReversed e:
                Go(e.Lots, -1);
                break;
            case RetainerFundingTakenBack e:
                Go(e.Lots, 1);
                break;
        }

        void Go(IReadOnlyList<LotDraw> draws, int sign)
        {
            foreach (var draw in draws) gone[RateOf(before.Lots.Find(lot => lot.LotId == draw.LotId)!.Tax!)] += sign * draw.TaxMinor!.Value;
        }
    }

    private static readonly int[] Rates = [19_000, 7_000, 8_875];

    private static int RateOf(LotTax tax) => Array.IndexOf(Rates, tax.HundredThousandths);

    private static InvoiceEvent.InvoiceFinalized Deposit(long net, long tax, int rate)
    {
        List<InvoiceLine> lines =
        [
            new InvoiceLine(1, LineKind.Deposit, null, null, null, net, [], null) { TaxCategory = "S", TaxHundredThousandths = rate },
        ];
        if (tax > 0)
        {
            lines.Add(new InvoiceLine(2, LineKind.Tax, null, null, null, tax, [], null)
            {
                TaxCategory = "S",
                TaxHundredThousandths = rate,
            });
        }
        return new InvoiceEvent.InvoiceFinalized(
            Id(3), Id(2), InvoiceKind.Deposit, "INV-1", "EUR", March1, March1, lines, net + tax, RetainerId, 0, null,
            RoundingPolicy.Exact, [], [], null, default)
        {
            Tax = new InvoiceTax(
                new TaxRules(null, false, new TaxTreatment("S", rate), []), [new TaxPart("S", rate, net, tax, null)]),
        };
    }

    private static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}
