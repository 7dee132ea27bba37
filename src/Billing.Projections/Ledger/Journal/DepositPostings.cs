using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Domain.Values;
using Billing.Projections.Reports;

namespace Billing.Projections.Ledger.Journal;

/// <summary>What the money of a deposit posts beside its receipt: what was asked for is held and not yet earned, its tax owed.</summary>
internal static class DepositPostings
{
    /// <summary>Null for an invoice that is no deposit.</summary>
    /// <param name="source">The payment, or the step of a refund or dispute.</param>
    /// <param name="applied">What of it the deposit was paid with; below zero for what went back.</param>
    public static IReadOnlyList<Posting>? Of(PracticeBook book, Guid invoiceId, CashSource source, Money applied)
    {
        if (book.Invoices.GetValueOrDefault(invoiceId)?.Issued is not { Facts.Kind: InvoiceKind.Deposit } deposit) return null;
        var tax = deposit.Facts.Tax is null
            ? Money.Zero(applied.Currency)
            : new Money(
                CashHistory.Of(deposit).Moments.Where(moment => moment.Source == source).Sum(moment => moment.TaxMinor),
                applied.Currency);
        return
        [
            new Posting(Accounts.DepositsRequested, applied), new Posting(Accounts.Unearned, tax - applied),
            new Posting(Accounts.SalesTaxPayable, -tax),
        ];
    }
}
