using System.Diagnostics;
using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using static Billing.Domain.Payments.PaymentEvent;

namespace Billing.Domain.Payments;

/// <content>Money on its way back; <see cref="MoneyBackNews"/> decides what Stripe tells of it.</content>
public static partial class Payment
{
    private static MoneyBack Evolve(MoneyBack back, PaymentEvent @event) => @event switch
    {
        RefundAttempted e => back.With(
            new RefundAttempt(e.RefundId, e.AmountMinor, e.CreditNoteId, e.AttemptedAt, StripeRefundId: null, Refusal: null)),
        RefundRefused e => back.Attempts.GetValueOrDefault(e.RefundId) is { } attempt
            ? back.With(attempt with { Refusal = e.Why })
            : back,
        RefundMade e => back.With(new Refund(
            e.StripeRefundId, e.RefundId, e.CreditNoteId,
            new MoneyMoved(e.AmountMinor, e.ReopenedMinor, e.FromCreditMinor, e.MadeOn), FailureReason: null, Failed: null)),
        RefundFailed e => back.Refunds.GetValueOrDefault(e.StripeRefundId) is { } refund
            ? back.With(refund with
            {
                FailureReason = e.Reason,
                Failed = new MoneyMoved(refund.Made.AmountMinor, e.AppliedMinor, e.CreditMinor, e.FailedOn),
            })
            : back,
        DisputeOpened e => back.With(new Dispute(
            e.DisputeId, e.AmountMinor, e.Reason, e.OpenedOn, e.AnswerBy, Withdrawn: null, Reinstated: null, Outcome: null)),
        DisputeFundsWithdrawn e => back.Disputes.GetValueOrDefault(e.DisputeId) is { } dispute
            ? back.With(dispute with
            {
                Withdrawn = new MoneyMoved(e.AmountMinor, e.ReopenedMinor, e.FromCreditMinor, e.WithdrawnOn),
            })
            : back,
        DisputeFundsReinstated e => back.Disputes.GetValueOrDefault(e.DisputeId) is { } dispute
            ? back.With(dispute with
            {
                Reinstated = new MoneyMoved(e.AmountMinor, e.AppliedMinor, e.CreditMinor, e.ReinstatedOn),
            })
            : back,
        DisputeClosed e => back.Disputes.GetValueOrDefault(e.DisputeId) is { } dispute
            ? back.With(dispute with { Outcome = e.Outcome })
            : back,
        _ => throw new UnreachableException($"{@event.GetType().Name} on a payment."),
    };

    /// <summary>Refuses: <c>payment-unknown</c>, <c>payment-not-succeeded</c>, <c>id-taken</c>, <c>currency-mismatch</c>,
    /// <c>amount-not-positive</c>, <c>credit-note-unknown</c>, <c>credit-note-owes-nothing</c>, <c>refund-settled</c>,
    /// <c>refund-differs</c>, <c>refund-exceeds-payment</c>, <c>credit-applied-elsewhere</c>, <c>amount-not-payable-online</c>, what
    /// <see cref="Wording.RefuseLine"/> refuses.</summary>
    /// <param name="invoice">The payment's.</param>
    public static Decision<PaymentEvent> Decide(PaymentState state, InvoiceState invoice, AttemptRefund command)
    {
        if (state is not PaymentState.Online online) return Unknown(command.PaymentId);
        if (online.Stage is not PaymentStage.Succeeded)
            return new Rejection("payment-not-succeeded", "The money of this payment has not come, so nothing can be given back.");
        var currency = online.Amount.Currency;
        if (online.Back.Attempts.GetValueOrDefault(command.RefundId) is { } known)
        {
            return known.CreditNoteId == command.CreditNoteId && (command.Amount is not { } same || same.Minor == known.AmountMinor)
                ? Decision<PaymentEvent>.AlreadyDone
                : new Rejection("id-taken", "Another refund has this id. Choose a new one.", "/id");
        }
        if (command.Amount is { } other && other.Currency != currency)
            return Invalid("currency-mismatch", $"The payment was made in {currency}.", "/amount/currency");
        if (Wording.RefuseLine(command.Reason, PaymentReceipt.MaxReferenceLength, "/reason") is { } unfit) return unfit;
        long? owed = null;
        if (command.CreditNoteId is { } noteId)
        {
            if (invoice.Issued?.CreditNotes.GetValueOrDefault(noteId) is not { } note)
            {
                return new Rejection("credit-note-unknown", "The payment's invoice has no such credit note.", "/creditNoteId",
                    RejectionKind.NotFound);
            }
            if (note.Facts.RefundDueMinor == 0)
                return new Rejection("credit-note-owes-nothing", "This credit note owes the client nothing.", "/creditNoteId");
            if (note.Refund is not null || online.Back.Attempts.Values.Any(a => a.IsOpen && a.CreditNoteId == noteId))
                return Invoice.SettledAlready(note) with { Field = "/creditNoteId" };
            owed = note.Facts.RefundDueMinor;
        }
        var amount = new Money(command.Amount?.Minor ?? owed ?? online.RefundableMinor, currency);
        if (owed is { } due && amount.Minor != due)
        {
            return new Rejection("refund-differs",
                $"A credit note is settled by all that it owes, {new Money(due, currency)}. Leave the amount out.", "/amount");
        }
        return (Refuse(online, amount) ?? RefuseUsed(online, invoice, amount, owed is null)) is { } refusal
            ? refusal
            : new RefundAttempted(command.RefundId, amount.Minor, command.CreditNoteId, command.Reason, command.At);
    }

    /// <summary>Refuses: <c>payment-unknown</c>, <c>refund-unknown</c>. What Stripe made all the same is not refused.</summary>
    public static Decision<PaymentEvent> Decide(PaymentState state, RefuseRefund command)
    {
        if (state is not PaymentState.Online online) return Unknown(command.PaymentId);
        return online.Back.Attempts.GetValueOrDefault(command.RefundId) switch
        {
            null => new Rejection("refund-unknown", "The payment has no such refund.", Kind: RejectionKind.NotFound),
            { IsOpen: true } => new RefundRefused(command.RefundId, command.Why, command.At),
            _ => Decision<PaymentEvent>.AlreadyDone,
        };
    }

    private static Rejection? Refuse(PaymentState.Online online, Money amount)
    {
        var left = new Money(online.RefundableMinor, online.Amount.Currency);
        if (amount.Minor > left.Minor || left.IsZero)
        {
            return new Rejection("refund-exceeds-payment",
                $"{left} of this payment can still be refunded; the rest went back, is disputed or is asked for already.", "/amount");
        }
        if (!amount.IsPositive) return Invalid("amount-not-positive", "The amount must be more than zero.", "/amount");
        return StripeAmounts.TryToStripe(amount, out _)
            ? null
            : new Rejection("amount-not-payable-online",
                $"{amount} has a finer unit than cards and banks take in {amount.Currency}.", "/amount");
    }

    /// <summary>What pays another invoice is not given back as well; a credit note owes what it says all the same.</summary>
    private static Rejection? RefuseUsed(PaymentState.Online online, InvoiceState invoice, Money amount, bool isOfCredit)
    {
        if (!isOfCredit || invoice.Issued is not { } issued) return null;
        if (!issued.CreditUses.Exists(use => use is { CreditNoteId: null, AmountMinor: > 0 })) return null;
        var asked = online.Back.Attempts.Values.Where(a => a is { IsOpen: true, CreditNoteId: null }).Sum(a => a.AmountMinor);
        var left = new Money(Math.Max(0, issued.PaidMinor + issued.OverpaidMinor - asked), amount.Currency);
        return amount.Minor <= left.Minor
            ? null
            : new Rejection("credit-applied-elsewhere",
                $"The rest of what was paid too much pays other invoices by now. Refund {left} at most, or take the credit off them first.",
                "/amount");
    }

    private static Rejection Invalid(string code, string detail, string field) =>
        new(code, detail, field, RejectionKind.Invalid);
}
