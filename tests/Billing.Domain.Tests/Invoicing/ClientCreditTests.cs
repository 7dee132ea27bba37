using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Values;
using static Billing.Domain.Invoicing.InvoiceEvent;
using static Billing.Domain.Tests.Invoicing.Practice;

namespace Billing.Domain.Tests.Invoicing;

/// <summary>The client's credit pays other invoices, and comes back from them.</summary>
public class ClientCreditTests
{
    private static readonly Guid Target = Id(30), Older = Id(31), Newer = Id(32), Note = Id(60);

    /// <summary>100.00, paid with 150.00.</summary>
    private static readonly InvoiceState Overpaid = Invoice.Stream.Fold([
        Final(Older, 1, 100_00), new PaymentApplied(Id(50), 100_00, April1), new OverpaymentKept(Id(50), 50_00),
    ]);

    /// <summary>80.00, paid, of which a credit note left 30.00 to the client.</summary>
    private static readonly InvoiceState Credited = Invoice.Stream.Fold([
        Final(Newer, 2, 80_00), new PaymentApplied(Id(51), 80_00, April1),
        new CreditNoteIssued(Note, "CN-2026-0001", "USD", April1, [new CreditedLine(1, 30_00)], 30_00, 0, 0, 30_00, 0, "Agreed", At),
    ]);

    private static readonly InvoiceState Open = Invoice.Stream.Fold([Final(Target, 3, 70_00)]);

    private static readonly ApplyCredit Wish = new(Target, Id(90), null, null, April1, At);

    [Fact]
    public void Pays_as_much_as_fits_the_oldest_first()
    {
        var books = new Books(Overpaid, Credited, Open);
        var accepted = books.Apply(Wish);
        Assert.Equal(
            [(Older, (Guid?)null, 50_00L), (Newer, Note, 20_00L)],
            accepted.Sources.Select(write => (write.InvoiceId, Use: (ClientCreditUsed)write.Event))
                .Select(write => (write.InvoiceId, write.Use.CreditNoteId, write.Use.AmountMinor)));
        Assert.Equal(
            (InvoiceStatus.Paid, 0L, 70_00L), (books[Target].Status, books[Target].OpenMinor, Of(books[Target]).CreditAppliedMinor));
        Assert.Equal((0L, 10_00L), (Of(books[Older]).OverpaidMinor, LeftOf(books[Newer])));
        Assert.IsType<CreditApplication.AlreadyDone>(books.Decide(Wish));
        Assert.Equal("id-taken", books.Refusal(Wish with { Amount = Usd(1) }));
        Assert.Equal("invoice-already-paid", books.Refusal(Wish with { ApplicationId = Id(91) }));
    }

    [Fact]
    public void A_part_leaves_it_partly_paid_and_the_open_checkout_asks_for_too_much()
    {
        var books = new Books(Overpaid, Invoice.Stream.After(Open, [new CheckoutAttempted(Id(55), 70_00, At)]));
        books.Apply(Wish with { Amount = Usd(20_00) });
        Assert.Equal((InvoiceStatus.PartlyPaid, 50_00L), (books[Target].Status, books[Target].OpenMinor));
        Assert.NotNull(Of(books[Target]).StaleCheckout);
        Assert.Equal(30_00, Of(books[Older]).OverpaidMinor);
    }

    [Fact]
    public void A_source_can_be_named()
    {
        var books = new Books(Overpaid, Credited, Open);
        books.Apply(Wish with { Source = new CreditSource(Newer, Note) });
        Assert.Equal((40_00L, 50_00L, 0L), (books[Target].OpenMinor, Of(books[Older]).OverpaidMinor, LeftOf(books[Newer])));
        var next = Wish with { ApplicationId = Id(91), Source = new CreditSource(Newer, null) };
        Assert.Equal("no-credit-left", books.Refusal(next));
        Assert.Equal("no-credit-left", books.Refusal(next with { Source = new CreditSource(Older, Note) }));
        books.Apply(next with { Source = new CreditSource(Older, null), Amount = Usd(40_00) });
        Assert.Equal((0L, 10_00L), (books[Target].OpenMinor, Of(books[Older]).OverpaidMinor));
    }

    [Fact]
    public void Never_more_than_is_open_or_left_and_only_in_its_currency()
    {
        var books = new Books(Overpaid, Open);
        Assert.Equal("amount-exceeds-balance", books.Refusal(Wish with { Amount = Usd(70_01) }));
        Assert.Equal("credit-exceeds-left", books.Refusal(Wish with { Amount = Usd(50_01) }));
        Assert.Equal("amount-not-positive", books.Refusal(Wish with { Amount = Usd(0) }));
        Assert.Equal("currency-mismatch", books.Refusal(Wish with { Amount = new Money(1, Currency.Eur) }));
        Assert.Equal("applied-on-implausible", books.Refusal(Wish with { AppliedOn = April1.PlusDays(-1) }));
        Assert.Equal("applied-on-implausible", books.Refusal(Wish with { AppliedOn = April1.PlusDays(2) }));
    }

    [Fact]
    public void Of_another_client_another_currency_or_the_invoice_itself_is_none()
    {
        var others = Invoice.Stream.Fold([
            Final(Older, 1, 100_00) with { ClientId = Other }, new PaymentApplied(Id(50), 100_00, April1),
            new OverpaymentKept(Id(50), 50_00),
        ]);
        var euros = Invoice.Stream.Fold([
            Final(Newer, 2, 100_00) with { Currency = "EUR" }, new PaymentApplied(Id(50), 100_00, April1),
            new OverpaymentKept(Id(50), 50_00),
        ]);
        Assert.Equal("no-credit-left", new Books(others, euros, Open).Refusal(Wish));
        var own = Invoice.Stream.After(Credited, [new PaymentTakenBack(Id(51), Id(70), 10_00, 0, April1)]);
        Assert.Equal("no-credit-left", new Books(own).Refusal(Wish with { InvoiceId = Newer }));
        var later = Invoice.Stream.Fold([
            Final(Older, 1, 100_00) with { IssuedOn = April1.PlusDays(1) }, new OverpaymentKept(Id(50), 50_00),
        ]);
        Assert.Equal("no-credit-left", new Books(later, Open).Refusal(Wish));
    }

    [Fact]
    public void Pays_invoices_of_work_that_ask_for_money()
    {
        Assert.Equal("invoice-unknown", new Books(Overpaid).Refusal(Wish));
        var deposit = Invoice.Stream.Fold([Final(Target, 3, 70_00) with { Kind = InvoiceKind.Deposit, RetainerId = RetainerId }]);
        Assert.Equal("deposit-takes-no-credit", new Books(Overpaid, deposit).Refusal(Wish));
        var voided = Invoice.Stream.After(Open, [new InvoiceVoided("Wrong", April1, At)]);
        Assert.Equal("invoice-voided", new Books(Overpaid, voided).Refusal(Wish));
    }

    [Fact]
    public void Voiding_returns_it_to_where_it_stood()
    {
        var books = new Books(Overpaid, Credited, Open);
        books.Apply(Wish);
        var voided = Assert.IsType<Voiding.Accepted>(Voiding.Decide(
            books[Target], new VoidInvoice(Target, "Wrong", April1, At), new Dictionary<string, Domain.TimeTracking.TimesheetState>(),
            new Dictionary<Guid, Domain.Expenses.ExpenseState>(), new Dictionary<Guid, Domain.Retainers.RetainerState>(),
            new Dictionary<Guid, Domain.Engagements.EngagementState>()));
        books.Write(Target, voided.Invoice, voided.Credit);
        Assert.Equal((InvoiceStatus.Voided, 0L), (books[Target].Status, Of(books[Target]).CreditAppliedMinor));
        Assert.Equal((50_00L, 30_00L), (Of(books[Older]).OverpaidMinor, LeftOf(books[Newer])));
    }

    [Fact]
    public void A_credit_note_returns_what_credit_paid_before_money_is_given_back_what_came_last_first()
    {
        var books = new Books(Overpaid, Credited, Invoice.Stream.After(Open, [new PaymentApplied(Id(52), 10_00, April1)]));
        books.Apply(Wish);
        Assert.Equal((InvoiceStatus.Paid, 60_00L), (books[Target].Status, Of(books[Target]).CreditAppliedMinor));
        books.Credit(Target, Id(61), 55_00, CreditSettlement.None);
        Assert.Equal((0L, 5_00L), (books[Target].OpenMinor, Of(books[Target]).CreditAppliedMinor));
        Assert.Equal((45_00L, 30_00L), (Of(books[Older]).OverpaidMinor, LeftOf(books[Newer])));
        books.Credit(Target, Id(62), 15_00, new CreditSettlement(Usd(10_00), null, null));
        Assert.Equal((InvoiceStatus.Credited, 50_00L), (books[Target].Status, Of(books[Older]).OverpaidMinor));
    }

    [Fact]
    public void Taking_it_off_makes_the_invoice_due_again()
    {
        var books = new Books(Overpaid, Open);
        books.Apply(Wish);
        Assert.Null(CreditRelease.Decide(books[Target], new TakeCreditOff(Target, Usd(15_00), April1, At), out var part));
        books.Write(Target, part.Invoice, part.Others);
        Assert.Equal((35_00L, 15_00L), (books[Target].OpenMinor, Of(books[Older]).OverpaidMinor));
        Assert.Equal("credit-exceeds-applied", Why(books, Usd(35_01)));
        Assert.Null(CreditRelease.Decide(books[Target], new TakeCreditOff(Target, null, April1, At), out var rest));
        books.Write(Target, rest.Invoice, rest.Others);
        Assert.Equal((70_00L, 50_00L), (books[Target].OpenMinor, Of(books[Older]).OverpaidMinor));
        Assert.Equal("no-credit-applied", Why(books, null));

        static string? Why(Books books, Money? amount) =>
            CreditRelease.Decide(books[Target], new TakeCreditOff(Target, amount, April1, At), out _)?.Code;
    }

    [Fact]
    public void What_a_refund_asks_for_is_not_applied_and_what_is_applied_is_not_refunded()
    {
        var paid = Payment.Stream.Fold([
            new PaymentEvent.PaymentAttempted(Id(50), Older, Acme, 150_00, "USD", At),
            new PaymentEvent.PaymentSucceeded("pi_1", 150_00, "USD", 100_00, 50_00, April1, At),
        ]);
        var ask = new AttemptRefund(Id(50), Id(80), Usd(40_00), null, null, At);
        var asked = Payment.Stream.After(paid, Payment.Decide(paid, Overpaid, ask).Events());
        var books = new Books(Overpaid, Open) { Payments = [asked] };
        Assert.Equal("credit-exceeds-left", books.Refusal(Wish with { Amount = Usd(10_01) }));
        books.Apply(Wish);
        Assert.Equal(60_00, books[Target].OpenMinor);

        Payment.Decide(asked, books[Older], ask with { RefundId = Id(81), Amount = Usd(100_01) }).IsRefused("credit-applied-elsewhere");
        Assert.Single(Payment.Decide(asked, books[Older], ask with { RefundId = Id(81), Amount = Usd(100_00) }).Events());
    }

    [Fact]
    public void Money_that_is_withdrawn_calls_the_credit_home()
    {
        var paid = Payment.Stream.Fold([
            new PaymentEvent.PaymentAttempted(Id(50), Older, Acme, 150_00, "USD", At),
            new PaymentEvent.PaymentSucceeded("pi_1", 150_00, "USD", 100_00, 50_00, April1, At),
        ]);
        var books = new Books(Overpaid, Open);
        books.Apply(Wish);
        var told = Assert.IsType<PaymentDecision.Accepted>(MoneyBackNews.Tell(paid, books[Older], null, new TellDispute(
            Id(50), "du_1", 150_00, "usd", "fraudulent", April1, At, April1, null, null, At)));
        books.Write(Older, told.Invoice, told.Others);
        Assert.Equal((100_00L, 0L), (books[Older].OpenMinor, Of(books[Older]).OverpaidMinor));
        Assert.Equal((70_00L, 0L), (books[Target].OpenMinor, Of(books[Target]).CreditAppliedMinor));
    }

    private static IssuedInvoice Of(InvoiceState state) => state.Issued!;

    private static long LeftOf(InvoiceState state) => state.Issued!.CreditLeftOf(state.Issued.CreditNotes[Note]);

    private static InvoiceFinalized Final(Guid id, int number, long totalMinor) => new(
        id, Acme, InvoiceKind.Work, $"INV-2026-000{number}", "USD", April1, April1.PlusDays(14),
        [new InvoiceLine(1, LineKind.Expense, null, null, null, totalMinor, [], null)], totalMinor, null, 0, null, RoundingPolicy.Exact, [],
        [], null, At);

    private static Money Usd(long minor) => new(minor, Currency.Usd);

    /// <summary>Invoices, kept as a store would keep them.</summary>
    private sealed class Books(params InvoiceState[] invoices)
    {
        private readonly Dictionary<Guid, InvoiceState> states = invoices.ToDictionary(state => state.Issued!.Facts.InvoiceId);

        public IReadOnlyList<PaymentState> Payments { get; init; } = [];

        public InvoiceState this[Guid id] => states.GetValueOrDefault(id, Invoice.Stream.Initial);

        public CreditApplication Decide(ApplyCredit wish) => CreditApplication.Decide(
            this[wish.InvoiceId], wish, [.. states.Values.Reverse().Select(state => new CreditHolder(state, Payments))]);

        public string Refusal(ApplyCredit wish) => Assert.IsType<CreditApplication.Refused>(Decide(wish)).Rejection.Code;

        public CreditApplication.Accepted Apply(ApplyCredit wish)
        {
            var accepted = Assert.IsType<CreditApplication.Accepted>(Decide(wish));
            Write(wish.InvoiceId, accepted.Invoice, accepted.Sources);
            return accepted;
        }

        public void Credit(Guid id, Guid note, long minor, CreditSettlement settlement)
        {
            var accepted = Assert.IsType<Crediting.Accepted>(Crediting.Decide(
                this[id], new IssueCreditNote(id, note, [], Usd(minor), settlement, "Agreed", April1, At), "CN-2026",
                Numbering.Stream.Initial));
            Write(id, accepted.Invoice, accepted.Credit);
        }

        public void Write(Guid id, IReadOnlyList<InvoiceEvent> own, IReadOnlyList<InvoiceWrite> others)
        {
            states[id] = Invoice.Stream.After(this[id], own);
            foreach (var write in others) states[write.InvoiceId] = Invoice.Evolve(this[write.InvoiceId], write.Event);
        }
    }
}
