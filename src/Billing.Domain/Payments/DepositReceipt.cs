using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Domain.Retainers;

namespace Billing.Domain.Payments;

/// <summary>What of a deposit's money is sales tax, which is owed from the day on which it comes.</summary>
internal static class DepositReceipt
{
    /// <summary>Null where the deposit bears no tax.</summary>
    /// <param name="deposit">With the receipt on it already.</param>
    /// <param name="source">The payment, or the step of a refund or dispute.</param>
    public static LotTax? TaxOf(IssuedInvoice deposit, CashSource source) => deposit.Facts.Tax is { } tax
        ? new LotTax(
            deposit.Facts.Number, tax.Parts[0].Category, tax.Parts[0].HundredThousandths,
            CashHistory.Of(deposit).Moments.Where(moment => moment.Source == source).Sum(moment => moment.TaxMinor))
        : null;
}
