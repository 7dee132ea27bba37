using Billing.Domain.Access;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Retainers;
using Billing.Domain.SalesTax;
using Billing.Domain.Tests.Invoicing;
using static Billing.Domain.Invoicing.InvoiceEvent;
using static Billing.Domain.Tests.Invoicing.Practice;
using static Billing.Domain.Tests.SalesTax.Taxed;

namespace Billing.Domain.Tests.SalesTax;

/// <summary>A deposit of 1,190.00 with 19 % and the invoices that it pays, after the example of section 14.8 UStAE.</summary>
public class TaxedDepositTests
{
    private static readonly Guid DepositId = Id(40);

    [Fact]
    public void A_deposit_bears_the_tax_where_the_practice_says_so_and_its_payment_tells_how_much()
    {
        var practice = Practice();
        var deposit = Issued(practice, 1_000_00);
        Assert.Equal([(LineKind.Deposit, 1_000_00L), (LineKind.Tax, 190_00L)], deposit.Amounts());
        Assert.Equal((1_190_00L, 190_00L), (deposit.TotalMinor, deposit.TaxMinor()));

        var state = Invoice.Stream.Fold([deposit]);
        var half = Pay(practice, ref state, 60, 595_00);
        Assert.Equal(new LotTax(deposit.Number, "S", 19_000, 95_00), half.Tax);
        Assert.Equal((595_00L, 95_00L), (half.AmountMinor, half.Tax!.TaxMinor));
        Assert.Equal(95_00, Pay(practice, ref state, 61, 595_00).Tax!.TaxMinor);
    }

    [Fact]
    public void The_final_invoice_shows_all_of_its_tax_and_deducts_the_deposit_net_and_tax()
    {
        var practice = Practice().Charges(Inbox, 100_00).Works(101, 20 * 60);
        var state = Invoice.Stream.Fold([Issued(practice, 1_000_00)]);
        Pay(practice, ref state, 60, 1_190_00);
        var final = practice.FinalizedWith(drawsOnRetainer: true);
        Assert.Equal((2_380_00L, 380_00L, 1_190_00L), (final.TotalMinor, final.TaxMinor(), final.RetainerAppliedMinor));
        var deducted = Assert.Single(final.Deposits!);
        Assert.Equal(new DeductedDeposit(DepositId, state.Issued!.Facts.Number, "S", 19_000, 1_000_00, 190_00), deducted);
        Assert.Equal((190_00L, 0L), (final.DepositTaxMinor(), final.TurnedTaxMinor()));
        Assert.Equal((0L, 0L), Left(practice));
    }

    [Fact]
    public void A_deposit_at_another_rate_is_deducted_with_its_own_tax()
    {
        var practice = Practice(For(Inbox, Seven)).Charges(Inbox, 100_00).Works(101, 20 * 60);
        var state = Invoice.Stream.Fold([Issued(practice, 1_000_00, new DepositTax(true, Nineteen, null))]);
        Pay(practice, ref state, 60, 1_190_00);
        var final = practice.FinalizedWith(drawsOnRetainer: true);
        Assert.Equal((2_140_00L, 140_00L), (final.TotalMinor, final.TaxMinor()));
        Assert.Equal((19_000, 1_000_00L, 190_00L), final.Deposits!.Select(d => (d.HundredThousandths, d.NetMinor, d.TaxMinor)).Single());
        // The retainer pays 77.85 of the 140.00, and the deposit bore 190.00: 112.15 of it is income after all.
        Assert.Equal((77_85L, -112_15L), (final.RetainerTaxMinor(), final.TurnedTaxMinor()));
    }

    [Fact]
    public void Prices_with_the_tax_in_them_make_deposits_with_the_tax_in_them_unless_said_otherwise()
    {
        var including = new Practice().Sets(Policy(pricesInclude: true)).Holds(0);
        Assert.Equal([(LineKind.Deposit, 1_000_00L), (LineKind.Tax, 190_00L)], Issued(including, 1_190_00).Amounts());
        Assert.Equal(
            [(LineKind.Deposit, 1_190_00L), (LineKind.Tax, 226_10L)],
            Issued(including, 1_190_00, new DepositTax(null, null, IsIncluded: false)).Amounts());
    }

    [Fact]
    public void What_is_paid_ahead_of_work_at_several_rates_bears_no_tax_until_somebody_names_it()
    {
        var practice = Practice(For(Books, Seven));
        Assert.Equal([(LineKind.Deposit, 1_000_00L)], Issued(practice, 1_000_00).Amounts());
        Assert.Null(Issued(practice, 1_000_00).Tax);
        Assert.Equal("deposit-tax-unclear", Refusal(practice, new DepositTax(true, null, null)));
        Assert.Equal(
            [(LineKind.Deposit, 1_000_00L), (LineKind.Tax, 70_00L)],
            Issued(practice, 1_000_00, new DepositTax(null, Seven, null)).Amounts());
        Assert.Equal("tax-rate-out-of-range", Refusal(practice, new DepositTax(null, new TaxTreatment("S", 0), null)));

        var ofBooks = new Practice().Sets(Policy(false, For(Books, Seven))).Holds(0, [Books]);
        Assert.Equal([(LineKind.Deposit, 1_000_00L), (LineKind.Tax, 70_00L)], Issued(ofBooks, 1_000_00).Amounts());
        Assert.Equal([(LineKind.Deposit, 1_000_00L)], Issued(ofBooks, 1_000_00, new DepositTax(false, null, null)).Amounts());
        Assert.Equal("deposit-tax-unclear", Refusal(new Practice().Holds(0), new DepositTax(true, null, null)));
    }

    [Fact]
    public void Without_the_practices_wish_deposits_bear_no_tax()
    {
        var practice = new Practice().Charging(Nineteen).Holds(0);
        Assert.Null(Issued(practice, 1_000_00).Tax);
        Assert.Equal(190_00, Issued(practice, 1_000_00, new DepositTax(true, null, null)).TaxMinor());
    }

    [Fact]
    public void Hours_are_paid_without_tax_and_it_comes_on_top()
    {
        var hours = Practice().Happens(new RetainerEvent.RetainerTermsSet(
            March2, RetainerTerms.Plain(RetainerKind.HourBlock) with { IncludedSeconds = 36_000, FeeMinor = 1_000_00 }, At));
        Assert.Equal("deposit-tax-included", Refusal(hours, new DepositTax(true, null, IsIncluded: true)));
        var state = Invoice.Stream.Fold([Issued(hours, 1_000_00)]);
        Pay(hours, ref state, 60, 1_190_00);
        var account = RetainerFacts.Account((RetainerState.Agreed)hours.Sources.RetainerOf(RetainerId), April1);
        Assert.Equal(1_000_00, account.ReceivedMinor);
    }

    [Fact]
    public void What_is_left_of_a_deposit_is_credited_with_the_tax_that_is_left_and_no_more()
    {
        var practice = Practice().Charges(Inbox, 100_00).Works(101, 5 * 60);
        var state = Invoice.Stream.Fold([Issued(practice, 1_000_00)]);
        Pay(practice, ref state, 60, 1_190_00);
        practice.FinalizedWith(drawsOnRetainer: true);
        Assert.Equal((595_00L, 95_00L), Left(practice));

        var wish = new IssueCreditNote(
            DepositId, Id(70), [], Usd(119_00), new CreditSettlement(Usd(119_00), null, null), "Not needed", April1, At);
        Assert.Equal("deposit-used", Refused(practice, state, wish with { Amount = Usd(595_01) }));
        var byLines = wish with { Amount = null, Lines = [new CreditWish(1, Usd(1))] };
        Assert.Equal("deposit-credited-by-lines", Refused(practice, state, byLines));
        Assert.Equal("settlement-differs", Refused(practice, state, wish with { Settlement = CreditSettlement.None }));
        var note = Credit(practice, ref state, wish);
        Assert.Equal([new CreditedLine(1, 100_00), new CreditedLine(2, 19_00)], note.Lines);
        Assert.Equal((19_00L, 0L, 119_00L), (note.TaxMinor, note.ReducedMinor, note.RefundDueMinor));
        Assert.Equal((476_00L, 76_00L), Left(practice));

        var rest = Credit(practice, ref state, wish with
        {
            CreditNoteId = Id(71),
            Amount = null,
            Settlement = new CreditSettlement(null, Usd(476_00), null),
        });
        Assert.Equal((476_00L, 76_00L), (rest.TotalMinor, rest.TaxMinor));
        Assert.Equal((0L, 0L), Left(practice));
        Assert.Equal("deposit-used", Refused(practice, state, wish with { CreditNoteId = Id(72), Amount = null }));
    }

    [Fact]
    public void A_taxed_deposit_is_not_refunded_past_its_credit_note()
    {
        var practice = Practice();
        var state = Invoice.Stream.Fold([Issued(practice, 1_000_00)]);
        Pay(practice, ref state, 60, 1_190_00);
        Retainer.Decide(practice.Sources.RetainerOf(RetainerId), new RefundRetainer(RetainerId, Id(80), April1, At), April1)
            .IsRefused("refund-by-credit-note");
    }

    private static Practice Practice(params TaxException[] exceptions) => new Practice().Sets(Policy(false, exceptions)).Holds(0);

    private static BusinessEvent.SalesTaxPolicySet Policy(bool pricesInclude, params TaxException[] exceptions) =>
        new(null, pricesInclude, Nineteen, exceptions, "DE123456788", null, At, TaxesDeposits: true);

    private static Decision<InvoiceEvent> Draft(Practice practice, long amountMinor, DepositTax? tax) => Drafting.Decide(
        Invoice.Stream.Initial, new DraftDeposit(DepositId, Acme, RetainerId, Usd(amountMinor), null, At) { Tax = tax },
        practice.Sources.Business, practice.Sources.Client, practice.Sources.RetainerOf(RetainerId));

    private static string Refusal(Practice practice, DepositTax tax) =>
        Assert.IsType<Decision<InvoiceEvent>.Rejected>(Draft(practice, 1_000_00, tax)).Rejection.Code;

    private static InvoiceFinalized Issued(Practice practice, long amountMinor, DepositTax? tax = null) =>
        Assert.IsType<Finalization.Accepted>(Finalization.Decide(
            Invoice.Stream.Fold(Draft(practice, amountMinor, tax).Events()), new FinalizeInvoice(DepositId, March2, At), practice.Sources,
            new NumberingState(3))).Invoice;

    private static RetainerEvent.RetainerFunded Pay(Practice practice, ref InvoiceState deposit, int payment, long amountMinor)
    {
        var accepted = Assert.IsType<PaymentDecision.Accepted>(PaymentReceipt.Receive(
            Payment.Stream.Initial, deposit, practice.Sources.RetainerOf(RetainerId),
            new RecordPayment(Id(payment), DepositId, Usd(amountMinor), PaymentMethods.Transfer, April1, null, At)));
        deposit = Invoice.Stream.After(deposit, accepted.Invoice);
        foreach (var @event in accepted.Retainer) practice.Happens(@event);
        return Assert.IsType<RetainerEvent.RetainerFunded>(Assert.Single(accepted.Retainer));
    }

    private static Crediting Decide(Practice practice, InvoiceState deposit, IssueCreditNote wish) =>
        Crediting.Decide(deposit, wish, "CN-2026", new NumberingState(0), practice.Sources.RetainerOf(RetainerId));

    private static string Refused(Practice practice, InvoiceState deposit, IssueCreditNote wish) =>
        Assert.IsType<Crediting.Refused>(Decide(practice, deposit, wish)).Rejection.Code;

    private static CreditNoteIssued Credit(Practice practice, ref InvoiceState deposit, IssueCreditNote wish)
    {
        var accepted = Assert.IsType<Crediting.Accepted>(Decide(practice, deposit, wish));
        deposit = Invoice.Stream.After(deposit, accepted.Invoice);
        practice.Appends([], [], accepted.Retainers);
        return accepted.Note;
    }

    /// <summary>What is left in the retainer, and the tax in it.</summary>
    private static (long, long) Left(Practice practice)
    {
        var agreed = (RetainerState.Agreed)practice.Sources.RetainerOf(RetainerId);
        return (agreed.BalanceMinor, agreed.Lots.Sum(lot => lot.TaxLeftMinor));
    }
}
