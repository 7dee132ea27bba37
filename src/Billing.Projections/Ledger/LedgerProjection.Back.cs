using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Domain.Retainers;
using Billing.Projections.Rows;
using Billing.Projections.Running;

namespace Billing.Projections.Ledger;

/// <content>
/// What a refund or a dispute takes is received less on its day, line by line as it was received: first what receipts since the
/// last credit note brought, then what those before it did. What comes again is received again.
/// </content>
internal sealed partial class LedgerProjection
{
    private void Apply(Fact fact, InvoiceEvent.PaymentTakenBack e)
    {
        if (invoices.Change(new IdKey(fact.Book, fact.StreamId)) is not { } invoice) return;
        var receipt = ReceiptOf(fact, invoice, CashSource.MoneyBack(e.MovementId), e.TakenBackOn);
        if (e.FromCreditMinor != 0) Add(fact, receipt, line: 0, CashKind.Credit, -e.FromCreditMinor);
        if (e.ReopenedMinor != 0) TakeBack(fact, invoice, receipt, e.ReopenedMinor);
    }

    private void Apply(Fact fact, InvoiceEvent.PaymentGivenAgain e)
    {
        if (invoices.Find(new IdKey(fact.Book, fact.StreamId)) is not { } invoice) return;
        Receive(fact, ReceiptOf(fact, invoice, CashSource.MoneyBack(e.MovementId), e.GivenAgainOn) with
        {
            AppliedMinor = e.AppliedMinor,
            CreditMinor = e.CreditMinor,
        });
    }

    /// <summary>One row for each deposit that it came of.</summary>
    private void Apply(Fact fact, RetainerEvent.RetainerRefundSettled e)
    {
        foreach (var (i, deposit) in e.Deposits.Index())
        {
            if (invoices.Find(new IdKey(fact.Book, deposit.InvoiceId)) is not { } invoice) continue;
            var receipt = new Receipt(
                CashSource.RetainerRefund(e.RefundId), deposit.InvoiceId, invoice.ClientId, 0, 0, invoice.Currency, e.SettledOn);
            Add(fact, receipt, i + 1, IncomeKind.Deposit, -deposit.AmountMinor).RetainerId = fact.StreamId;
        }
    }
}
