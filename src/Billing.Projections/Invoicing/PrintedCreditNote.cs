using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using Billing.Projections.Documents;

namespace Billing.Projections.Invoicing;

/// <summary>
/// A credit note as it is printed: in the layout of its invoice, with positive amounts. It says what the invoice's frozen facts and
/// its own say, so that its PDF is the same bytes forever.
/// </summary>
public static class PrintedCreditNote
{
    public static InvoiceModel Of(InvoiceEvent.InvoiceFinalized invoice, InvoiceEvent.CreditNoteIssued note)
    {
        var currency = Currency.Of(invoice.Currency);
        var printed = PrintedInvoice.Of(invoice);
        return new InvoiceModel
        {
            Words = DocumentWords.CreditNote,
            Seller = printed.Seller,
            Client = printed.Client,
            Number = note.Number,
            IssuedOn = note.IssuedOn,
            Lines = [.. note.Lines.Select(line => Line(invoice, printed, line, currency))],
            Subtotal = new Money(note.TotalMinor, currency),
            Total = new Money(note.TotalMinor, currency),
            BalanceDue = new Money(note.TotalMinor, currency),
            Notes = string.Join('\n', Remarks(invoice, note, currency)),
        };
    }

    /// <summary>A line that is credited whole says its quantity and price again; of a part there is only the amount.</summary>
    private static InvoiceLineModel Line(
        InvoiceEvent.InvoiceFinalized invoice, InvoiceModel printed, CreditedLine credited, Currency currency)
    {
        var at = credited.LineNumber - 1;
        var isWhole = invoice.Lines[at].AmountMinor == credited.AmountMinor;
        return new InvoiceLineModel(
            printed.Lines[at].Description, isWhole ? printed.Lines[at].Quantity : "", isWhole ? printed.Lines[at].UnitPrice : "",
            new Money(credited.AmountMinor, currency), []);
    }

    private static IEnumerable<string> Remarks(
        InvoiceEvent.InvoiceFinalized invoice, InvoiceEvent.CreditNoteIssued note, Currency currency)
    {
        yield return $"Credit for invoice {invoice.Number} of {PrintedText.Of(invoice.IssuedOn)}.";
        if (note.Reason is { Length: > 0 } reason) yield return reason;
        foreach (var (minor, words) in new[]
        {
            (note.ReducedMinor, "taken off what was due on it"), (note.RefundDueMinor, "to be refunded to you"),
            (note.ClientCreditMinor, "kept as your credit"), (note.SettledOutsideMinor, "given back to you already"),
        })
        {
            if (minor != 0) yield return $"{PrintedText.Of(new Money(minor, currency))} {words}.";
        }
    }
}
