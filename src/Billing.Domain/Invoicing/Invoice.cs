using System.Diagnostics;
using Billing.Domain.Ledger;
using static Billing.Domain.Invoicing.InvoiceEvent;

namespace Billing.Domain.Invoicing;

/// <summary>
/// One invoice. What other streams must agree to is decided elsewhere: <see cref="Drafting"/>,
/// <see cref="Finalization"/>, <see cref="Voiding"/>, and the payments' deciders.
/// </summary>
public static partial class Invoice
{
    public static readonly StreamType<InvoiceState, InvoiceEvent> Stream =
        new("invoice", new InvoiceState.NotDrafted(), Evolve);

    public static InvoiceState Evolve(InvoiceState state, InvoiceEvent @event) => (state, @event) switch
    {
        (_, InvoiceDrafted e) => new InvoiceState.WorkDraft(e),
        (_, DepositDrafted e) => new InvoiceState.DepositDraft(e),
        (InvoiceState.WorkDraft s, RetainersChosen e) => new InvoiceState.WorkDraft(
            s.Facts with { RetainerId = null, RetainerIds = e.RetainerIds }),
        (InvoiceState.WorkDraft s, DraftDescribed e) => new InvoiceState.WorkDraft(
            s.Facts with
            {
                PurchaseOrder = e.PurchaseOrder,
                Note = e.Note,
                Discounts = e.Discounts.Count == 0 ? null : e.Discounts,
                Instalments = e.Instalments,
            }),
        (InvoiceState.DepositDraft s, DraftDescribed e) => new InvoiceState.DepositDraft(
            s.Facts with { PurchaseOrder = e.PurchaseOrder, Note = e.Note, Instalments = e.Instalments }),
        (InvoiceState.WorkDraft s, DraftDiscarded) => new InvoiceState.Discarded(s.Facts.InvoiceId),
        (InvoiceState.DepositDraft s, DraftDiscarded) => new InvoiceState.Discarded(s.Facts.InvoiceId),
        (_, InvoiceFinalized e) => new InvoiceState.Finalized(IssuedInvoice.Of(e) with
        {
            ChosenRetainerIds = state is InvoiceState.WorkDraft { Facts: var draft } ? RetainerDraws.Of(draft) : [],
        }),
        (InvoiceState.Finalized s, InvoiceVoided e) => new InvoiceState.Voided(s.Invoice, e.Reason, e.VoidedOn),
        (InvoiceState.Finalized s, _) => s with { Invoice = Evolve(s.Invoice, @event) },
        (InvoiceState.Voided s, _) => s with { Invoice = Evolve(s.Invoice, @event) },
        _ => throw new UnreachableException($"{@event.GetType().Name} on an invoice that is {state.GetType().Name}."),
    };

    /// <summary>Refuses: <c>invoice-unknown</c>, <c>invoice-not-draft</c>.</summary>
    public static Decision<InvoiceEvent> Decide(InvoiceState state, DiscardDraft command) => state switch
    {
        InvoiceState.NotDrafted => Unknown(command.InvoiceId),
        InvoiceState.Discarded => Decision<InvoiceEvent>.AlreadyDone,
        InvoiceState.WorkDraft or InvoiceState.DepositDraft => new DraftDiscarded(command.At),
        _ => new Rejection("invoice-not-draft", "The invoice is finalised; void it instead."),
    };

    /// <summary>Refuses: <c>invoice-unknown</c>, <c>invoice-not-finalized</c>, <c>invoice-voided</c>,
    /// <c>token-hash-malformed</c>, <c>id-taken</c>.</summary>
    public static Decision<InvoiceEvent> Decide(InvoiceState state, ShareInvoice command)
    {
        if (ShareLink.RefuseHash(command.TokenHash) is { } malformed) return malformed;
        if (state.Issued?.Links.GetValueOrDefault(command.LinkId) is { } link)
        {
            return link.TokenHash == command.TokenHash
                ? Decision<InvoiceEvent>.AlreadyDone
                : new Rejection("id-taken", "Another link of this invoice has this id. Choose a new one.");
        }
        return NotPayable(state, command.InvoiceId) is { } refusal
            ? refusal
            : new InvoiceShared(command.LinkId, command.TokenHash, command.At) { OpensAccount = command.OpensAccount ? true : null };
    }

    /// <summary>Refuses: <c>invoice-unknown</c>, <c>link-unknown</c>.</summary>
    public static Decision<InvoiceEvent> Decide(InvoiceState state, RevokeShare command)
    {
        if (state is InvoiceState.NotDrafted) return Unknown(command.InvoiceId);
        return state.Issued?.Links.GetValueOrDefault(command.LinkId) switch
        {
            null => new Rejection("link-unknown", "The invoice has no such link.", Kind: RejectionKind.NotFound),
            { IsRevoked: true } => Decision<InvoiceEvent>.AlreadyDone,
            _ => new ShareRevoked(command.LinkId, command.At),
        };
    }

    /// <summary>Refuses: <c>invoice-unknown</c>, <c>invoice-not-finalized</c>, <c>invoice-voided</c>,
    /// <c>amount-not-open-balance</c>.</summary>
    public static Decision<InvoiceEvent> Decide(InvoiceState state, AttemptCheckout command)
    {
        if (NotPayable(state, command.InvoiceId) is { } refusal) return refusal;
        if (!state.Issued!.AsksFor(command.AmountMinor))
        {
            return new Rejection(
                "amount-not-open-balance", "A checkout asks for exactly what is open on the invoice, or on its next instalments.");
        }
        return state.Issued?.Checkout == new OpenAttempt(command.PaymentId, command.AmountMinor)
            ? Decision<InvoiceEvent>.AlreadyDone
            : new CheckoutAttempted(command.PaymentId, command.AmountMinor, command.At, command.CollectionNumber);
    }

    /// <summary>Refuses: <c>invoice-unknown</c>. An attempt that is not the open one is closed already.</summary>
    public static Decision<InvoiceEvent> Decide(InvoiceState state, CloseCheckout command)
    {
        if (state is InvoiceState.NotDrafted) return Unknown(command.InvoiceId);
        return state.Issued?.Checkout?.PaymentId == command.PaymentId
            ? new CheckoutClosed(command.PaymentId, command.At)
            : Decision<InvoiceEvent>.AlreadyDone;
    }

    /// <summary>Refuses: <c>invoice-unknown</c>, <c>invoice-not-finalized</c>, <c>invoice-voided</c>,
    /// <c>amount-not-positive</c>, <c>amount-exceeds-balance</c>, <c>payment-differs</c>.</summary>
    public static Decision<InvoiceEvent> Decide(InvoiceState state, ApplyPayment command)
    {
        if (state.Issued?.Payments.GetValueOrDefault(command.PaymentId) is { } applied)
        {
            return applied == new AppliedPayment(command.AmountMinor, command.ReceivedOn)
                ? Decision<InvoiceEvent>.AlreadyDone
                : new Rejection("payment-differs", "This payment is on the invoice already, with other figures.");
        }
        if (NotPayable(state, command.InvoiceId) is { } refusal) return refusal;
        if (command.AmountMinor <= 0)
        {
            return new Rejection(
                "amount-not-positive", "The amount must be more than zero.", "/amount", RejectionKind.Invalid);
        }
        return command.AmountMinor > state.OpenMinor
            ? new Rejection("amount-exceeds-balance", "That is more than is open on the invoice.")
            : new PaymentApplied(command.PaymentId, command.AmountMinor, command.ReceivedOn);
    }

    internal static Rejection Unknown(Guid invoiceId) =>
        new("invoice-unknown", $"There is no invoice {invoiceId:D}.", Kind: RejectionKind.NotFound);

    /// <summary>Why nothing can be paid on it or shown to the client; null where it can.</summary>
    public static Rejection? NotPayable(InvoiceState state, Guid invoiceId) => state switch
    {
        InvoiceState.Finalized => null,
        InvoiceState.NotDrafted => Unknown(invoiceId),
        InvoiceState.Voided => new Rejection("invoice-voided", "The invoice was voided and asks for nothing any more."),
        _ => new Rejection("invoice-not-finalized", "The invoice is not finalised. Finalise it first."),
    };

    private static IssuedInvoice Evolve(IssuedInvoice invoice, InvoiceEvent @event) => @event switch
    {
        InvoiceShared e => invoice with
        {
            Links = invoice.Links.SetItem(e.LinkId, new ShareLink(e.TokenHash, IsRevoked: false, e.OpensAccount ?? false)),
        },
        ShareRevoked e => invoice with
        {
            Links = invoice.Links.SetItem(e.LinkId, invoice.Links[e.LinkId] with { IsRevoked = true }),
        },
        InvoiceSent e => invoice with { SentAt = invoice.SentAt ?? e.SentAt, LastMailId = e.MailId },
        InvoiceViewed e => invoice with { ViewedAt = e.ViewedAt },
        CheckoutAttempted e => invoice with
        {
            Checkout = new OpenAttempt(e.PaymentId, e.AmountMinor),
            Collections = e.CollectionNumber is null ? invoice.Collections : invoice.Collections.Add(e.PaymentId),
        },
        CheckoutClosed e => invoice.Checkout?.PaymentId == e.PaymentId ? invoice with { Checkout = null } : invoice,
        PaymentApplied e => invoice with
        {
            Payments = invoice.Payments.SetItem(e.PaymentId, new AppliedPayment(e.AmountMinor, e.ReceivedOn)),
            History = invoice.History.Add(CashSource.Payment(e.PaymentId)),
        },
        CreditNoteIssued e => invoice with
        {
            CreditNotes = invoice.CreditNotes.SetItem(e.CreditNoteId, new IssuedCreditNote(e, Refund: null)),
            History = invoice.History.Add(CashSource.CreditNote(e.CreditNoteId)),
        },
        RefundSettled e => invoice.CreditNotes.TryGetValue(e.CreditNoteId, out var note)
            ? invoice with { CreditNotes = invoice.CreditNotes.SetItem(e.CreditNoteId, note with { Refund = e }) }
            : invoice,
        LateFeeCharged e => invoice with { LateFees = invoice.LateFees.SetItem(e.FeeInvoiceId, e) },
        InvoiceWrittenOff e => invoice with { WrittenOff = e },
        OverpaymentKept e => invoice with { Overpayments = invoice.Overpayments.SetItem(e.PaymentId, e.AmountMinor) },
        PaymentTakenBack e => Moved(
            invoice, e.MovementId, new PaymentMovement(e.PaymentId, -e.ReopenedMinor, -e.FromCreditMinor, e.TakenBackOn)),
        PaymentGivenAgain e => Moved(
            invoice, e.MovementId, new PaymentMovement(e.PaymentId, e.AppliedMinor, e.CreditMinor, e.GivenAgainOn)),
        RefundReturned e => invoice.CreditNotes.TryGetValue(e.CreditNoteId, out var returned)
            ? invoice with
            {
                CreditNotes = invoice.CreditNotes.SetItem(e.CreditNoteId, returned with { Refund = null }),
                FailedRefunds = returned.Refund is { } failed
                    ? invoice.FailedRefunds.Add(new FailedRefund(failed, e))
                    : invoice.FailedRefunds,
            }
            : invoice,
        RebillAccepted e => invoice with
        {
            AcceptedRebills = invoice.AcceptedRebills.Add(e.Fingerprint),
            Corrected = e.Lines is null ? invoice.Corrected : e,
        },
        RebillDropped e => invoice with { DroppedRebills = invoice.DroppedRebills.Add(e.Fingerprint) },
        ClientCreditUsed or ClientCreditReturned or ClientCreditApplied or ClientCreditTakenOff => EvolveCredit(invoice, @event),
        _ => throw new UnreachableException($"{@event.GetType().Name} on an issued invoice."),
    };
    private static IssuedInvoice Moved(IssuedInvoice invoice, Guid movementId, PaymentMovement movement) => invoice with
    {
        Movements = invoice.Movements.SetItem(movementId, movement),
        History = invoice.History.Add(CashSource.MoneyBack(movementId)),
    };
}
