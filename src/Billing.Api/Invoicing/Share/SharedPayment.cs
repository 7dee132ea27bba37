using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Invoicing.Share;

/// <param name="Amount">All that came by it, what was kept as credit too.</param>
/// <param name="ReceiptPath">Of its receipt as PDF.</param>
public sealed record SharedPayment(LocalDate ReceivedOn, Money Amount, string ReceiptPath)
{
    /// <param name="path">Of the invoice.</param>
    public static IReadOnlyList<SharedPayment> Of(IssuedInvoice issued, string path) =>
    [
        .. issued.History.Where(source => source.Kind == CashSource.PaymentKind).Select(source => source.Id).Select(id => new SharedPayment(
            issued.Payments[id].ReceivedOn,
            new Money(issued.Payments[id].AmountMinor + issued.Overpayments.GetValueOrDefault(id), issued.Currency),
            $"{path}/receipts/{id:D}/receipt.pdf")),
    ];
}
