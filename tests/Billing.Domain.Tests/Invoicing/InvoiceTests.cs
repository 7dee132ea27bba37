using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using static Billing.Domain.Invoicing.InvoiceEvent;
using static Billing.Domain.Tests.Invoicing.Practice;

namespace Billing.Domain.Tests.Invoicing;

public class InvoiceTests
{
    private static readonly string Hash = new('a', 64);
    private static readonly InvoiceDrafted Drafted = new(InvoiceId, Acme, "USD", [], [Id(201)], null, April1, null, At);
    private static readonly DepositDrafted Deposit = new(InvoiceId, Acme, "USD", RetainerId, 50_00, null, At);

    private static readonly InvoiceFinalized Final = new(
        InvoiceId, Acme, InvoiceKind.Work, "INV-2026-0001", "USD", April1, April1.PlusDays(14),
        [new InvoiceLine(1, LineKind.Expense, null, null, null, 100_00, [], Id(201), 30_00)], 100_00, RetainerId, 30_00, 0,
        RoundingPolicy.Exact, [], [Id(201)], null, At);

    private static readonly InvoiceState Open = Invoice.Stream.Fold([Drafted, Final]);

    [Fact]
    public void Every_event_is_folded() => EveryEvent.IsFolded(
        Invoice.Stream,
        [
            Drafted, Final, new InvoiceShared(Id(40), Hash, At), new CheckoutAttempted(Id(50), 70_00, At),
            new CheckoutClosed(Id(50), At), new PaymentApplied(Id(51), 1_00, April1), new InvoiceVoided("Wrong", April1, At),
            new ShareRevoked(Id(40), At), new RebillDropped(Hash, At), new InvoiceSent(Id(80), At), new InvoiceViewed(Id(40), At),
        ],
        [
            Drafted, Final,
            new CreditNoteIssued(
                Id(60), "CN-2026-0001", "USD", April1, [new CreditedLine(1, 80_00)], 80_00, 70_00, 10_00, 0, 0, "Agreed", At),
            new RefundSettled(Id(70), Id(60), "transfer", April1, null, At), new RefundReturned(Id(60), Id(70), Id(71), April1),
            new RebillAccepted(Hash, RebillWay.Delta, [], [], At),
        ],
        [
            Drafted, Final, new LateFeeCharged(1, 5_00, Id(90), At), new InvoiceWrittenOff(70_00, "Gone", April1, At),
        ],
        [Deposit, new DraftDescribed("PO-7", "Thanks", [], At), new DraftDiscarded(At)],
        [Drafted, new DraftDescribed("PO-7", null, [new InvoiceDiscount(1_00, null, null, null)], At), Final],
        [
            Drafted, Final, new PaymentApplied(Id(51), 70_00, April1), new OverpaymentKept(Id(51), 5_00),
            new PaymentTakenBack(Id(51), Id(72), 10_00, 5_00, April1), new PaymentGivenAgain(Id(51), Id(73), 10_00, 5_00, April1),
        ],
        [
            Drafted, Final, new OverpaymentKept(Id(51), 5_00), new ClientCreditUsed(Id(74), null, Id(91), 3_00, April1),
            new ClientCreditReturned(Id(74), Id(75), null, 1_00, April1),
        ],
        [
            Drafted, Final, new ClientCreditApplied(Id(76), Id(77), Id(92), Id(60), 3_00, "USD", April1, At),
            new ClientCreditTakenOff(Id(76), Id(78), 1_00, April1),
        ],
        [Drafted, new RetainersChosen([RetainerId], At), Final],
        [Drafted, new DraftDiscarded(At)]);

    [Fact]
    public void Every_number_given_is_folded_and_the_last_alone_tells_the_next()
    {
        var first = Numbering.Decide(Numbering.Stream.Initial, new GiveNumber("INV-2026", Id(1)));
        var second = Numbering.Decide(Numbering.Stream.Fold([first]), new GiveNumber("INV-2026", Id(2)));
        EveryEvent.IsFolded(Numbering.Stream, [first, second]);
        Assert.Equal(["INV-2026-0001", "INV-2026-0002"], [first.Number, second.Number]);
        Assert.Equal(Numbering.Stream.Fold([first, second]), Numbering.Stream.Fold([second]));
    }

    [Fact]
    public void Owes_total_less_retainer_less_payments()
    {
        Assert.Equal((InvoiceStatus.Finalized, 70_00), (Open.Status, Open.OpenMinor));
        var part = Invoice.Stream.After(Open, Invoice.Decide(Open, new ApplyPayment(InvoiceId, Id(50), 69_99, April1)).Events());
        Assert.Equal((InvoiceStatus.PartlyPaid, 1), (part.Status, part.OpenMinor));
        var paid = Invoice.Stream.After(part, Invoice.Decide(part, new ApplyPayment(InvoiceId, Id(51), 1, April1)).Events());
        Assert.Equal((InvoiceStatus.Paid, 0), (paid.Status, paid.OpenMinor));
        Assert.Equal(InvoiceStatus.Draft, Invoice.Stream.Fold([Deposit]).Status);
        Assert.Null(Invoice.Stream.Initial.Status);
    }

    [Fact]
    public void A_payment_is_applied_once_and_at_most_what_is_open()
    {
        var apply = new ApplyPayment(InvoiceId, Id(50), 70_00, April1);
        Invoice.Decide(Open, apply with { AmountMinor = 70_01 }).IsRefused("amount-exceeds-balance");
        Invoice.Decide(Open, apply with { AmountMinor = 0 }).IsRefused("amount-not-positive");
        var paid = Invoice.Stream.After(Open, Invoice.Decide(Open, apply).Events());
        Invoice.Decide(paid, apply).IsAlreadyDone();
        Invoice.Decide(paid, apply with { AmountMinor = 1 }).IsRefused("payment-differs");
        Invoice.Decide(Invoice.Stream.Fold([Drafted]), apply).IsRefused("invoice-not-finalized");
        Invoice.Decide(Invoice.Stream.Initial, apply).IsRefused("invoice-unknown");
    }

    [Fact]
    public void Has_one_open_checkout_for_exactly_what_is_open()
    {
        var attempt = new AttemptCheckout(InvoiceId, Id(50), 70_00, At);
        Invoice.Decide(Open, attempt with { AmountMinor = 69_99 }).IsRefused("amount-not-open-balance");
        var open = Invoice.Stream.After(Open, Invoice.Decide(Open, attempt).Events());
        Invoice.Decide(open, attempt).IsAlreadyDone();
        var replaced = Invoice.Stream.After(open, Invoice.Decide(open, attempt with { PaymentId = Id(51) }).Events());
        Assert.Equal(Id(51), replaced.Issued!.Checkout!.PaymentId);
        Invoice.Decide(replaced, new CloseCheckout(InvoiceId, Id(50), At)).IsAlreadyDone();
        Assert.Single(Invoice.Decide(replaced, new CloseCheckout(InvoiceId, Id(51), At)).Events());
        Invoice.Decide(Invoice.Stream.Initial, new CloseCheckout(InvoiceId, Id(51), At)).IsRefused("invoice-unknown");
        var paid = Invoice.Stream.After(Open, [new PaymentApplied(Id(51), 70_00, April1)]);
        Invoice.Decide(paid, attempt with { AmountMinor = 0 }).IsRefused("amount-not-open-balance");
    }

    [Fact]
    public void Is_shared_by_links_that_can_be_revoked()
    {
        var share = new ShareInvoice(InvoiceId, Id(40), Hash, At);
        var revoke = new RevokeShare(InvoiceId, Id(40), At);
        Invoice.Decide(Open, revoke).IsRefused("link-unknown");
        var shared = Invoice.Stream.After(Open, Invoice.Decide(Open, share).Events());
        Invoice.Decide(shared, share).IsAlreadyDone();
        Invoice.Decide(shared, share with { TokenHash = new string('b', 64) }).IsRefused("id-taken");
        var revoked = Invoice.Stream.After(shared, Invoice.Decide(shared, revoke).Events());
        Assert.True(revoked.Issued!.Links[Id(40)].IsRevoked);
        Invoice.Decide(revoked, revoke).IsAlreadyDone();
        Invoice.Decide(Invoice.Stream.Initial, revoke).IsRefused("invoice-unknown");
    }

    [Fact]
    public void Only_a_finalised_invoice_is_shared()
    {
        var share = new ShareInvoice(InvoiceId, Id(40), Hash, At);
        Invoice.Decide(Invoice.Stream.Initial, share).IsRefused("invoice-unknown");
        Invoice.Decide(Invoice.Stream.Fold([Drafted]), share).IsRefused("invoice-not-finalized");
        Invoice.Decide(Invoice.Stream.After(Open, [new InvoiceVoided("Wrong", April1, At)]), share).IsRefused("invoice-voided");
    }

    [Theory]
    [InlineData(63)]
    [InlineData(65)]
    public void A_links_hash_is_a_SHA_256(int length) =>
        Invoice.Decide(Open, new ShareInvoice(InvoiceId, Id(40), new string('a', length), At)).IsRefused("token-hash-malformed");

    [Theory]
    [InlineData('A')]
    [InlineData('g')]
    public void A_links_hash_is_lower_case_hexadecimal(char digit) =>
        Invoice.Decide(Open, new ShareInvoice(InvoiceId, Id(40), new string(digit, 64), At)).IsRefused("token-hash-malformed");
}
