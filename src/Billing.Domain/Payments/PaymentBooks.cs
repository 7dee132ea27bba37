using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Domain.Retainers;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Payments;

/// <summary>A payment, its invoice and the retainer that it funds while one decision is made, with what it has written so far.</summary>
internal sealed class PaymentBooks(PaymentState.Online payment, InvoiceState invoice, RetainerState? retainer, Instant at)
{
    private readonly List<PaymentEvent> _payment = [];
    private readonly List<InvoiceEvent> _invoice = [];
    private readonly List<RetainerEvent> _retainer = [];
    private readonly List<InvoiceWrite> _others = [];

    public MoneyBack Back => payment.Back;

    public Currency Currency => payment.Amount.Currency;

    public IssuedInvoice Issued => invoice.Issued is { } issued && issued.Facts.InvoiceId == payment.InvoiceId
        ? issued
        : throw new ArgumentException("This is not the payment's invoice.", nameof(invoice));

    public PaymentDecision Decided() => new PaymentDecision.Accepted(_payment, _invoice, _retainer) { Others = _others };

    public void Note(PaymentEvent @event)
    {
        _payment.Add(@event);
        payment = (PaymentState.Online)Payment.Evolve(payment, @event);
    }

    /// <summary>From the client's credit first; the rest is due again. Credit that pays other invoices and has no money behind it any
    /// more is called home from them.</summary>
    public (long Invoice, long Credit) TakeBack(string stripeId, string step, long amountMinor, LocalDate on)
    {
        // Books of before kept what exceeded an invoice with the payment alone.
        if (payment.Stage is PaymentStage.Succeeded { CreditMinor: > 0 and var kept })
            Write(Invoice.Decide(invoice, new KeepOverpayment(payment.InvoiceId, payment.PaymentId, kept)).Certain());
        var movement = MoneyBack.MovementId(stripeId, step);
        var taken = (InvoiceEvent.PaymentTakenBack)Write(Invoice.Decide(
            invoice, new TakePaymentBack(payment.InvoiceId, payment.PaymentId, movement, amountMinor, on)).Certain()).Single();
        if (taken.ReopenedMinor > 0 && Funded is { } funded)
        {
            Write(Retainer.Decide(funded, new TakeFundingBack(
                funded.RetainerId, payment.InvoiceId, movement, taken.ReopenedMinor, on,
                -DepositReceipt.TaxOf(Issued, CashSource.MoneyBack(movement))?.TaxMinor)).Certain());
        }
        var home = CreditRelease.Home(Issued, on);
        Write(home.Invoice);
        _others.AddRange(home.Others);
        return (taken.ReopenedMinor, taken.FromCreditMinor);
    }

    /// <summary>Onto the invoice as far as something is open there; the rest is the client's credit.</summary>
    public (long Invoice, long Credit) GiveAgain(string stripeId, string step, long amountMinor, LocalDate on)
    {
        var movement = MoneyBack.MovementId(stripeId, step);
        var given = (InvoiceEvent.PaymentGivenAgain)Write(Invoice.Decide(
            invoice, new GivePaymentAgain(payment.InvoiceId, payment.PaymentId, movement, amountMinor, on)).Certain()).Single();
        if (given.AppliedMinor > 0 && Funded is { } funded)
        {
            Write(Retainer.Decide(funded, new FundRetainer(
                funded.RetainerId, payment.InvoiceId, payment.PaymentId, given.AppliedMinor, on, movement)
            {
                Tax = DepositReceipt.TaxOf(Issued, CashSource.MoneyBack(movement)),
            }).Certain());
        }
        return (given.AppliedMinor, given.CreditMinor);
    }

    public void Settle(Guid creditNoteId, string stripeRefundId, LocalDate on) => Write(Invoice.Decide(
        invoice, new SettleRefundOnline(
            payment.InvoiceId, creditNoteId, MoneyBack.MovementId(stripeRefundId, RefundStep.Made), stripeRefundId, on, at)).Certain());

    public void Unsettle(Guid creditNoteId, string stripeRefundId, LocalDate on) => Write(Invoice.Decide(
        invoice, new ReturnRefund(
            payment.InvoiceId, creditNoteId, MoneyBack.MovementId(stripeRefundId, RefundStep.Made),
            MoneyBack.MovementId(stripeRefundId, RefundStep.Failed), on)).Certain());

    private RetainerState.Agreed? Funded => Issued.Facts.Kind == InvoiceKind.Deposit
        ? retainer as RetainerState.Agreed ?? throw new ArgumentException("A deposit funds the retainer that it names.", nameof(retainer))
        : null;

    private IReadOnlyList<InvoiceEvent> Write(IReadOnlyList<InvoiceEvent> events)
    {
        _invoice.AddRange(events);
        invoice = events.Aggregate(invoice, Invoice.Evolve);
        return events;
    }

    private void Write(IReadOnlyList<RetainerEvent> events)
    {
        _retainer.AddRange(events);
        retainer = events.Aggregate(retainer!, Retainer.Evolve);
    }
}
