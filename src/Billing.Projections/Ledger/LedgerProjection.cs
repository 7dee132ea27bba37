using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Domain.Payments;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Ledger;

/// <summary>
/// The cash clock. All that a client pays is income of the day it is received: for work, for reimbursed expenses, ahead of
/// work, or more than was asked for.
/// </summary>
internal sealed class LedgerProjection : Projection
{
    private readonly Table<LineKey, CashReceiptRow> receipts = new(CashReceiptRow.Shape);
    private readonly Table<KindKey, ProcessorFeeRow> fees = new(ProcessorFeeRow.Shape);
    private readonly Table<IdKey, LedgerInvoiceRow> invoices = new(LedgerInvoiceRow.Shape);
    private readonly Table<IdKey, LedgerPaymentRow> payments = new(LedgerPaymentRow.Shape);

    public LedgerProjection()
    {
        On<InvoiceEvent.InvoiceFinalized>(Apply);
        On<PaymentEvent.PaymentAttempted>(Apply);
        On<PaymentEvent.PaymentSucceeded>(Apply);
        On<PaymentEvent.PaymentRecorded>(Apply);
        On<PaymentEvent.ProcessorFeeCharged>(Apply);
    }

    public override int Version => 1;

    public override IReadOnlyList<Table> Tables => [receipts, fees, invoices, payments];

    private void Apply(Fact fact, InvoiceEvent.InvoiceFinalized e) =>
        invoices.Add(new IdKey(fact.Book, e.InvoiceId)).Lines = ListText.Of(
        [
            .. e.Lines.Select(line => new LedgerLine(
                line.LineNumber, line.Kind, line.EngagementId, line.AmountMinor, line.ExpenseId, line.RetainerAppliedMinor,
                line.Period)),
        ]);

    private void Apply(Fact fact, PaymentEvent.PaymentAttempted e)
    {
        var row = payments.Add(new IdKey(fact.Book, e.PaymentId));
        row.InvoiceId = e.InvoiceId;
        row.ClientId = e.ClientId;
    }

    private void Apply(Fact fact, PaymentEvent.PaymentSucceeded e)
    {
        if (payments.Find(new IdKey(fact.Book, fact.StreamId)) is not { } payment) return;
        Receive(fact, new Receipt(
            fact.StreamId, payment.InvoiceId, payment.ClientId, e.AppliedMinor, e.CreditMinor, e.Currency, e.ReceivedOn));
    }

    private void Apply(Fact fact, PaymentEvent.PaymentRecorded e) => Receive(fact, new Receipt(
        e.PaymentId, e.InvoiceId, e.ClientId, e.AppliedMinor, e.CreditMinor, e.Currency, e.ReceivedOn));

    private void Apply(Fact fact, PaymentEvent.ProcessorFeeCharged e)
    {
        var row = fees.Add(new KindKey(fact.Book, fact.StreamId, e.BalanceTransactionId));
        row.ChargedOn = e.ChargedOn;
        row.AmountMinor = e.AmountMinor;
        row.Currency = e.Currency;
    }

    private void Receive(Fact fact, Receipt receipt)
    {
        if (receipt.CreditMinor != 0) Add(fact, receipt, line: 0, CashKind.Credit, receipt.CreditMinor);
        if (receipt.AppliedMinor == 0 || invoices.Change(new IdKey(fact.Book, receipt.InvoiceId)) is not { } invoice) return;
        foreach (var income in CashRecognition.Recognise(Lines(invoice), receipt.AppliedMinor, invoice.AppliedMinor))
        {
            var row = Add(fact, receipt, income.LineNumber, income.Kind, income.AmountMinor);
            row.EngagementId = income.EngagementId;
            row.ExpenseId = income.ExpenseId;
        }
        invoice.AppliedMinor += receipt.AppliedMinor;
    }

    private CashReceiptRow Add(Fact fact, Receipt receipt, int line, string kind, long amountMinor)
    {
        var row = receipts.Add(new LineKey(fact.Book, receipt.PaymentId, line));
        row.ReceivedOn = receipt.ReceivedOn;
        row.Kind = kind;
        row.AmountMinor = amountMinor;
        row.Currency = receipt.Currency;
        row.ClientId = receipt.ClientId;
        row.InvoiceId = receipt.InvoiceId;
        return row;
    }

    private static IReadOnlyList<InvoiceLine> Lines(LedgerInvoiceRow invoice) =>
    [
        .. ListText.Lines(invoice.Lines).Select(line => new InvoiceLine(
            line.LineNumber, line.Kind, line.EngagementId, QuantitySeconds: null, PerHourMinor: null, line.AmountMinor,
            Hours: [], line.ExpenseId, line.RetainerAppliedMinor, Period: line.Period)),
    ];

    private sealed record Receipt(
        Guid PaymentId, Guid InvoiceId, Guid ClientId, long AppliedMinor, long CreditMinor, string Currency,
        LocalDate ReceivedOn);
}

/// <summary>What cash was for, beyond the kinds of <see cref="IncomeKind"/>.</summary>
public static class CashKind
{
    /// <summary>More than was open, kept as the client's credit: as income it is received all the same.</summary>
    public const string Credit = "credit";
}
