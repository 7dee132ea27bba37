using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Projections.Ledger;

/// <content>
/// The client's credit was income when its money came. Where it pays an invoice, it moves from what it was received for to the lines of
/// that invoice, on that day: nothing is received, but of what is paid with it the sales tax turns out to be no income. The rows of both
/// sides stand under one id, and those of the side that the credit is taken from have no line numbers above 0.
/// </content>
internal sealed partial class LedgerProjection
{
    private void Apply(Fact fact, InvoiceEvent.ClientCreditUsed e) =>
        MoveCredit(fact, CashSource.CreditUse(e.UseId), e.CreditNoteId, -e.AmountMinor, e.UsedOn);

    private void Apply(Fact fact, InvoiceEvent.ClientCreditReturned e) =>
        MoveCredit(fact, CashSource.CreditReturn(e.ReturnId), e.CreditNoteId, e.AmountMinor, e.ReturnedOn);

    private void Apply(Fact fact, InvoiceEvent.ClientCreditApplied e)
    {
        if (invoices.Find(new IdKey(fact.Book, fact.StreamId)) is { } invoice)
            Receive(fact, ReceiptOf(fact, invoice, CashSource.CreditUse(e.UseId), e.AppliedOn) with { AppliedMinor = e.AmountMinor });
    }

    private void Apply(Fact fact, InvoiceEvent.ClientCreditTakenOff e)
    {
        if (invoices.Change(new IdKey(fact.Book, fact.StreamId)) is { } invoice)
            TakeBack(fact, invoice, ReceiptOf(fact, invoice, CashSource.CreditReturn(e.ReturnId), e.TakenOffOn), e.AmountMinor);
    }

    private void MoveCredit(Fact fact, CashSource source, Guid? creditNoteId, long minor, LocalDate day)
    {
        if (invoices.Find(new IdKey(fact.Book, fact.StreamId)) is not { } invoice) return;
        var receipt = ReceiptOf(fact, invoice, source, day);
        if (creditNoteId is not { } noteId)
        {
            Add(fact, receipt, line: 0, CashKind.Credit, minor);
            return;
        }
        if (credits.Find(new PartKey(fact.Book, fact.StreamId, noteId)) is not { } credit) return;
        AddAll(
            fact, receipt,
            [
                .. GivenBack(credit, Math.Abs(minor)).Select(income => income with
                {
                    LineNumber = -income.LineNumber,
                    AmountMinor = Math.Sign(minor) * -income.AmountMinor,
                }),
            ]);
    }

    private static IReadOnlyList<RecognisedIncome> GivenBack(LedgerCreditRow credit, long amountMinor)
    {
        var lines = Lines(credit.Lines);
        return CreditRecognition.GivenBack(
            lines, [.. lines.Select(line => new CreditedLine(line.LineNumber, line.AmountMinor))], amountMinor);
    }

    private static Receipt ReceiptOf(Fact fact, LedgerInvoiceRow invoice, CashSource source, LocalDate day) =>
        new(source, fact.StreamId, invoice.ClientId, 0, 0, invoice.Currency, day);
}
