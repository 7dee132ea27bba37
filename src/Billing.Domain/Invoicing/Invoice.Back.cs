using Billing.Domain.Payments;
using static Billing.Domain.Invoicing.InvoiceEvent;

namespace Billing.Domain.Invoicing;

/// <content>Money that came for it and did not stay. What Stripe tells is a fact and refused for no reason of ours.</content>
public static partial class Invoice
{
    /// <summary>Refuses: <c>invoice-unknown</c>. Known of a payment once.</summary>
    public static Decision<InvoiceEvent> Decide(InvoiceState state, KeepOverpayment command)
    {
        if (state.Issued is not { } issued) return Unknown(command.InvoiceId);
        return issued.Overpayments.ContainsKey(command.PaymentId)
            ? Decision<InvoiceEvent>.AlreadyDone
            : new OverpaymentKept(command.PaymentId, command.AmountMinor);
    }

    /// <summary>Refuses: <c>invoice-unknown</c>. The client's credit on this invoice goes first; what the invoice was not paid with
    /// cannot be due again.</summary>
    public static Decision<InvoiceEvent> Decide(InvoiceState state, TakePaymentBack command)
    {
        if (state.Issued is not { } issued) return Unknown(command.InvoiceId);
        if (issued.Movements.ContainsKey(command.MovementId)) return Decision<InvoiceEvent>.AlreadyDone;
        var fromCredit = Math.Min(command.AmountMinor, Math.Max(0, issued.OverpaidMinor));
        var reopened = Math.Min(command.AmountMinor - fromCredit, Math.Max(0, issued.PaidMinor));
        return new PaymentTakenBack(
            command.PaymentId, command.MovementId, reopened, command.AmountMinor - reopened, command.TakenBackOn);
    }

    /// <summary>Refuses: <c>invoice-unknown</c>.</summary>
    public static Decision<InvoiceEvent> Decide(InvoiceState state, GivePaymentAgain command)
    {
        if (state.Issued is not { } issued) return Unknown(command.InvoiceId);
        if (issued.Movements.ContainsKey(command.MovementId)) return Decision<InvoiceEvent>.AlreadyDone;
        var applied = Math.Min(command.AmountMinor, Math.Max(0, state.OpenMinor));
        return new PaymentGivenAgain(
            command.PaymentId, command.MovementId, applied, command.AmountMinor - applied, command.GivenAgainOn);
    }

    /// <summary>Refuses: <c>invoice-unknown</c>, <c>credit-note-unknown</c>, <c>refund-settled</c>.</summary>
    public static Decision<InvoiceEvent> Decide(InvoiceState state, SettleRefundOnline command)
    {
        if (state.Issued is not { } issued) return Unknown(command.InvoiceId);
        if (issued.CreditNotes.GetValueOrDefault(command.CreditNoteId) is not { } note)
            return NoSuchCreditNote;
        return note.Refund is null
            ? new RefundSettled(
                command.RefundId, command.CreditNoteId, PaymentMethods.Stripe, command.SettledOn, command.StripeRefundId, command.At)
            : SettledAlready(note);
    }

    /// <summary>Refuses: <c>invoice-unknown</c>, <c>credit-note-unknown</c>.</summary>
    public static Decision<InvoiceEvent> Decide(InvoiceState state, ReturnRefund command)
    {
        if (state.Issued is not { } issued) return Unknown(command.InvoiceId);
        if (issued.CreditNotes.GetValueOrDefault(command.CreditNoteId) is not { } note)
            return NoSuchCreditNote;
        return note.Refund?.RefundId == command.RefundId
            ? new RefundReturned(command.CreditNoteId, command.RefundId, command.MovementId, command.ReturnedOn)
            : Decision<InvoiceEvent>.AlreadyDone;
    }
}
