using Billing.Domain.Invoicing;
using Billing.Domain.Mailing;
using Billing.Domain.Payments;
using Billing.Domain.Quotes;
using Billing.Domain.Values;
using Billing.Projections.Documents;

namespace Billing.Projections.Invoicing;

/// <summary>Says in a sentence what an event of an invoice, its payments, mails or quote tells somebody outside.</summary>
public sealed class InvoiceTimeline(DocumentLanguage language, Currency currency)
{
    /// <param name="subject">Of the mail that a mail's event is about; null otherwise.</param>
    /// <returns>Null for what is told by another event, or is nobody's matter outside.</returns>
    public string? Sentence(object @event, string? subject = null) => @event switch
    {
        InvoiceEvent e => Sentence(e),
        PaymentEvent e => Sentence(e),
        MailEvent e => Sentence(e, subject ?? PrintedInvoice.Erased),
        QuoteEvent e => Sentence(e),
        _ => null,
    };

    private string? Sentence(InvoiceEvent @event) => @event switch
    {
        InvoiceEvent.InvoiceDrafted or InvoiceEvent.DepositDrafted => Say("drafted"),
        InvoiceEvent.InvoiceFinalized e => Say(
            "finalized", ("number", e.Number), ("amount", Amount(e.TotalMinor)), ("day", language.Day(e.DueOn))),
        InvoiceEvent.InvoiceShared => Say("shared"),
        InvoiceEvent.ShareRevoked => Say("revoked"),
        InvoiceEvent.InvoiceViewed => Say("viewed"),
        InvoiceEvent.CheckoutAttempted { CollectionNumber: null } e => Say("checkout", ("amount", Amount(e.AmountMinor))),
        InvoiceEvent.CheckoutAttempted e => Say("charge", ("amount", Amount(e.AmountMinor))),
        InvoiceEvent.InvoiceVoided e => Say("voided", ("reason", e.Reason)),
        InvoiceEvent.CreditNoteIssued e => Say("credit-note", ("number", e.Number), ("amount", Amount(e.TotalMinor))),
        InvoiceEvent.RefundSettled e => Say("settled", ("day", language.Day(e.SettledOn))),
        InvoiceEvent.InvoiceWrittenOff e => Say("written-off", ("amount", Amount(e.AmountMinor))),
        InvoiceEvent.LateFeeCharged e => Say("late-fee", ("amount", Amount(e.AmountMinor))),
        InvoiceEvent.ClientCreditApplied e => Say("credit-applied", ("amount", Amount(e.AmountMinor))),
        InvoiceEvent.ClientCreditTakenOff e => Say("credit-taken-off", ("amount", Amount(e.AmountMinor))),
        _ => null,
    };

    private string? Sentence(PaymentEvent @event) => @event switch
    {
        PaymentEvent.PaymentRecorded e => Say(
            "received", ("amount", Amount(e.AmountMinor)), ("day", language.Day(e.ReceivedOn)),
            ("method", language.WordOr($"method-{e.Method}", "method-other"))),
        PaymentEvent.PaymentSucceeded e => Say(
            "received", ("amount", Amount(e.AmountMinor)), ("day", language.Day(e.ReceivedOn)),
            ("method", language.Word("method-online"))),
        PaymentEvent.PaymentPending => Say("pending"),
        PaymentEvent.PaymentFailed e => Say("failed", ("reason", e.Reason)),
        PaymentEvent.CheckoutExpired => Say("expired"),
        PaymentEvent.RefundMade e => Say("refunded", ("amount", Amount(e.AmountMinor)), ("day", language.Day(e.MadeOn))),
        PaymentEvent.RefundFailed e => Say("refund-failed", ("reason", e.Reason)),
        PaymentEvent.DisputeOpened e => Say("disputed", ("amount", Amount(e.AmountMinor)), ("reason", e.Reason)),
        PaymentEvent.DisputeFundsWithdrawn e => Say("withdrawn", ("amount", Amount(e.AmountMinor))),
        PaymentEvent.DisputeFundsReinstated e => Say("reinstated", ("amount", Amount(e.AmountMinor))),
        PaymentEvent.DisputeClosed e => Say("dispute-closed", ("outcome", language.WordOr($"outcome-{e.Outcome}", null) ?? e.Outcome)),
        _ => null,
    };

    private string? Sentence(MailEvent @event, string subject) => @event switch
    {
        MailEvent.MailAsked e => Say("mail-asked", ("subject", subject), ("recipient", e.Recipient ?? PrintedInvoice.Erased)),
        MailEvent.MailHandedOver => Say("mail-sent", ("subject", subject)),
        MailEvent.MailFailed => Say("mail-failed", ("subject", subject)),
        MailEvent.MailLeftUnknown => Say("mail-unknown", ("subject", subject)),
        MailEvent.MailBounced => Say("mail-bounced", ("subject", subject)),
        MailEvent.MailResendAsked => Say("mail-again", ("subject", subject)),
        _ => null,
    };

    private string? Sentence(QuoteEvent @event) => @event switch
    {
        QuoteEvent.QuoteSent e => Say("quote-sent", ("number", e.Number)),
        QuoteEvent.QuoteAccepted e => Say(
            "quote-accepted", ("name", e.AcceptedBy ?? PrintedInvoice.Erased), ("amount", Amount(e.TotalMinor))),
        QuoteEvent.QuoteTurned => Say("quote-turned"),
        _ => null,
    };

    private string Say(string word, params ReadOnlySpan<(string Place, string Text)> places) => language.Word($"told-{word}", places);

    private string Amount(long minor) => language.Amount(new Money(minor, currency));
}
