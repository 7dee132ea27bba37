using Billing.Api.Commands;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;

namespace Billing.Api.Invoicing;

/// <summary>What the client's credit loads and writes beside the invoice that it pays.</summary>
internal static class CreditWriting
{
    /// <summary>With all of their payments: what a refund asks for is not applied, and what is applied is not refunded.</summary>
    public static async ValueTask<IReadOnlyList<CreditHolder>> Holders(BookSession session, IReadOnlyList<Guid> invoiceIds)
    {
        var holders = new List<CreditHolder>();
        foreach (var id in invoiceIds)
        {
            var (invoice, payments) = (await session.Load(Invoice.Stream, id), new List<PaymentState>());
            foreach (var payment in CreditHolder.PaymentsOf(invoice)) payments.Add(await session.Load(Payment.Stream, payment));
            holders.Add(new CreditHolder(invoice, payments));
        }
        return holders;
    }

    public static async ValueTask Write(BookSession session, IReadOnlyList<InvoiceWrite> writes)
    {
        foreach (var write in writes)
        {
            await session.Load(Invoice.Stream, write.InvoiceId);
            session.Write(Invoice.Stream, Invoice.Stream.Name(write.InvoiceId), [write.Event]);
        }
    }
}
