using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Domain.Payments;
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
        .SelectMany(Of).Concat(book.Payments.Values.SelectMany(Kept));

    private static IEnumerable<ReceiptView> Of(InvoiceState state)
    {
        var invoice = state.Issued!;
        var receipts = Turned(invoice, invoice.Facts.IssuedOn, invoice.Facts.TurnedTaxMinor())
            .Concat(CashHistory.Of(invoice).Moments.SelectMany(moment => moment.Lines.Select(line => Receipt(
                invoice, moment.Under, line.LineNumber, moment.On, line.Kind, line.AmountMinor) with
            {
                EngagementId = line.EngagementId,
                ExpenseId = line.ExpenseId,
            })))
            .Concat(invoice.Movements.Where(moved => moved.Value.CreditMinor != 0)
                .Select(moved => Credit(invoice, moved.Key, moved.Value.On, moved.Value.CreditMinor)))
            .Concat(invoice.CreditUses.Where(use => use.CreditNoteId is null).SelectMany(use => use.Returns
                .Select(back => Credit(invoice, back.ReturnId, back.On, back.AmountMinor))
                .Prepend(Credit(invoice, use.UseId, use.UsedOn, -use.UsedMinor))));
        return state is InvoiceState.Voided voided
            ? receipts.Concat(Turned(invoice, voided.VoidedOn, -invoice.Facts.TurnedTaxMinor()))
            : receipts;
    }

    /// <summary>A deposit was income when it came; what an invoice takes of it as tax turns out to be none.</summary>
    private static IEnumerable<ReceiptView> Turned(IssuedInvoice invoice, LocalDate on, long taxMinor) => taxMinor == 0
        ? []
        :
        [
            Receipt(invoice, invoice.Facts.InvoiceId, 0, on, IncomeKind.Deposit, -taxMinor),
            Receipt(invoice, invoice.Facts.InvoiceId, 0, on, IncomeKind.SalesTax, taxMinor),
        ];

    /// <summary>What a payment brought beyond what was open.</summary>
    private static IEnumerable<ReceiptView> Kept(PaymentState payment) => payment switch
    {
        PaymentState.ByHand { Facts: { CreditMinor: not 0 } e } =>
            [
                new(
                    e.PaymentId, 0, e.ReceivedOn, CashKind.Credit, new Money(e.CreditMinor, Currency.Of(e.Currency)), e.ClientId,
                    e.InvoiceId, null, null),
            ],
        PaymentState.Online { Stage: PaymentStage.Succeeded { CreditMinor: not 0 } paid } online =>
            [
                new(
                    online.PaymentId, 0, paid.ReceivedOn, CashKind.Credit, new Money(paid.CreditMinor, online.Amount.Currency),
                    online.ClientId, online.InvoiceId, null, null),
            ],
        _ => [],
    };

    private static ReceiptView Credit(IssuedInvoice invoice, Guid under, LocalDate on, long minor) =>
        Receipt(invoice, under, 0, on, CashKind.Credit, minor);

    private static ReceiptView Receipt(IssuedInvoice invoice, Guid under, int line, LocalDate on, string kind, long minor) => new(
        under, line, on, kind, new Money(minor, invoice.Currency), invoice.Facts.ClientId, invoice.Facts.InvoiceId, null, null);
}
