using Billing.Domain.Access;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Retainers;
using Billing.Domain.Values;
using CsCheck;
using NodaTime;
using static Billing.Domain.Invoicing.InvoiceEvent;
using static Billing.Domain.Tests.Invoicing.Practice;

namespace Billing.Domain.Tests.Invoicing;

/// <summary>Invoices that are paid in parts.</summary>
public class InstalmentTests
{
    private static readonly LocalDate May1 = new(2026, 5, 1), June1 = new(2026, 6, 1), July1 = new(2026, 7, 1);

    /// <summary>40.00, 35.00 and 25.00 of 100.00.</summary>
    private static readonly InvoiceFinalized Final = new(
        InvoiceId, Acme, InvoiceKind.Work, "INV-2026-0001", "USD", April1, July1,
        [new InvoiceLine(1, LineKind.Expense, null, null, null, 100_00, [], null)], 100_00, null, 0, null, RoundingPolicy.Exact, [], [],
        null, At)
    {
        Instalments = [new(May1, 40_00), new(June1, 35_00), new(July1, 25_00)],
    };

    private static readonly InvoiceState Open = Invoice.Stream.Fold([Final]);

    [Fact]
    public void A_plan_is_said_in_amounts_or_in_shares_by_rising_days()
    {
        Assert.Null(Refusal(Share(May1, 5_000), Share(June1, 5_000)));
        Assert.Null(Refusal(Part(May1, 1), Part(June1, 2)));
        Assert.Equal("instalments-malformed", Refusal(Share(May1, 10_000)));
        Assert.Equal("instalments-malformed", Refusal(Share(May1, 5_000), Part(June1, 50_00)));
        Assert.Equal("instalments-malformed", Refusal(Part(May1, 0), Part(June1, 50_00)));
        Assert.Equal("instalments-malformed", Refusal(Part(June1, 50_00), Part(May1, 50_00)));
        Assert.Equal("instalments-malformed", Refusal(Part(May1, 50_00), Part(May1, 50_00)));
        Assert.Equal("instalments-malformed", Refusal([.. Enumerable.Range(0, 37).Select(i => Part(May1.PlusDays(i), 1))]));
        Assert.Equal("currency-mismatch", Refusal(new InstalmentWish(May1, new Money(1, Currency.Eur), null), Part(June1, 1)));
        Assert.Null(InstalmentPlan.Refuse([], Currency.Usd, out var none));
        Assert.Null(none);
    }

    [Fact]
    public void Amounts_and_shares_add_up_to_what_is_to_be_paid_or_the_plan_is_refused()
    {
        InstalmentTerm half = new(May1, null, 5_000);
        Assert.Equal("instalments-differ", Frozen(100_00, out _, new(May1, 50_00, null), new(June1, 49_99, null)));
        Assert.Equal("instalments-differ", Frozen(100_00, out _, half, half with { DueOn = June1, BasisPoints = 4_999 }));
        Assert.Equal("instalments-malformed", Frozen(1, out _, half, half with { DueOn = June1 }));
        Assert.Equal("instalments-malformed", Frozen(
            100_00, out _, new InstalmentTerm(April1.PlusDays(-1), 50_00, null), new InstalmentTerm(June1, 50_00, null)));
        Assert.Null(Frozen(
            100_00, out var plan, new InstalmentTerm(May1, null, 3_333), new InstalmentTerm(June1, null, 3_333),
            new InstalmentTerm(July1, null, 3_334)));
        Assert.Equal([33_33, 33_33, 33_34], plan!.Select(part => part.AmountMinor));
    }

    [Fact]
    public void Shares_sum_to_the_total_whatever_it_is() => Gen.Select(Gen.Long[1_000_000, 1_000_000_000], Gen.Int[1, 4_999]).Sample(
        (total, share) =>
        {
            Assert.Null(Frozen(
                total, out var plan, new InstalmentTerm(May1, null, share), new InstalmentTerm(June1, null, 5_000 - share),
                new InstalmentTerm(July1, null, 5_000)));
            Assert.Equal(total, plan!.Sum(part => part.AmountMinor));
        });

    /// <summary>No part is paid beyond its amount, none before an earlier one is full, and in all it is what was paid.</summary>
    [Fact]
    public void What_is_paid_fills_the_earliest_part_first_in_whatever_order_it_comes() =>
        Gen.Long[1, 60_00].Array[1, 6].Sample(payments =>
        {
            var (one, other) = (After(payments), After([.. payments.Reverse()]));
            Assert.Equal(one, other);
            Assert.Equal(Math.Min(100_00, payments.Sum()), one.Sum(part => part.PaidMinor));
            Assert.All(one, part => Assert.InRange(part.PaidMinor, 0, part.AmountMinor));
            Assert.All(one.Zip(one.Skip(1)), pair => Assert.True(pair.Second.PaidMinor == 0 || pair.First.OpenMinor == 0));
        });

    [Fact]
    public void Credit_and_credit_notes_fill_parts_like_payments_and_the_next_day_is_that_of_the_first_open_one()
    {
        Assert.Equal(May1, Open.Issued!.NextDueOn());
        var credited = Invoice.Stream.After(Open, [
            new CreditNoteIssued(Id(60), "CN-2026-0001", "USD", April1, [new CreditedLine(1, 30_00)], 30_00, 30_00, 0, 0, 0, "Agreed", At),
            new ClientCreditApplied(Id(61), Id(62), Id(63), null, 15_00, "USD", April1, At),
        ]).Issued!;
        Assert.Equal(
            [(1, 40_00L, 0L), (2, 5_00L, 30_00L), (3, 0L, 25_00L)],
            credited.Instalments().Select(p => (p.Number, p.PaidMinor, p.OpenMinor)));
        Assert.Equal(June1, credited.NextDueOn());
    }

    [Fact]
    public void What_is_due_now_is_all_that_has_fallen_due_or_else_the_next_part()
    {
        var issued = Open.Issued!;
        Assert.Equal(40_00, issued.NextDueMinor(April1));
        Assert.Equal(75_00, issued.NextDueMinor(June1));
        Assert.True(issued.AsksFor(40_00) && issued.AsksFor(75_00) && issued.AsksFor(100_00));
        Assert.False(issued.AsksFor(0) || issued.AsksFor(35_00) || issued.AsksFor(100_01));
    }

    [Fact]
    public void A_checkout_asks_for_the_next_part_or_all()
    {
        var attempt = new AttemptPayment(Id(50), InvoiceId, At);
        var none = Payment.Stream.Initial;
        Assert.Equal(100_00, Assert.IsType<CheckoutStart.Begun>(CheckoutStart.Decide(Open, none, none, attempt)).Payment.AmountMinor);
        var part = Assert.IsType<CheckoutStart.Begun>(CheckoutStart.Decide(Open, none, none, attempt with { OnlyDueOn = April1 }));
        Assert.Equal(40_00, part.Payment.AmountMinor);
        var begun = Invoice.Stream.After(Open, [part.Invoice]);
        Assert.Null(begun.Issued!.StaleCheckout);
        Assert.NotNull(Invoice.Stream.After(begun, [new PaymentApplied(Id(51), 10_00, April1)]).Issued!.StaleCheckout);
    }

    [Fact]
    public void A_late_fee_is_counted_for_each_part_from_its_own_day()
    {
        var policy = new LateFeePolicy(LateFeePolicy.Percentage, null, 1_000, 0, LateFeePolicy.PerMonth, null);
        Assert.Empty(LateFees.Due(Open, policy, May1));
        var due = LateFees.Due(Open, policy, June1.PlusDays(1));
        Assert.Equal([(1, 1, 4_00L), (1, 2, 4_00L), (2, 1, 3_50L)], due.Select(p => (p.Instalment ?? 0, p.Number, p.AmountMinor)));
        var charged = Invoice.Stream.After(Open, [new LateFeeCharged(1, 4_00, Id(70), At) { Instalments = [new(1, 1)] }]);
        Assert.Equal([(1, 2), (2, 1)], LateFees.Due(charged, policy, June1.PlusDays(1)).Select(p => (p.Instalment ?? 0, p.Number)));
    }

    [Fact]
    public void A_deposit_is_drafted_described_and_finalised_in_parts()
    {
        var retainer = Retainer.Stream.Fold([new RetainerEvent.RetainerAgreed(RetainerId, Acme, "USD", "Care", [], At)]);
        var sources = new Practice().Sources;
        var wish = new DraftDeposit(InvoiceId, Acme, RetainerId, new Money(100_00, Currency.Usd), null, At)
        {
            Instalments = [Part(May1, 60_00), Part(June1, 40_00)],
        };
        var uneven = wish with { Instalments = [Part(May1, 60_00), Part(June1, 39_00)] };
        Drafting.Decide(Invoice.Stream.Initial, uneven, sources.Business, sources.Client, retainer).IsRefused("instalments-differ");
        var draft = Invoice.Stream.Fold(Drafting.Decide(Invoice.Stream.Initial, wish, sources.Business, sources.Client, retainer).Events());
        Drafting.Decide(draft, wish, sources.Business, sources.Client, retainer).IsAlreadyDone();
        Drafting.Decide(draft, wish with { Instalments = [] }, sources.Business, sources.Client, retainer).IsRefused("id-taken");

        var described = new DescribeDraft(InvoiceId, null, null, [], At) { Instalments = [Share(May1, 2_500), Share(June1, 7_500)] };
        var changed = Invoice.Stream.After(draft, Drafting.Decide(draft, described, sources).Events());
        Drafting.Decide(changed, described, sources).IsAlreadyDone();
        var with = sources with { Retainers = new Dictionary<Guid, RetainerState> { [RetainerId] = retainer } };
        var final = Assert.IsType<Finalization.Accepted>(Finalization.Decide(
            changed, new FinalizeInvoice(InvoiceId, April1, At), with, Numbering.Stream.Initial)).Invoice;
        Assert.Equal([new Instalment(May1, 25_00), new Instalment(June1, 75_00)], final.Instalments);
        Assert.Equal(June1, final.DueOn);
        var early = Assert.IsType<Finalization.Refused>(Finalization.Decide(
            changed, new FinalizeInvoice(InvoiceId, May1.PlusDays(1), At), with, Numbering.Stream.Initial));
        Assert.Equal("instalments-malformed", early.Rejection.Code);
        var instead = new FinalizeInvoice(InvoiceId, April1, At) { Instalments = [] };
        var whole = Assert.IsType<Finalization.Accepted>(Finalization.Decide(changed, instead, with, Numbering.Stream.Initial));
        Assert.Null(whole.Invoice.Instalments);
    }

    private static IReadOnlyList<DueInstalment> After(IEnumerable<long> payments)
    {
        var (state, id) = (Open, 100);
        foreach (var minor in payments)
        {
            var applied = Math.Min(minor, state.OpenMinor);
            if (applied > 0) state = Invoice.Stream.After(state, [new PaymentApplied(Id(id++), applied, April1)]);
        }
        return state.Issued!.Instalments();
    }

    private static InstalmentWish Part(LocalDate dueOn, long minor) => new(dueOn, new Money(minor, Currency.Usd), null);

    private static InstalmentWish Share(LocalDate dueOn, int basisPoints) => new(dueOn, null, basisPoints);

    private static string? Refusal(params InstalmentWish[] wishes) => InstalmentPlan.Refuse(wishes, Currency.Usd, out _)?.Code;

    private static string? Frozen(long minor, out IReadOnlyList<Instalment>? plan, params InstalmentTerm[] terms) =>
        InstalmentPlan.Freeze(terms, new Money(minor, Currency.Usd), April1, out plan)?.Code;
}
