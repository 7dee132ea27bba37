using Billing.Domain.Ledger;
using Billing.Domain.Payments;
using Billing.Domain.Values;
using Billing.Projections.Reports;

namespace Billing.Projections.Ledger.Journal;

/// <summary>What refunds and disputes of an online payment post. What they neither make due again nor take from the client's credit
/// settles a credit note.</summary>
internal static class MoneyBackPostings
{
    public static IEnumerable<JournalTransaction> Of(PracticeBook book, PaymentState.Online payment)
    {
        foreach (var refund in payment.Back.Refunds.Values)
        {
            yield return Moved(book, payment, JournalKind.RefundMade, refund.StripeRefundId, RefundStep.Made, refund.Made);
            if (refund.Failed is { } failed)
                yield return Moved(book, payment, JournalKind.RefundFailed, refund.StripeRefundId, RefundStep.Failed, failed);
        }
        foreach (var dispute in payment.Back.Disputes.Values)
        {
            if (dispute.Withdrawn is { } withdrawn)
                yield return Moved(book, payment, JournalKind.DisputeWithdrawn, dispute.DisputeId, DisputeStep.Withdrawn, withdrawn);
            if (dispute.Reinstated is { } reinstated)
                yield return Moved(book, payment, JournalKind.DisputeReinstated, dispute.DisputeId, DisputeStep.Reinstated, reinstated);
        }
    }

    /// <param name="stripeId">Of the refund or dispute.</param>
    /// <param name="step">Which of its steps, as it names the movement.</param>
    private static JournalTransaction Moved(
        PracticeBook book, PaymentState.Online payment, string kind, string stripeId, string step, MoneyMoved moved)
    {
        var sign = step is RefundStep.Made or DisputeStep.Withdrawn ? -1 : 1;
        List<Posting> postings =
        [
            Posting(Accounts.Processor, moved.AmountMinor), Posting(Accounts.Receivable, -moved.InvoiceMinor),
            Posting(Accounts.ClientCredit, -moved.CreditMinor),
            Posting(Accounts.RefundsPayable, moved.InvoiceMinor + moved.CreditMinor - moved.AmountMinor),
        ];
        var applied = new Money(sign * moved.InvoiceMinor, payment.Amount.Currency);
        if (DepositPostings.Of(book, payment.InvoiceId, CashSource.MoneyBack(MoneyBack.MovementId(stripeId, step)), applied) is { } deposit)
            postings.AddRange(deposit);
        return new JournalTransaction(
            moved.On, kind, stripeId, payment.ClientId,
            [new Thing(ThingKind.Payment, payment.PaymentId), new Thing(ThingKind.Invoice, payment.InvoiceId)],
            PracticeJournal.NotZero(postings));

        Posting Posting(string account, long minor) => new(account, new Money(sign * minor, payment.Amount.Currency));
    }
}
