using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Domain.Payments;
using Billing.Domain.Retainers;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Ledger;

/// <summary>
/// The cash clock. All that a client pays, but sales tax, is income of the day it is received: for work, for reimbursed expenses,
/// ahead of work, or more than was asked for.
/// </summary>
internal sealed partial class LedgerProjection : Projection
{
    private readonly Table<ReceiptKey, CashReceiptRow> receipts = new(CashReceiptRow.Shape);
    private readonly Table<KindKey, ProcessorFeeRow> fees = new(ProcessorFeeRow.Shape);
    private readonly Table<IdKey, LedgerInvoiceRow> invoices = new(LedgerInvoiceRow.Shape);
    private readonly Table<IdKey, LedgerPaymentRow> payments = new(LedgerPaymentRow.Shape);
    private readonly Table<PartKey, LedgerCreditRow> credits = new(LedgerCreditRow.Shape);

    public LedgerProjection()
    {
        On<InvoiceEvent.InvoiceFinalized>(Apply);
        On<InvoiceEvent.InvoiceVoided>(Apply);
        On<PaymentEvent.PaymentAttempted>(Apply);
        On<PaymentEvent.PaymentSucceeded>(Apply);
        On<PaymentEvent.PaymentRecorded>(Apply);
        On<PaymentEvent.ProcessorFeeCharged>(Apply);
        On<InvoiceEvent.CreditNoteIssued>(Apply);
        On<InvoiceEvent.RefundSettled>(Apply);
        On<InvoiceEvent.PaymentTakenBack>(Apply);
        On<InvoiceEvent.PaymentGivenAgain>(Apply);
        On<InvoiceEvent.RefundReturned>(Apply);
        On<InvoiceEvent.ClientCreditUsed>(Apply);
        On<InvoiceEvent.ClientCreditReturned>(Apply);
        On<InvoiceEvent.ClientCreditApplied>(Apply);
        On<InvoiceEvent.ClientCreditTakenOff>(Apply);
        On<RetainerEvent.RetainerRefundSettled>(Apply);
    }

    public override int Version => 5;

    public override IReadOnlyList<Table> Tables => [receipts, fees, invoices, payments, credits];

    private void Apply(Fact fact, InvoiceEvent.InvoiceFinalized e)
    {
        var row = invoices.Add(new IdKey(fact.Book, e.InvoiceId));
        row.ClientId = e.ClientId;
        row.Currency = e.Currency;
        row.Lines = TextOf(e.Lines);
        row.TurnedTaxMinor = e.TurnedTaxMinor();
        AddTurnedTax(fact, row, e.IssuedOn, row.TurnedTaxMinor, isVoided: false);
    }

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
            CashSource.Payment(fact.StreamId), payment.InvoiceId, payment.ClientId, e.AppliedMinor, e.CreditMinor, e.Currency,
            e.ReceivedOn));
    }

    private void Apply(Fact fact, PaymentEvent.PaymentRecorded e) => Receive(fact, new Receipt(
        CashSource.Payment(e.PaymentId), e.InvoiceId, e.ClientId, e.AppliedMinor, e.CreditMinor, e.Currency, e.ReceivedOn));

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
        var (open, income) = OpenOf(invoice).Receive(receipt.AppliedMinor);
        Keep(invoice, open);
        AddAll(fact, receipt, income);
    }

    private void TakeBack(Fact fact, LedgerInvoiceRow invoice, Receipt receipt, long amountMinor)
    {
        var (open, income) = OpenOf(invoice).TakeBack(amountMinor);
        Keep(invoice, open);
        AddAll(fact, receipt, income);
    }

    private static OpenLines OpenOf(LedgerInvoiceRow invoice) => new(
        Lines(invoice.Lines), invoice.AppliedMinor, invoice.Received is { } text ? Lines(text) : null);

    private static void Keep(LedgerInvoiceRow invoice, OpenLines open)
    {
        invoice.Lines = TextOf(open.Lines);
        invoice.AppliedMinor = open.AppliedMinor;
        invoice.Received = open.Before is { } before ? TextOf(before) : null;
    }

    private void AddAll(Fact fact, Receipt receipt, IReadOnlyList<RecognisedIncome> recognised)
    {
        foreach (var income in recognised)
        {
            var row = Add(fact, receipt, income.LineNumber, income.Kind, income.AmountMinor);
            row.EngagementId = income.EngagementId;
            row.ExpenseId = income.ExpenseId;
        }
    }

    private CashReceiptRow Add(Fact fact, Receipt receipt, int line, string kind, long amountMinor)
    {
        var row = receipts.Add(new ReceiptKey(fact.Book, receipt.Source, receipt.InvoiceId, line));
        row.ReceivedOn = receipt.ReceivedOn;
        row.Kind = kind;
        row.AmountMinor = amountMinor;
        row.Currency = receipt.Currency;
        row.ClientId = receipt.ClientId;
        return row;
    }

    private static string TextOf(IEnumerable<InvoiceLine> lines) => ListText.Of(
    [
        .. lines.Select(line => new LedgerLine(
            line.LineNumber, line.Kind, line.EngagementId, line.AmountMinor, line.ExpenseId, line.RetainerAppliedMinor, line.Period,
            line.TaxCategory, line.TaxHundredThousandths)),
    ]);

    private static IReadOnlyList<InvoiceLine> Lines(string text) =>
    [
        .. ListText.Lines(text).Select(line => new InvoiceLine(
            line.LineNumber, line.Kind, line.EngagementId, QuantitySeconds: null, PerHourMinor: null, line.AmountMinor,
            Hours: [], line.ExpenseId, line.RetainerAppliedMinor, Period: line.Period)
        {
            TaxCategory = line.TaxCategory,
            TaxHundredThousandths = line.TaxHundredThousandths,
        }),
    ];

    private sealed record Receipt(
        CashSource Source, Guid InvoiceId, Guid ClientId, long AppliedMinor, long CreditMinor, string Currency,
        LocalDate ReceivedOn);
}

/// <summary>What cash was for, beyond the kinds of <see cref="IncomeKind"/>.</summary>
public static class CashKind
{
    /// <summary>More than was open, kept as the client's credit: as income it is received all the same.</summary>
    public const string Credit = "credit";
}
