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
        var (language, lines) = (printed.Language, PrintedInvoice.Lines(invoice));
        var taxes = new PrintedTax(invoice.Tax, language, currency) { AreIncluded = false };
        var parts = CreditedTax.PartsOf(invoice, note.Lines);
        return new InvoiceModel
        {
            Language = language,
            Words = DocumentWords.Of("credit-note", language),
            Style = printed.Style,
            Seller = printed.Seller,
            Client = printed.Client,
            Number = note.Number,
            IssuedOn = note.IssuedOn,
            PurchaseOrder = printed.PurchaseOrder,
            Lines =
            [
                .. note.Lines.Where(line => invoice.Lines[line.LineNumber - 1].Kind != LineKind.Tax)
                    .Select(line => Line(invoice, lines[line.LineNumber - 1], line, currency)),
            ],
            Subtotal = new Money(note.TotalMinor - (note.TaxMinor ?? 0), currency),
            Taxes = taxes.Of(parts),
            TaxTexts = taxes.Texts(parts),
            Total = new Money(note.TotalMinor, currency),
            BalanceDue = new Money(note.TotalMinor, currency),
            Notes = string.Join('\n', Remarks(invoice, note, language, currency)),
        };
    }

    /// <summary>A line that is credited whole says its quantity and price again, but for a price with tax in it; of a part there is only
    /// the amount.</summary>
    private static InvoiceLineModel Line(
        InvoiceEvent.InvoiceFinalized invoice, InvoiceLineModel printed, CreditedLine credited, Currency currency)
    {
        var line = invoice.Lines[credited.LineNumber - 1];
        var isWhole = IsWhole(line, credited);
        return new InvoiceLineModel(
            printed.Description, isWhole ? printed.Quantity : "", isWhole ? printed.UnitPrice : "",
            new Money(credited.AmountMinor, currency), []);
    }

    internal static bool IsWhole(InvoiceLine line, CreditedLine credited) =>
        line.AmountMinor == credited.AmountMinor && line.InclusiveMinor is null;

    private static IEnumerable<string> Remarks(
        InvoiceEvent.InvoiceFinalized invoice, InvoiceEvent.CreditNoteIssued note, DocumentLanguage language, Currency currency)
    {
        yield return language.Word("credit-for", ("number", invoice.Number), ("day", language.Day(invoice.IssuedOn)));
        if (note.Reason is { Length: > 0 } reason) yield return reason;
        foreach (var part in Settlement(note, language, currency)) yield return part;
    }

    /// <summary>What becomes of its four parts, each in a sentence.</summary>
    public static IEnumerable<string> Settlement(InvoiceEvent.CreditNoteIssued note, DocumentLanguage language, Currency currency)
    {
        foreach (var (minor, word) in new[]
        {
            (note.ReducedMinor, "credit-reduced"), (note.RefundDueMinor, "credit-refund"), (note.ClientCreditMinor, "credit-kept"),
            (note.SettledOutsideMinor, "credit-given"),
        })
        {
            if (minor != 0) yield return language.Word(word, ("amount", language.Amount(new Money(minor, currency))));
        }
    }
}
