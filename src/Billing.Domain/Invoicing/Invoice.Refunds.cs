using Billing.Domain.Payments;
using static Billing.Domain.Invoicing.InvoiceEvent;

namespace Billing.Domain.Invoicing;

public static partial class Invoice
{
    /// <summary>Refuses: <c>invoice-unknown</c>, <c>credit-note-unknown</c>, <c>credit-note-owes-nothing</c>, <c>refund-settled</c>,
    /// what <see cref="HandedBack.Refuse"/> refuses.</summary>
    public static Decision<InvoiceEvent> Decide(InvoiceState state, SettleRefund command)
    {
        if (state is InvoiceState.NotDrafted) return Unknown(command.InvoiceId);
        if (state.Issued?.CreditNotes.GetValueOrDefault(command.CreditNoteId) is not { } note)
            return NoSuchCreditNote;
        if (note.Facts.RefundDueMinor == 0)
            return new Rejection("credit-note-owes-nothing", "This credit note owes the client nothing.");
        if (note.Refund is { } before)
        {
            return before.RefundId == command.RefundId
                ? Decision<InvoiceEvent>.AlreadyDone
                : SettledAlready(note);
        }
        return HandedBack.Refuse(command.Method, command.Reference, command.SettledOn, note.Facts.IssuedOn, command.At) is { } refusal
            ? refusal
            : new RefundSettled(
                command.RefundId, command.CreditNoteId, command.Method, command.SettledOn, command.Reference, command.At);
    }

    private static Rejection NoSuchCreditNote { get; } =
        new("credit-note-unknown", "The invoice has no such credit note.", Kind: RejectionKind.NotFound);

    internal static Rejection SettledAlready(IssuedCreditNote note) =>
        new("refund-settled", $"What {note.Facts.Number} owed was given back already.");
}
