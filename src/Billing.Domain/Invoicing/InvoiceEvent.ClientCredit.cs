using NodaTime;

namespace Billing.Domain.Invoicing;

/// <content>
/// The client's credit pays another invoice, or does so no more. Both invoices are told in one append: the one that the credit stands
/// on, and the one that it pays.
/// </content>
public abstract partial record InvoiceEvent
{
    /// <summary>Credit that stands on this invoice pays another one.</summary>
    /// <param name="UseId">The other invoice knows it by the same.</param>
    /// <param name="CreditNoteId">The credit note that the credit is of; null for what payments brought too much.</param>
    /// <param name="InvoiceId">The invoice that it pays.</param>
    public sealed record ClientCreditUsed(
        Guid UseId, Guid? CreditNoteId, Guid InvoiceId, long AmountMinor, LocalDate UsedOn) : InvoiceEvent;

    /// <summary>It pays the other invoice no more, and is the client's again.</summary>
    /// <param name="ReturnId">The other invoice knows it by the same.</param>
    /// <param name="CreditNoteId">As it was used.</param>
    public sealed record ClientCreditReturned(
        Guid UseId, Guid ReturnId, Guid? CreditNoteId, long AmountMinor, LocalDate ReturnedOn) : InvoiceEvent;

    /// <summary>Credit that stands on another invoice pays this one.</summary>
    /// <param name="ApplicationId">What was applied by one command has it in common.</param>
    /// <param name="SourceInvoiceId">The invoice that the credit stands on.</param>
    /// <param name="CreditNoteId">The credit note of that invoice; null for what its payments brought too much.</param>
    public sealed record ClientCreditApplied(
        Guid UseId, Guid ApplicationId, Guid SourceInvoiceId, Guid? CreditNoteId, long AmountMinor, string Currency, LocalDate AppliedOn,
        Instant AppliedAt) : InvoiceEvent;

    /// <summary>The credit pays this invoice no more, so that this much is due again or was credited.</summary>
    public sealed record ClientCreditTakenOff(Guid UseId, Guid ReturnId, long AmountMinor, LocalDate TakenOffOn) : InvoiceEvent;
}
