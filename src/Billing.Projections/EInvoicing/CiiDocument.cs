using Billing.Domain.Invoicing;
using Billing.Domain.SalesTax;
using Billing.Projections.Invoicing;
using static Billing.Domain.Invoicing.InvoiceEvent;

namespace Billing.Projections.EInvoicing;

/// <summary>What an electronic document says: an invoice, or what a credit note takes back of one.</summary>
/// <param name="TypeCode">UNTDID 1001.</param>
/// <param name="Invoice">Whose parties, language and descriptions it has.</param>
/// <param name="Credit">Null for the invoice itself.</param>
/// <param name="Lines">By the invoice's numbers; without those of tax.</param>
/// <param name="PrepaidMinor">What is paid already (BT-113).</param>
internal sealed record CiiDocument(
    string TypeCode, InvoiceFinalized Invoice, CreditNoteIssued? Credit, string Number, NodaTime.LocalDate IssuedOn, string? Note,
    IReadOnlyList<InvoiceLine> Lines, IReadOnlyList<TaxPart> Parts, long TotalMinor, long PrepaidMinor)
{
    private const string CommercialInvoice = "380", CreditNote = "381";

    public static CiiDocument Of(InvoiceFinalized invoice) => new(
        CommercialInvoice, invoice, null, invoice.Number, invoice.IssuedOn, invoice.Texts?.Note, Untaxed(invoice.Lines),
        invoice.Tax?.Parts ?? NoMatterOfTax(invoice.TotalMinor), invoice.TotalMinor, invoice.TotalMinor - invoice.DueMinor());

    /// <summary>Amounts are positive, as the code says that they are taken back; discounts are off them, so that there are no
    /// allowances. Of a line that is credited in part there is only the amount.</summary>
    public static CiiDocument Of(InvoiceFinalized invoice, CreditNoteIssued note) => new(
        CreditNote, invoice, note, note.Number, note.IssuedOn, note.Reason,
        Untaxed(note.Lines.Select(credited =>
        {
            var line = invoice.Lines[credited.LineNumber - 1];
            return PrintedCreditNote.IsWhole(line, credited)
                ? line
                : line with { AmountMinor = credited.AmountMinor, QuantitySeconds = null, PerHourMinor = null };
        })),
        invoice.Tax is null ? NoMatterOfTax(note.TotalMinor) : CreditedTax.PartsOf(invoice, note.Lines), note.TotalMinor, PrepaidMinor: 0);

    private static List<InvoiceLine> Untaxed(IEnumerable<InvoiceLine> lines) => [.. lines.Where(line => line.Kind != LineKind.Tax)];

    /// <summary>Of an invoice that says nothing of tax, all is no matter of it.</summary>
    private static IReadOnlyList<TaxPart> NoMatterOfTax(long totalMinor) => [new TaxPart(TaxCategory.OutOfScope, 0, totalMinor, 0, null)];
}
