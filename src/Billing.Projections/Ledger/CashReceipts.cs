using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Domain.Payments;
using Billing.Domain.Retainers;
using Billing.Domain.Values;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Projections.Ledger;

/// <summary>The cash clock over a folded book: what the read model's receipts are, worked out from the invoices and payments as they
/// stand.</summary>
internal static class CashReceipts
{
    /// <summary>In no particular order.</summary>
    public static IEnumerable<ReceiptView> Of(PracticeBook book) => book.Invoices.Values.Where(state => state.Issued is not null)
        .SelectMany(Of).Concat(book.Payments.Values.SelectMany(Kept))
        .Concat(book.Retainers.Values.OfType<RetainerState.Agreed>().SelectMany(GivenBack));

    private static IEnumerable<ReceiptView> Of(InvoiceState state)
    {
        var invoice = state.Issued!;
        var receipts = Turned(invoice, invoice.Facts.IssuedOn, invoice.Facts.TurnedTaxMinor())
            .Concat(CashHistory.Of(invoice).Moments.SelectMany(moment => moment.Lines.Select(line => Receipt(
                invoice, moment.Source, line.LineNumber, moment.On, line.Kind, line.AmountMinor) with
            {
                EngagementId = line.EngagementId,
                ExpenseId = line.ExpenseId,
            })))
            .Concat(invoice.Movements.Where(moved => moved.Value.CreditMinor != 0)
                .Select(moved => Credit(invoice, CashSource.MoneyBack(moved.Key), moved.Value.On, moved.Value.CreditMinor)))
            .Concat(invoice.CreditUses.Where(use => use.CreditNoteId is null).SelectMany(use => use.Returns
                .Select(back => Credit(invoice, CashSource.CreditReturn(back.ReturnId), back.On, back.AmountMinor))
                .Prepend(Credit(invoice, CashSource.CreditUse(use.UseId), use.UsedOn, -use.UsedMinor))));
        return state is InvoiceState.Voided voided
            ? receipts.Concat(Turned(invoice, voided.VoidedOn, -invoice.Facts.TurnedTaxMinor()))
            : receipts;
    }

    /// <summary>A deposit was income when it came; what an invoice takes of it as tax turns out to be none.</summary>
    private static IEnumerable<ReceiptView> Turned(IssuedInvoice invoice, LocalDate on, long taxMinor) => taxMinor == 0
        ? []
        :
        [
            Receipt(invoice, CashSource.TurnedTax(invoice.Facts.InvoiceId), 0, on, IncomeKind.Deposit, -taxMinor),
            Receipt(invoice, CashSource.TurnedTax(invoice.Facts.InvoiceId), 0, on, IncomeKind.SalesTax, taxMinor),
        ];

    /// <summary>What a payment brought beyond what was open.</summary>
    private static IEnumerable<ReceiptView> Kept(PaymentState payment) => payment switch
    {
        PaymentState.ByHand { Facts: { CreditMinor: not 0 } e } =>
            [Kept(e.PaymentId, e.InvoiceId, e.ClientId, e.ReceivedOn, new Money(e.CreditMinor, Currency.Of(e.Currency)))],
        PaymentState.Online { Stage: PaymentStage.Succeeded { CreditMinor: not 0 } paid } online =>
            [
                Kept(
                    online.PaymentId, online.InvoiceId, online.ClientId, paid.ReceivedOn,
                    new Money(paid.CreditMinor, online.Amount.Currency)),
            ],
        _ => [],
    };

    private static ReceiptView Kept(Guid paymentId, Guid invoiceId, Guid clientId, LocalDate on, Money credit) =>
        new(CashSource.Payment(paymentId), 0, on, CashKind.Credit, credit, clientId, invoiceId, null, null);

    /// <summary>What was left of a retainer and went out, one for each deposit that it came of.</summary>
    private static IEnumerable<ReceiptView> GivenBack(RetainerState.Agreed retainer) =>
        from settled in retainer.Settlements.Values
        from deposit in settled.Deposits.Index()
        select new ReceiptView(
            CashSource.RetainerRefund(settled.RefundId), deposit.Index + 1, settled.SettledOn, IncomeKind.Deposit,
            new Money(-deposit.Item.AmountMinor, retainer.Currency), retainer.ClientId, deposit.Item.InvoiceId, null, null)
        {
            RetainerId = retainer.RetainerId,
        };

    private static ReceiptView Credit(IssuedInvoice invoice, CashSource source, LocalDate on, long minor) =>
        Receipt(invoice, source, 0, on, CashKind.Credit, minor);

    private static ReceiptView Receipt(IssuedInvoice invoice, CashSource source, int line, LocalDate on, string kind, long minor) => new(
        source, line, on, kind, new Money(minor, invoice.Currency), invoice.Facts.ClientId, invoice.Facts.InvoiceId, null, null);
}
