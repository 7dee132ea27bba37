using Billing.Domain.Invoicing;
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
            yield return Moved(book, payment, JournalKind.RefundMade, refund.StripeRefundId, refund.Made, sign: -1);
            if (refund.Failed is { } failed)
                yield return Moved(book, payment, JournalKind.RefundFailed, refund.StripeRefundId, failed, sign: 1);
        }
        foreach (var dispute in payment.Back.Disputes.Values)
        {
            if (dispute.Withdrawn is { } withdrawn)
                yield return Moved(book, payment, JournalKind.DisputeWithdrawn, dispute.DisputeId, withdrawn, sign: -1);
            if (dispute.Reinstated is { } reinstated)
                yield return Moved(book, payment, JournalKind.DisputeReinstated, dispute.DisputeId, reinstated, sign: 1);
        }
    }

    /// <param name="sign">1 where the processor got the money, −1 where it gave it.</param>
    private static JournalTransaction Moved(
        PracticeBook book, PaymentState.Online payment, string kind, string text, MoneyMoved moved, int sign)
    {
        List<Posting> postings =
        [
            Posting(Accounts.Processor, moved.AmountMinor), Posting(Accounts.Receivable, -moved.InvoiceMinor),
            Posting(Accounts.ClientCredit, -moved.CreditMinor),
            Posting(Accounts.RefundsPayable, moved.InvoiceMinor + moved.CreditMinor - moved.AmountMinor),
        ];
        if (book.Invoices.GetValueOrDefault(payment.InvoiceId)?.Issued?.Facts.Kind == InvoiceKind.Deposit)
        {
            postings.AddRange([
                Posting(Accounts.DepositsRequested, moved.InvoiceMinor), Posting(Accounts.Unearned, -moved.InvoiceMinor),
            ]);
        }
        return new JournalTransaction(
            moved.On, kind, text, payment.ClientId,
            [new Thing(ThingKind.Payment, payment.PaymentId), new Thing(ThingKind.Invoice, payment.InvoiceId)],
            PracticeJournal.NotZero(postings));

        Posting Posting(string account, long minor) => new(account, new Money(sign * minor, payment.Amount.Currency));
    }
}
