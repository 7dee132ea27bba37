using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Values;
using static Billing.Domain.Invoicing.InvoiceEvent;
using static Billing.Domain.Tests.Invoicing.Practice;

namespace Billing.Domain.Tests.Invoicing;

public class WriteOffTests
{
    private static readonly InvoiceFinalized Final = new(
        InvoiceId, Acme, InvoiceKind.Work, "INV-2026-0001", "USD", April1, April1.PlusDays(14),
        [new InvoiceLine(1, LineKind.Time, Inbox, 3600, 100_00, 100_00, [], null)], 100_00, null, 0, null,
        RoundingPolicy.Exact, [], [], null, At);

    private static readonly InvoiceState PartlyPaid = Invoice.Stream.Fold([Final, new PaymentApplied(Id(50), 30_00, April1)]);
    private static readonly WriteOffInvoice Command = new(InvoiceId, "Went out of business", April1, At);

    [Fact]
    public void Gives_up_exactly_what_is_open_and_happens_once()
    {
        var writtenOff = After(PartlyPaid);
        Assert.Equal(
            (InvoiceStatus.WrittenOff, 0L, 70_00L),
            (writtenOff.Status, writtenOff.OpenMinor, writtenOff.Issued!.WrittenOff!.AmountMinor));
        Invoice.Decide(writtenOff, Command).IsAlreadyDone();
    }

    [Fact]
    public void Money_that_comes_later_is_the_clients_credit()
    {
        var receipt = Assert.IsType<PaymentDecision.Accepted>(PaymentReceipt.Receive(
            Payment.Stream.Initial, After(PartlyPaid), null,
            new RecordPayment(Id(51), InvoiceId, new Money(70_00, Currency.Usd), PaymentMethods.Cheque, April1, null, At)));
        var recorded = Assert.IsType<PaymentEvent.PaymentRecorded>(Assert.Single(receipt.Payment));
        Assert.Equal((0L, 70_00L), (recorded.AppliedMinor, recorded.CreditMinor));
        Assert.Equal([new InvoiceEvent.OverpaymentKept(Id(51), 70_00)], receipt.Invoice);
    }

    [Fact]
    public void Needs_an_open_balance_a_reason_and_a_day_not_before_the_issue_nor_ahead()
    {
        Invoice.Decide(Invoice.Stream.Initial, Command).IsRefused("invoice-unknown");
        var paid = Invoice.Stream.After(PartlyPaid, [new PaymentApplied(Id(51), 70_00, April1)]);
        Invoice.Decide(paid, Command).IsRefused("invoice-already-paid");
        Invoice.Decide(PartlyPaid, Command with { Reason = " " }).IsRefused("text-missing");
        Invoice.Decide(PartlyPaid, Command with { WrittenOffOn = April1.PlusDays(-1) }).IsRefused("written-off-on-implausible");
        Assert.Single(Invoice.Decide(PartlyPaid, Command with { WrittenOffOn = April1.PlusDays(1) }).Events());
        Invoice.Decide(PartlyPaid, Command with { WrittenOffOn = April1.PlusDays(2) }).IsRefused("written-off-on-implausible");
    }

    [Fact]
    public void Closes_an_open_checkout_and_leaves_nothing_to_credit_or_void()
    {
        var asked = Invoice.Stream.After(PartlyPaid, [new CheckoutAttempted(Id(52), 70_00, At)]);
        Assert.Equal(new CheckoutClosed(Id(52), At), Invoice.Decide(asked, Command).Events()[1]);
        var credit = new IssueCreditNote(
            InvoiceId, Id(60), [], new Money(1, Currency.Usd), CreditSettlement.None, "Late", April1, At);
        var refused = Crediting.Decide(After(PartlyPaid), credit, "CN-2026", new NumberingState(0));
        Assert.Equal("invoice-written-off", Assert.IsType<Crediting.Refused>(refused).Rejection.Code);
        var sources = new Practice().Sources;
        var voiding = Voiding.Decide(
            After(Invoice.Stream.Fold([Final])), new VoidInvoice(InvoiceId, "Wrong", April1, At), sources.Timesheets, sources.Expenses,
            sources.Retainers, sources.Engagements);
        Assert.Equal("invoice-written-off", Assert.IsType<Voiding.Refused>(voiding).Rejection.Code);
    }

    private static InvoiceState After(InvoiceState state) => Invoice.Stream.After(state, Invoice.Decide(state, Command).Events());
}
