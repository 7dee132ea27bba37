using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Projections.Ledger;

/// <content>What is given back is received less, on the day on which it is: rows with negative amounts, under the id of the credit
/// note or of the refund.</content>
internal sealed partial class LedgerProjection
{
    private void Apply(Fact fact, InvoiceEvent.CreditNoteIssued e)
    {
        if (invoices.Change(new IdKey(fact.Book, fact.StreamId)) is not { } invoice) return;
        var lines = Lines(invoice.Lines);
        Keep(invoice, OpenOf(invoice).Reduce(e.Lines, e.ReducedMinor));

        var credited = e.Lines.ToDictionary(line => line.LineNumber, line => line.AmountMinor);
        var row = credits.Add(new PartKey(fact.Book, fact.StreamId, e.CreditNoteId));
        row.Lines = TextOf(lines.Where(line => credited.ContainsKey(line.LineNumber))
            .Select(line => line with { AmountMinor = credited[line.LineNumber], RetainerAppliedMinor = 0 }));
        row.RefundDueMinor = e.RefundDueMinor;
        GiveBack(fact, row, CashSource.CreditNote(e.CreditNoteId), e.SettledOutsideMinor, e.IssuedOn);
    }

    private void Apply(Fact fact, InvoiceEvent.RefundSettled e)
    {
        if (credits.Find(new PartKey(fact.Book, fact.StreamId, e.CreditNoteId)) is { } credit)
            GiveBack(fact, credit, CashSource.Refund(e.RefundId), credit.RefundDueMinor, e.SettledOn);
    }

    private void Apply(Fact fact, InvoiceEvent.RefundReturned e)
    {
        if (credits.Find(new PartKey(fact.Book, fact.StreamId, e.CreditNoteId)) is { } credit)
            GiveBack(fact, credit, CashSource.MoneyBack(e.MovementId), credit.RefundDueMinor, e.ReturnedOn, sign: -1);
    }

    /// <param name="sign">−1 where what was given back came again.</param>
    private void GiveBack(Fact fact, LedgerCreditRow credit, CashSource source, long amountMinor, LocalDate day, int sign = 1)
    {
        if (amountMinor == 0 || invoices.Find(new IdKey(fact.Book, fact.StreamId)) is not { } invoice) return;
        AddAll(
            fact, ReceiptOf(fact, invoice, source, day),
            [.. GivenBack(credit, amountMinor).Select(income => income with { AmountMinor = sign * income.AmountMinor })]);
    }
}
