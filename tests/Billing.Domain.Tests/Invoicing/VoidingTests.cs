using Billing.Domain.Expenses;
using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;
using Billing.Domain.TimeTracking;
using static Billing.Domain.Tests.Invoicing.Practice;

namespace Billing.Domain.Tests.Invoicing;

public class VoidingTests
{
    private static readonly VoidInvoice Command = new(InvoiceId, "Wrong client", April1, At);

    [Fact]
    public void Releases_what_was_billed_and_puts_back_what_was_drawn()
    {
        var practice = Worked();
        var before = Canonical.Text(practice.Computed(drawsOnRetainer: true));
        var invoice = Finalized(practice);
        var voided = Assert.IsType<Voiding.Accepted>(Void(practice, invoice));

        Canonical.Same(
            new[] { new TimesheetWrite(SheetOf(), new TimesheetEvent.TimeReleased([Id(101)], InvoiceId)) }, voided.Timesheets);
        Assert.Equal([new ExpenseWrite(Id(201), new ExpenseEvent.ExpenseReleased(InvoiceId))], voided.Expenses);
        Canonical.Same(
            new RetainerEvent.RetainerDrawReversed(InvoiceId, 20_00, [new LotDraw(Id(30), 20_00)], April1),
            Assert.Single(voided.Retainers).Event);
        Assert.Equal([new InvoiceEvent.InvoiceVoided("Wrong client", April1, At)], voided.Invoice);

        practice.Appends(voided.Timesheets, voided.Expenses, voided.Retainers);
        Assert.Equal(before, Canonical.Text(practice.Computed(drawsOnRetainer: true)));
        Assert.Equal((InvoiceStatus.Voided, 0), Standing(Invoice.Stream.After(invoice, voided.Invoice)));
    }

    [Fact]
    public void Closes_an_open_checkout_first()
    {
        var practice = Worked();
        var invoice = Invoice.Stream.After(Finalized(practice), [new InvoiceEvent.CheckoutAttempted(Id(50), 45_00, At)]);
        var voided = Assert.IsType<Voiding.Accepted>(Void(practice, invoice));
        Assert.Equal(Id(50), voided.ClosedCheckout);
        Assert.Equal(new InvoiceEvent.CheckoutClosed(Id(50), At), voided.Invoice[0]);
        Assert.Null(Invoice.Stream.After(invoice, voided.Invoice).Issued!.Checkout);
    }

    [Fact]
    public void Is_refused_once_money_was_received()
    {
        var practice = Worked();
        var invoice = Invoice.Stream.After(Finalized(practice), [new InvoiceEvent.PaymentApplied(Id(50), 1, April1)]);
        Assert.Equal("invoice-has-payments", RefusalOf(Void(practice, invoice)));
    }

    [Fact]
    public void Is_for_finalised_invoices_and_happens_once()
    {
        var practice = Worked();
        var draft = practice.Drafted();
        Assert.Equal("invoice-unknown", RefusalOf(Void(practice, Invoice.Stream.Initial)));
        Assert.Equal("invoice-is-draft", RefusalOf(Void(practice, draft)));
        Assert.Equal("invoice-discarded", RefusalOf(Void(practice, new InvoiceState.Discarded(InvoiceId))));
        var voided = Invoice.Stream.After(Finalized(practice), [new InvoiceEvent.InvoiceVoided("Wrong client", April1, At)]);
        Assert.IsType<Voiding.AlreadyDone>(Void(practice, voided));
    }

    [Fact]
    public void Has_a_reason_and_a_day_not_before_the_issue()
    {
        var practice = Worked();
        var invoice = Finalized(practice);
        Assert.Equal("text-missing", RefusalOf(Void(practice, invoice, Command with { Reason = " " })));
        Assert.Equal("voided-on-implausible", RefusalOf(Void(practice, invoice, Command with { VoidedOn = April1.PlusDays(-1) })));
        Assert.IsType<Voiding.Accepted>(Void(practice, invoice, Command with { VoidedOn = April1.PlusDays(366) }));
        Assert.Equal("voided-on-implausible", RefusalOf(Void(practice, invoice, Command with { VoidedOn = April1.PlusDays(367) })));
    }

    private static Practice Worked() => new Practice().Charges(Inbox, 60_00).Works(101, 60).Spends(201, 5_00).Holds(20_00);

    private static InvoiceState Finalized(Practice practice)
    {
        var accepted = practice.Finalized(practice.Drafted(drawsOnRetainer: true));
        practice.Appends(accepted);
        return Invoice.Stream.Fold([accepted.Invoice]);
    }

    private static Voiding Void(Practice practice, InvoiceState invoice, VoidInvoice? command = null)
    {
        var sources = practice.Sources;
        return Voiding.Decide(invoice, command ?? Command, sources.Timesheets, sources.Expenses, sources.Retainers, sources.Engagements);
    }

    private static string RefusalOf(Voiding voiding) => Assert.IsType<Voiding.Refused>(voiding).Rejection.Code;

    private static (string?, long) Standing(InvoiceState state) => (state.Status, state.OpenMinor);
}
