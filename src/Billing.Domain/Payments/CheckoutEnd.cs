using Billing.Domain.Invoicing;

namespace Billing.Domain.Payments;

/// <summary>An attempt that came to nothing: the payment ends and the invoice is free for another attempt.</summary>
public static class CheckoutEnd
{
    /// <summary>Refuses: <c>payment-unknown</c>. Once the money is there a failure is old news and changes
    /// nothing.</summary>
    public static PaymentDecision Decide(PaymentState payment, InvoiceState invoice, FailPayment command) =>
        End(payment, invoice, Payment.Decide(payment, command), command.At);

    /// <summary>Refuses: <c>payment-unknown</c>. Once more is known than that the session ran out it changes
    /// nothing.</summary>
    public static PaymentDecision Decide(PaymentState payment, InvoiceState invoice, ExpireCheckout command) =>
        End(payment, invoice, Payment.Decide(payment, command), command.At);

    private static PaymentDecision End(
        PaymentState payment, InvoiceState invoice, Decision<PaymentEvent> decision, NodaTime.Instant at)
    {
        if (decision is Decision<PaymentEvent>.Rejected rejected) return rejected.Rejection;
        var online = (PaymentState.Online)payment;
        var closed = Invoice.Decide(invoice, new CloseCheckout(online.InvoiceId, online.PaymentId, at));
        return new PaymentDecision.Accepted(decision.Certain(), closed.Certain(), []);
    }
}
