using Billing.Domain.Ledger;
using Billing.Domain.Values;
using static Billing.Domain.Invoicing.InvoiceEvent;

namespace Billing.Domain.Invoicing;

public static partial class Invoice
{
    /// <summary>Closes an open checkout too. It cannot be taken back: what is paid later is the client's credit. Refuses:
    /// <c>invoice-unknown</c>, <c>invoice-not-finalized</c>, <c>invoice-voided</c>, <c>invoice-already-paid</c>,
    /// <c>written-off-on-implausible</c>, what <see cref="Wording.RefuseName"/> refuses.</summary>
    public static Decision<InvoiceEvent> Decide(InvoiceState state, WriteOffInvoice command)
    {
        if (NotPayable(state, command.InvoiceId) is { } refusal) return refusal;
        var invoice = state.Issued!;
        if (invoice.WrittenOff is not null) return Decision<InvoiceEvent>.AlreadyDone;
        if (invoice.BalanceMinor == 0)
            return new Rejection("invoice-already-paid", "Nothing is open on this invoice, so there is nothing to write off.");
        if (Wording.RefuseName(command.Reason, "/reason") is { } unfit) return unfit;
        // Somewhere on earth it is a day later than in UTC.
        if (command.WrittenOffOn < invoice.Facts.IssuedOn || command.WrittenOffOn > command.At.InUtc().Date.PlusDays(1))
        {
            return new Rejection(
                "written-off-on-implausible", "An invoice is written off on its day of issue or later, and not in the future.",
                "/writtenOffOn", RejectionKind.Invalid);
        }
        var tax = CashHistory.Of(invoice).OpenTaxMinor;
        var writtenOff = new InvoiceWrittenOff(invoice.BalanceMinor, command.Reason, command.WrittenOffOn, command.At)
        {
            TaxMinor = tax == 0 ? null : tax,
        };
        return invoice.Checkout is { PaymentId: var paymentId }
            ? new InvoiceEvent[] { writtenOff, new CheckoutClosed(paymentId, command.At) }
            : writtenOff;
    }
}
