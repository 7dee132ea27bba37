using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;

namespace Billing.Domain.Payments;

/// <summary>What one append writes to a payment, its invoice and the retainer that the invoice funds; or a
/// refusal.</summary>
public abstract record PaymentDecision
{
    private PaymentDecision() { }

    /// <summary>Each list may be empty; all three are where everything was known already.</summary>
    public sealed record Accepted(
        IReadOnlyList<PaymentEvent> Payment, IReadOnlyList<InvoiceEvent> Invoice,
        IReadOnlyList<RetainerEvent> Retainer) : PaymentDecision
    {
        /// <summary>Other invoices that were paid by credit whose money went back, and are due again.</summary>
        public IReadOnlyList<InvoiceWrite> Others { get; init; } = [];
    }

    public sealed record Refused(Rejection Rejection) : PaymentDecision;

    public static PaymentDecision AlreadyDone { get; } = new Accepted([], [], []);

    public static implicit operator PaymentDecision(Rejection rejection) => new Refused(rejection);
}
