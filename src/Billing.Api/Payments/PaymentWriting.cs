using System.Diagnostics;
using Billing.Api.Commands;
using Billing.Api.Invoicing;
using Billing.Domain;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Retainers;

namespace Billing.Api.Payments;

/// <summary>What every payment loads and writes beside itself: its invoice, and the retainer that the invoice funds.</summary>
internal static class PaymentWriting
{
    /// <summary>Money that came another way than online, as somebody writes it down.</summary>
    public static async Task<Rejection?> Record(BookSession session, RecordPayment wish)
    {
        var payment = await session.Load(Payment.Stream, wish.PaymentId);
        var invoice = await session.Load(Invoice.Stream, wish.InvoiceId);
        var retainer = await FundedBy(session, invoice);
        return await Write(session, wish.PaymentId, wish.InvoiceId, invoice, PaymentReceipt.Receive(payment, invoice, retainer, wish));
    }

    /// <summary>The retainer that paying the invoice funds; null where it is no deposit.</summary>
    public static async ValueTask<RetainerState?> FundedBy(BookSession session, InvoiceState invoice) =>
        invoice.Issued?.Facts is { Kind: InvoiceKind.Deposit, RetainerId: { } id } ? await session.Load(Retainer.Stream, id) : null;

    public static async ValueTask<Rejection?> Write(
        BookSession session, Guid paymentId, Guid invoiceId, InvoiceState invoice, PaymentDecision decision)
    {
        switch (decision)
        {
            case PaymentDecision.Accepted accepted:
                session.Write(Payment.Stream, Payment.Stream.Name(paymentId), accepted.Payment);
                session.Write(Invoice.Stream, Invoice.Stream.Name(invoiceId), accepted.Invoice);
                if (accepted.Retainer.Count > 0)
                    session.Write(Retainer.Stream, Retainer.Stream.Name(invoice.Issued!.Facts.RetainerId!.Value), accepted.Retainer);
                await CreditWriting.Write(session, accepted.Others);
                return null;
            case PaymentDecision.Refused refused:
                return refused.Rejection;
            default:
                throw new UnreachableException();
        }
    }
}
