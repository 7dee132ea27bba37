using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Retainers;
using Billing.Domain.SalesTax;
using Billing.Domain.Tests.Invoicing;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Invoicing.InvoiceEvent;
using static Billing.Domain.Retainers.RetainerEvent;

namespace Billing.Domain.Tests.Ledger;

/// <summary>Two things for which callers chose one id.</summary>
public class SharedIdTests
{
    private static readonly Guid Client = Id(1), Care = Id(2), Shared = Id(99);
    private static readonly LocalDate May1 = new(2026, 5, 1);
    private static readonly Instant At = Instant.FromUtc(2026, 5, 4, 9, 0);

    [Fact]
    public void The_tax_of_a_deposits_payment_is_its_own_where_a_refund_has_its_id()
    {
        var deposit = Invoice.Stream.Fold([
            Deposit(Id(10)), new PaymentApplied(Id(50), 119_00, May1),
            new CreditNoteIssued(Id(60), "CN-1", "USD", May1, [new(1, 50_00), new(2, 9_50)], 59_50, 0, 59_50, 0, 0, "Less", At),
            new RefundSettled(Shared, Id(60), "transfer", May1, null, At), new PaymentTakenBack(Id(50), Id(70), 59_50, 0, May1),
        ]);
        var retainer = Retainer.Stream.Fold([new RetainerAgreed(Care, Client, "USD", "Care", [], At)]);

        var paid = Assert.IsType<PaymentDecision.Accepted>(PaymentReceipt.Receive(
            Payment.Stream.Initial, deposit, retainer,
            new RecordPayment(Shared, Id(10), new Money(59_50, Currency.Usd), "transfer", May1, null, At)));

        Assert.Equal(9_50, Assert.Single(paid.Retainer.OfType<RetainerFunded>()).Tax!.TaxMinor);
    }

    [Fact]
    public void Credit_that_two_invoices_take_by_one_id_is_two_uses_and_comes_back_from_each_alone()
    {
        var source = Invoice.Stream.Fold([
            Work(Id(10), 100_00), new PaymentApplied(Id(50), 100_00, May1), new OverpaymentKept(Id(50), 50_00),
        ]);
        var targets = new[] { Id(11), Id(12) }.ToDictionary(id => id, id => Invoice.Stream.Fold([Work(id, 20_00)]));
        foreach (var id in targets.Keys)
        {
            var applied = Assert.IsType<CreditApplication.Accepted>(CreditApplication.Decide(
                targets[id], new ApplyCredit(id, Shared, null, null, May1, At), [new CreditHolder(source, [])]));
            targets[id] = Invoice.Stream.After(targets[id], applied.Invoice);
            source = Invoice.Stream.After(source, [.. applied.Sources.Select(write => write.Event)]);
        }
        Assert.Equal((2, 10_00L), (source.Issued!.CreditUses.Select(use => use.UseId).Distinct().Count(), source.Issued.OverpaidMinor));

        Assert.Null(CreditRelease.Decide(targets[Id(11)], new TakeCreditOff(Id(11), null, May1, At), out var release));
        source = Invoice.Stream.After(source, [.. release.Others.Select(write => write.Event)]);

        Assert.Equal([(Id(11), 0L), (Id(12), 20_00L)], source.Issued!.CreditUses.Select(use => (use.InvoiceId, use.AmountMinor)));
        Assert.Equal(30_00, source.Issued.OverpaidMinor);
    }

    [Fact]
    public void A_retainer_gives_nothing_by_a_credit_note_that_has_the_id_of_another_deposits()
    {
        var retainer = Retainer.Stream.Fold([
            new RetainerAgreed(Care, Client, "USD", "Care", [], At),
            new RetainerFunded(Id(50), Id(10), Id(50), 100_00, May1), new RetainerFunded(Id(51), Id(11), Id(51), 100_00, May1),
        ]);
        var wish = new CreditFunding(Care, Id(10), Shared, 40_00, May1);
        retainer = Retainer.Stream.After(retainer, Accepted(Retainer.Decide(retainer, wish)));

        Assert.Same(Decision<RetainerEvent>.AlreadyDone, Retainer.Decide(retainer, wish));
        var refused = Assert.IsType<Decision<RetainerEvent>.Rejected>(Retainer.Decide(retainer, wish with { InvoiceId = Id(11) }));
        Assert.Equal(("id-taken", "/id"), (refused.Rejection.Code, refused.Rejection.Field));
        Assert.Single(Accepted(Retainer.Decide(retainer, wish with { InvoiceId = Id(11), CreditNoteId = Id(98) })));

        static IReadOnlyList<RetainerEvent> Accepted(Decision<RetainerEvent> decision) =>
            Assert.IsType<Decision<RetainerEvent>.Accepted>(decision).Events;
    }

    private static InvoiceFinalized Work(Guid id, long totalMinor) => new(
        id, Client, InvoiceKind.Work, "INV-1", "USD", May1, May1, [new InvoiceLine(1, LineKind.Expense, null, null, null, totalMinor, [], null)],
        totalMinor, null, 0, null, RoundingPolicy.Exact, [], [], null, At);

    /// <summary>Of 100.00 and 19.00 of tax.</summary>
    private static InvoiceFinalized Deposit(Guid id) => Work(id, 119_00) with
    {
        Kind = InvoiceKind.Deposit,
        RetainerId = Care,
        Lines = [Taxed(1, LineKind.Deposit, 100_00), Taxed(2, LineKind.Tax, 19_00)],
        Tax = new InvoiceTax(
            new TaxRules(null, false, new TaxTreatment("S", 19_000), []), [new TaxPart("S", 19_000, 100_00, 19_00, null)]),
    };

    private static InvoiceLine Taxed(int number, string kind, long minor) =>
        new(number, kind, null, null, null, minor, [], null) { TaxCategory = "S", TaxHundredThousandths = 19_000 };

    private static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}
