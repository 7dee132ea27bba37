using NodaTime;

namespace Billing.Domain.Invoicing;

/// <content>Money that came for it and did not stay.</content>
public abstract partial record InvoiceEvent
{
    /// <summary>A payment brought more than was open; the rest is the client's credit, and what goes back is taken from it first.</summary>
    public sealed record OverpaymentKept(Guid PaymentId, long AmountMinor) : InvoiceEvent;

    /// <summary>Money of a payment went back, by a refund or a dispute.</summary>
    /// <param name="MovementId">One for each step of a refund or dispute.</param>
    /// <param name="ReopenedMinor">What of it is due again.</param>
    /// <param name="FromCreditMinor">What of it was the client's credit.</param>
    public sealed record PaymentTakenBack(
        Guid PaymentId, Guid MovementId, long ReopenedMinor, long FromCreditMinor, LocalDate TakenBackOn) : InvoiceEvent;

    /// <summary>Money that had gone back came again: the refund failed, or the dispute was won.</summary>
    /// <param name="AppliedMinor">What of it pays what is open.</param>
    /// <param name="CreditMinor">What exceeds it and is the client's credit.</param>
    public sealed record PaymentGivenAgain(
        Guid PaymentId, Guid MovementId, long AppliedMinor, long CreditMinor, LocalDate GivenAgainOn) : InvoiceEvent;

    /// <summary>The refund that settled a credit note failed: what it owed the client is owed again.</summary>
    public sealed record RefundReturned(Guid CreditNoteId, Guid RefundId, Guid MovementId, LocalDate ReturnedOn) : InvoiceEvent;
}
