using Billing.Domain.Access;
using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Domain.Payments;
using Billing.Domain.Values;
using CsCheck;
using static Billing.Domain.Invoicing.InvoiceEvent;
using static Billing.Domain.Tests.Invoicing.Practice;

namespace Billing.Domain.Tests.Invoicing;

public class CreditingTests
{
    private const string Series = "CN-2026";

    private static readonly InvoiceFinalized Final = new(
        InvoiceId, Acme, InvoiceKind.Work, "INV-2026-0001", "USD", April1, April1.PlusDays(14),
        [Line(1, 60_00), Line(2, 40_00) with { Kind = LineKind.Expense, ExpenseId = Id(201) }], 100_00, null, 0, null,
        RoundingPolicy.Exact, [], [Id(201)], null, At);

    private static readonly InvoiceState Open = Invoice.Stream.Fold([Final]);

    private static readonly InvoiceState HalfPaid =
        Invoice.Stream.After(Open, [new PaymentApplied(Id(50), 50_00, April1)]);

    private static readonly IssueCreditNote All = new(
        InvoiceId, Id(60), [], null, CreditSettlement.None, "Agreed by phone", April1, At);

    [Fact]
    public void Before_payment_it_reduces_what_is_due_and_takes_a_number_of_its_own_series()
    {
        var accepted = Accepted(Open, All with { Lines = [new CreditWish(1, Usd(10_00))] }, lastSequence: 4);
        Assert.Equal(("CN-2026-0005", 10_00L, 10_00L), (accepted.Note.Number, accepted.Note.TotalMinor, accepted.Note.ReducedMinor));
        Assert.Equal(Id(60), accepted.Numbering.InvoiceId);
        var after = Invoice.Stream.After(Open, accepted.Invoice);
        Assert.Equal((InvoiceStatus.Finalized, 90_00L), (after.Status, after.OpenMinor));
    }

    [Fact]
    public void All_of_it_is_credited_where_nothing_else_is_said_and_that_only_once()
    {
        var credited = After(Open, All);
        Assert.Equal((InvoiceStatus.Credited, 0L), (credited.Status, credited.OpenMinor));
        Assert.IsType<Crediting.AlreadyDone>(Decide(credited, All));
        Assert.Equal("id-taken", Refusal(credited, All with { Reason = "Other" }));
        Assert.Equal("nothing-to-credit", Refusal(credited, All with { CreditNoteId = Id(61) }));
    }

    [Fact]
    public void Never_more_than_what_is_left_of_the_invoice_or_a_line()
    {
        Assert.Equal(100_00, Accepted(Open, All with { Amount = Usd(100_00) }).Note.TotalMinor);
        Assert.Equal("credit-exceeds-invoice", Refusal(Open, All with { Amount = Usd(100_01) }));
        Assert.Equal("credit-exceeds-line", Refusal(Open, Of(new CreditWish(2, Usd(40_01)))));
        var part = After(Open, Of(new CreditWish(2, Usd(30_00))));
        var next = All with { CreditNoteId = Id(61) };
        Assert.Equal("credit-exceeds-line", Refusal(part, next with { Lines = [new CreditWish(2, Usd(10_01))] }));
        Assert.Equal("credit-exceeds-invoice", Refusal(part, next with { Amount = Usd(70_01) }));
        Assert.Equal([new CreditedLine(2, 10_00)], Accepted(part, next with { Lines = [new CreditWish(2, null)] }).Note.Lines);
        var none = After(part, next with { Lines = [new CreditWish(2, null)] });
        Assert.Equal("credit-exceeds-line", Refusal(none, next with { CreditNoteId = Id(62), Lines = [new CreditWish(2, null)] }));
    }

    [Fact]
    public void What_is_credited_is_said_clearly()
    {
        Assert.Equal("line-unknown", Refusal(Open, Of(new CreditWish(0, null))));
        Assert.Equal("line-unknown", Refusal(Open, Of(new CreditWish(3, null))));
        Assert.Equal("line-named-twice", Refusal(Open, Of(new CreditWish(1, Usd(1)), new CreditWish(1, Usd(1)))));
        Assert.Equal("credit-said-twice", Refusal(Open, Of(new CreditWish(1, null)) with { Amount = Usd(1) }));
        Assert.Equal("amount-not-positive", Refusal(Open, All with { Amount = Usd(0) }));
        Assert.Equal("amount-not-positive", Refusal(Open, Of(new CreditWish(1, Usd(-1)))));
        Assert.Equal("currency-mismatch", Refusal(Open, All with { Amount = new Money(1, Currency.Of("EUR")) }));
        Assert.Equal("text-missing", Refusal(Open, All with { Reason = " " }));
    }

    [Fact]
    public void Is_for_finalised_invoices_and_dated_on_their_day_or_later()
    {
        Assert.Equal("invoice-unknown", Refusal(Invoice.Stream.Initial, All));
        Assert.Equal("invoice-voided", Refusal(Invoice.Stream.After(Open, [new InvoiceVoided("Wrong", April1, At)]), All));
        Assert.Equal("credited-on-implausible", Refusal(Open, All with { IssuedOn = April1.PlusDays(-1) }));
        Assert.IsType<Crediting.Accepted>(Decide(Open, All with { IssuedOn = April1.PlusDays(366) }));
        Assert.Equal("credited-on-implausible", Refusal(Open, All with { IssuedOn = April1.PlusDays(367) }));
    }

    [Fact]
    public void After_payment_the_caller_says_what_becomes_of_it_to_the_cent()
    {
        Assert.Equal("settlement-differs", Refusal(HalfPaid, All));
        var split = new CreditSettlement(Usd(20_00), Usd(20_00), Usd(10_00));
        var accepted = Accepted(HalfPaid, All with { Settlement = split });
        Assert.Equal(
            (50_00L, 20_00L, 20_00L, 10_00L),
            (accepted.Note.ReducedMinor, accepted.Note.RefundDueMinor, accepted.Note.ClientCreditMinor, accepted.Note.SettledOutsideMinor));
        Assert.Equal("settlement-differs", Refusal(HalfPaid, All with { Settlement = split with { RefundDue = Usd(20_01) } }));
        Assert.Equal(
            "settlement-differs",
            Refusal(HalfPaid, All with { Settlement = new CreditSettlement(Usd(60_00), Usd(-10_00), null) }));
        Assert.Equal("settlement-differs", Refusal(Open, All with { Settlement = new CreditSettlement(Usd(1), null, null) }));
    }

    [Fact]
    public void What_is_open_of_a_deposit_and_what_was_paid_of_it_are_credited_apart()
    {
        var deposit = Invoice.Stream.Fold([Final with { Kind = InvoiceKind.Deposit, RetainerId = RetainerId }]);
        Assert.IsType<Crediting.Accepted>(Decide(deposit, All));
        var paid = Invoice.Stream.After(deposit, [new PaymentApplied(Id(50), 1, April1)]);
        Assert.Equal("deposit-paid", Refusal(paid, All with { Settlement = new CreditSettlement(Usd(1), null, null) }));
    }

    [Fact]
    public void Closes_a_checkout_that_asks_for_too_much_by_now()
    {
        var asked = Invoice.Stream.After(Open, [new CheckoutAttempted(Id(51), 100_00, At)]);
        var accepted = Accepted(asked, All with { Amount = Usd(1) });
        Assert.Equal((Id(51), new CheckoutClosed(Id(51), At)), (accepted.ClosedCheckout, accepted.Invoice[1]));
        Assert.Null(Invoice.Stream.After(asked, accepted.Invoice).Issued!.Checkout);
    }

    [Fact]
    public void An_invoice_with_a_credit_note_is_not_voided()
    {
        var credited = After(Open, All with { Amount = Usd(1) });
        var sources = new Practice().Sources;
        var voiding = Voiding.Decide(
            credited, new VoidInvoice(InvoiceId, "Wrong", April1, At), sources.Timesheets, sources.Expenses, sources.Retainers,
            sources.Engagements);
        Assert.Equal("invoice-has-credit-notes", Assert.IsType<Voiding.Refused>(voiding).Rejection.Code);
    }

    [Fact]
    public void What_a_credit_note_owes_is_given_back_once()
    {
        var owing = After(HalfPaid, All with { Settlement = new CreditSettlement(Usd(50_00), null, null) });
        var settle = new SettleRefund(InvoiceId, Id(60), Id(70), PaymentMethods.Transfer, April1, "No. 7", At);
        Invoice.Decide(Invoice.Stream.Initial, settle).IsRefused("invoice-unknown");
        Invoice.Decide(owing, settle with { CreditNoteId = Id(61) }).IsRefused("credit-note-unknown");
        Invoice.Decide(owing, settle with { Method = "barter" }).IsRefused("payment-method-unknown");
        Invoice.Decide(owing, settle with { SettledOn = April1.PlusDays(-1) }).IsRefused("settled-on-implausible");
        Invoice.Decide(owing, settle with { SettledOn = April1.PlusDays(2) }).IsRefused("settled-on-implausible");
        Assert.Single(Invoice.Decide(owing, settle with { SettledOn = April1.PlusDays(1) }).Events());
        Invoice.Decide(After(Open, All), settle).IsRefused("credit-note-owes-nothing");
        var settled = Invoice.Stream.After(owing, Invoice.Decide(owing, settle).Events());
        Invoice.Decide(settled, settle).IsAlreadyDone();
        Invoice.Decide(settled, settle with { RefundId = Id(71) }).IsRefused("refund-settled");
    }

    [Theory]
    [InlineData("INV", null, "CN")]
    [InlineData("CN", null, "CRN")]
    [InlineData("INV", "GS", "GS")]
    public void The_series_of_credit_notes_is_none_of_invoices(string invoices, string? set, string expected)
    {
        var business = new Practice().Sources.Business with
        {
            Invoicing = new InvoicingPolicy(invoices, 14, RoundingPolicy.Exact, set),
        };
        Assert.Equal($"{expected}-2026", Crediting.SeriesOf(April1, business));
    }

    /// <summary>Whatever was paid and credited in whichever order: nothing is credited twice, the four parts of each note add up to
    /// it, what is open is never negative, and what is recognised as received is what was paid less what was given back.</summary>
    [Fact]
    public void Credits_never_exceed_the_invoice_and_cash_is_what_was_paid_less_what_was_given_back()
    {
        var step = Gen.Select(Gen.Bool, Gen.Long[1, 80_00], Gen.Int[0, 2], Gen.Long[0, 10_000]);
        Gen.Select(Gen.Long[1, 60_00].Array[1, 5], step.Array[1, 8]).Sample((amounts, steps) =>
        {
            InvoiceLine[] lines = [.. amounts.Select((amount, i) => Line(i + 1, amount))];
            var state = Invoice.Stream.Fold([Final with { Lines = lines, TotalMinor = amounts.Sum() }]);
            var (ledger, applied, received) = (lines, 0L, 0L);
            for (var i = 0; i < steps.Length; i++)
            {
                var (pays, amount, way, share) = steps[i];
                if (pays)
                {
                    var minor = Math.Min(amount, state.OpenMinor);
                    if (minor == 0) continue;
                    received += CashRecognition.Recognise(ledger, minor, applied).Sum(line => line.AmountMinor);
                    applied += minor;
                    state = Invoice.Stream.After(state, [new PaymentApplied(Id(100 + i), minor, April1)]);
                    continue;
                }
                var issued = state.Issued!;
                var wished = Math.Min(amount, issued.LeftMinor);
                if (wished == 0) continue;
                var paidBack = wished - Math.Min(wished, state.OpenMinor);
                var outside = paidBack * share / 10_000;
                var accepted = Accepted(state, All with
                {
                    CreditNoteId = Id(200 + i),
                    Amount = Usd(wished),
                    Settlement = new CreditSettlement(Usd(paidBack - outside), way == 0 ? Usd(0) : null, Usd(outside)),
                });
                var note = accepted.Note;
                Assert.Equal(wished, note.Lines.Sum(line => line.AmountMinor));
                Assert.Equal(
                    note.TotalMinor, note.ReducedMinor + note.RefundDueMinor + note.ClientCreditMinor + note.SettledOutsideMinor);
                var open = CreditRecognition.OpenAfter(ledger, applied, note.Lines, note.ReducedMinor);
                Assert.All(open, minor => Assert.True(minor >= 0));
                received += CreditRecognition.GivenBack(lines, note.Lines, outside).Sum(line => line.AmountMinor) + outside;
                (ledger, applied) = ([.. lines.Select((line, n) => line with { AmountMinor = open[n] })], 0);
                state = Invoice.Stream.After(state, accepted.Invoice);
                Assert.Equal(state.OpenMinor, open.Sum());
            }
            var end = state.Issued!;
            Assert.True(end.BalanceMinor >= 0 && end.LeftMinor >= 0);
            Assert.Equal(end.PaidMinor, received);
        }, iter: 500);
    }

    private static InvoiceLine Line(int number, long amount) => new(number, LineKind.Time, Inbox, 3600, amount, amount, [], null);

    private static IssueCreditNote Of(params CreditWish[] lines) => All with { Lines = lines };

    private static Money Usd(long minor) => new(minor, Currency.Usd);

    private static Crediting Decide(InvoiceState state, IssueCreditNote command, int lastSequence = 0) =>
        Crediting.Decide(state, command, Series, new NumberingState(lastSequence));

    private static Crediting.Accepted Accepted(InvoiceState state, IssueCreditNote command, int lastSequence = 0) =>
        Assert.IsType<Crediting.Accepted>(Decide(state, command, lastSequence));

    private static InvoiceState After(InvoiceState state, IssueCreditNote command) =>
        Invoice.Stream.After(state, Accepted(state, command).Invoice);

    private static string Refusal(InvoiceState state, IssueCreditNote command) =>
        Assert.IsType<Crediting.Refused>(Decide(state, command)).Rejection.Code;
}
