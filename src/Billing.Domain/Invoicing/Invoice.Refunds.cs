using Billing.Domain.Payments;
using Billing.Domain.Values;
using static Billing.Domain.Invoicing.InvoiceEvent;

namespace Billing.Domain.Invoicing;

public static partial class Invoice
{
    /// <summary>Refuses: <c>invoice-unknown</c>, <c>credit-note-unknown</c>, <c>credit-note-owes-nothing</c>, <c>refund-settled</c>,
    /// <c>payment-method-unknown</c>, <c>settled-on-implausible</c>, what <see cref="Wording.RefuseLine"/> refuses.</summary>
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
        if (!PaymentMethods.All.Contains(command.Method))
        {
            return new Rejection("payment-method-unknown", $"The method is one of {string.Join(", ", PaymentMethods.All)}.", "/method",
                RejectionKind.Invalid);
        }
        if (Wording.RefuseLine(command.Reference, PaymentReceipt.MaxReferenceLength, "/reference") is { } unfit) return unfit;
        // Somewhere on earth it is a day later than in UTC.
        return command.SettledOn < note.Facts.IssuedOn || command.SettledOn > command.At.InUtc().Date.PlusDays(1)
            ? new Rejection("settled-on-implausible", "A refund is settled on its credit note's day or later, and not in the future.",
                "/settledOn", RejectionKind.Invalid)
            : new RefundSettled(
                command.RefundId, command.CreditNoteId, command.Method, command.SettledOn, command.Reference, command.At);
    }

    private static Rejection NoSuchCreditNote { get; } =
        new("credit-note-unknown", "The invoice has no such credit note.", Kind: RejectionKind.NotFound);

    internal static Rejection SettledAlready(IssuedCreditNote note) =>
        new("refund-settled", $"What {note.Facts.Number} owed was given back already.");
}
