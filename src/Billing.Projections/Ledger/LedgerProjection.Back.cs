using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
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
        var receipt = new Receipt(e.MovementId, fact.StreamId, invoice.ClientId, 0, 0, invoice.Currency, e.TakenBackOn);
        if (e.FromCreditMinor != 0) Add(fact, receipt, line: 0, CashKind.Credit, -e.FromCreditMinor);
        if (e.ReopenedMinor == 0) return;

        var lines = Lines(invoice.Lines);
        var sinceMinor = Math.Min(e.ReopenedMinor, invoice.AppliedMinor);
        invoice.AppliedMinor -= sinceMinor;
        var taken = CashRecognition.Recognise(lines, sinceMinor, invoice.AppliedMinor).ToList();
        if (e.ReopenedMinor > sinceMinor) taken.AddRange(TakeFromBefore(invoice, lines, e.ReopenedMinor - sinceMinor));
        AddAll(
            fact, receipt,
            [
                .. taken.GroupBy(income => income.LineNumber).OrderBy(line => line.Key)
                    .Select(line => line.First() with { AmountMinor = -line.Sum(income => income.AmountMinor) }),
            ]);
    }

    private void Apply(Fact fact, InvoiceEvent.PaymentGivenAgain e)
    {
        if (invoices.Find(new IdKey(fact.Book, fact.StreamId)) is not { } invoice) return;
        Receive(fact, new Receipt(
            e.MovementId, fact.StreamId, invoice.ClientId, e.AppliedMinor, e.CreditMinor, invoice.Currency, e.GivenAgainOn));
    }

    /// <summary>A credit note makes the lines what is open of them, so that what they were paid with has to be kept apart.</summary>
    private static void KeepReceived(LedgerInvoiceRow invoice, IReadOnlyList<InvoiceLine> lines)
    {
        var received = CashRecognition.Recognise(lines, invoice.AppliedMinor, 0)
            .ToDictionary(income => income.LineNumber, income => income.AmountMinor);
        var before = invoice.Received is { } text ? Lines(text) : [.. lines.Select(line => line with { AmountMinor = 0 })];
        invoice.Received = TextOf(before.Select(line => line with
        {
            AmountMinor = line.AmountMinor + received.GetValueOrDefault(line.LineNumber),
            RetainerAppliedMinor = 0,
        }));
    }

    /// <summary>What is taken of a line is open on it again.</summary>
    private static IReadOnlyList<RecognisedIncome> TakeFromBefore(
        LedgerInvoiceRow invoice, IReadOnlyList<InvoiceLine> lines, long amountMinor)
    {
        var before = invoice.Received is { } text ? Lines(text) : [];
        var sumMinor = before.Sum(line => line.AmountMinor);
        var taken = CashRecognition.Recognise(before, Math.Min(amountMinor, sumMinor), Math.Max(0, sumMinor - amountMinor));
        var of = taken.ToDictionary(income => income.LineNumber, income => income.AmountMinor);
        invoice.Received = TextOf(before.Select(line => line with
        {
            AmountMinor = line.AmountMinor - of.GetValueOrDefault(line.LineNumber),
        }));
        invoice.Lines = TextOf(lines.Select(line => line with
        {
            AmountMinor = line.AmountMinor + of.GetValueOrDefault(line.LineNumber),
        }));
        return taken;
    }
}
