using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;
using NodaTime;
using static Billing.Domain.Payments.PaymentEvent;

namespace Billing.Domain.Payments;

/// <summary>
/// What Stripe tells of refunds and disputes. What goes back is taken from the client's credit on the invoice first and is due
/// again for the rest; what comes again goes onto the invoice first. So the invoice ends the same in whatever order it is told.
/// </summary>
public static class MoneyBackNews
{
    /// <summary>Refuses: <c>payment-unknown</c>, <c>payment-not-succeeded</c>, <c>refund-differs</c>.</summary>
    /// <param name="retainer">The retainer that the invoice's deposit funds; null for other invoices.</param>
    public static PaymentDecision Tell(PaymentState payment, InvoiceState invoice, RetainerState? retainer, TellRefund command)
    {
        if (Start(payment, invoice, retainer, command.PaymentId, command.At, out var books) is { } refusal) return refusal;
        if (!TryAmount(books, command.StripeAmount, command.StripeCurrency, out var minor))
            return new Rejection("refund-differs", "Stripe refunded another currency than was paid.");
        if (books.Back.Refunds.GetValueOrDefault(command.StripeRefundId) is not { } refund)
        {
            var noteId = CreditNoteOf(books, command, minor);
            if (noteId is { } id) books.Settle(id, command.StripeRefundId, command.MadeOn);
            var split = noteId is null ? books.TakeBack(command.StripeRefundId, RefundStep.Made, minor, command.MadeOn) : default;
            books.Note(new RefundMade(
                command.StripeRefundId, command.RefundId, minor, split.Invoice, split.Credit, noteId, command.MadeOn, command.At));
            refund = books.Back.Refunds[command.StripeRefundId];
        }
        if (command.FailedOn is { } failedOn && refund.Failed is null) Fail(books, refund, command, failedOn);
        return books.Decided();
    }

    /// <summary>Refuses: <c>payment-unknown</c>, <c>payment-not-succeeded</c>, <c>dispute-differs</c>.</summary>
    /// <param name="retainer">The retainer that the invoice's deposit funds; null for other invoices.</param>
    public static PaymentDecision Tell(PaymentState payment, InvoiceState invoice, RetainerState? retainer, TellDispute command)
    {
        if (Start(payment, invoice, retainer, command.PaymentId, command.At, out var books) is { } refusal) return refusal;
        if (!TryAmount(books, command.StripeAmount, command.StripeCurrency, out var minor))
            return new Rejection("dispute-differs", "Stripe tells of a dispute in another currency than was paid.");
        if (!TryAmount(books, command.ReinstatedStripeAmount ?? command.StripeAmount, command.StripeCurrency, out var back) || back > minor)
            return new Rejection("dispute-differs", "Stripe gives back nothing, or more than was disputed.");
        var id = command.DisputeId;
        if (!books.Back.Disputes.ContainsKey(id))
            books.Note(new DisputeOpened(id, minor, command.Reason, command.OpenedOn, command.AnswerBy, command.At));
        if (command.WithdrawnOn is { } withdrawnOn && books.Back.Disputes[id].Withdrawn is null)
        {
            var split = books.TakeBack(id, DisputeStep.Withdrawn, minor, withdrawnOn);
            books.Note(new DisputeFundsWithdrawn(id, minor, split.Invoice, split.Credit, withdrawnOn, command.At));
        }
        if (command.ReinstatedOn is { } reinstatedOn && books.Back.Disputes[id].Reinstated is null)
        {
            var split = books.GiveAgain(id, DisputeStep.Reinstated, back, reinstatedOn);
            books.Note(new DisputeFundsReinstated(id, back, split.Invoice, split.Credit, reinstatedOn, command.At));
        }
        // A bank may think again, after an appeal.
        if (command.Outcome is { } outcome && books.Back.Disputes[id].Outcome != outcome)
            books.Note(new DisputeClosed(id, outcome, command.At));
        return books.Decided();
    }

    private static void Fail(PaymentBooks books, Refund refund, TellRefund command, LocalDate failedOn)
    {
        var split = default((long Invoice, long Credit));
        if (refund.CreditNoteId is { } noteId) books.Unsettle(noteId, refund.StripeRefundId, failedOn);
        else split = books.GiveAgain(refund.StripeRefundId, RefundStep.Failed, refund.Made.AmountMinor, failedOn);
        books.Note(new RefundFailed(
            refund.StripeRefundId, refund.RefundId, command.FailureReason ?? "unknown", split.Invoice, split.Credit, failedOn, command.At));
    }

    /// <summary>
    /// The credit note that a refund settles: the attempt's own, or, of one made at Stripe itself, the only one that owes just
    /// this much. One that was settled by hand meanwhile is settled no second time.
    /// </summary>
    private static Guid? CreditNoteOf(PaymentBooks books, TellRefund command, long amountMinor)
    {
        var owing = books.Issued.CreditNotes.Values
            .Where(note => note.Refund is null && note.Facts.RefundDueMinor == amountMinor).Select(note => note.Facts.CreditNoteId);
        if (command.RefundId is { } id && books.Back.Attempts.GetValueOrDefault(id) is { } attempt)
            return owing.Where(noteId => noteId == attempt.CreditNoteId).Select(noteId => (Guid?)noteId).FirstOrDefault();
        return owing.ToList() is [var only] ? only : null;
    }

    private static Rejection? Start(
        PaymentState payment, InvoiceState invoice, RetainerState? retainer, Guid paymentId, Instant at, out PaymentBooks books)
    {
        books = null!;
        if (payment is not PaymentState.Online online) return Payment.Unknown(paymentId);
        if (online.Stage is not PaymentStage.Succeeded)
            return new Rejection("payment-not-succeeded", "Stripe tells of money going back that the books don't know to have come.");
        books = new PaymentBooks(online, invoice, retainer, at);
        return null;
    }

    private static bool TryAmount(PaymentBooks books, long stripeAmount, string stripeCurrency, out long minor)
    {
        var isKnown = StripeAmounts.TryFromStripe(stripeAmount, stripeCurrency, out var amount);
        minor = amount?.Minor ?? 0;
        return isKnown && amount!.Value.Currency == books.Currency && minor > 0;
    }
}

/// <summary>The steps of a refund by which money moves, as they name movements.</summary>
public static class RefundStep
{
    public const string Made = "made";
    public const string Failed = "failed";
}

/// <summary>The steps of a dispute by which money moves, as they name movements.</summary>
public static class DisputeStep
{
    public const string Withdrawn = "withdrawn";
    public const string Reinstated = "reinstated";
}
