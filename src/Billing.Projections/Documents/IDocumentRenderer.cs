namespace Billing.Projections.Documents;

/// <summary>
/// Makes documents from plain models. Everything about how the file comes to be is behind this, so that another PDF
/// library can take the place of ours: it needs these methods and nothing else.
/// </summary>
public interface IDocumentRenderer
{
    RenderedDocument Render(InvoiceModel invoice);

    RenderedDocument Render(TaxReportModel report);

    RenderedDocument Render(StatementModel statement);

    RenderedDocument Render(QuoteModel quote);

    RenderedDocument Render(VoucherModel voucher);

    RenderedDocument Render(ReceiptModel receipt);

    RenderedDocument Render(TimesheetModel sheet);

    RenderedDocument Render(DisputeSummaryModel summary);
}

/// <summary>Renders with the PDF writer of our own. Holds no state: one instance serves all threads.</summary>
/// <param name="logos">Null where no document has a logo.</param>
public sealed class PdfDocumentRenderer(ILogos? logos = null) : IDocumentRenderer
{
    public RenderedDocument Render(InvoiceModel invoice) => InvoiceDocument.Render(invoice with { Style = Found(invoice.Style) });

    public RenderedDocument Render(TaxReportModel report) => TaxReportDocument.Render(report);

    public RenderedDocument Render(StatementModel statement) =>
        StatementDocument.Render(statement with { Style = Found(statement.Style) });

    public RenderedDocument Render(QuoteModel quote) => QuoteDocument.Render(quote with { Style = Found(quote.Style) });

    public RenderedDocument Render(VoucherModel voucher) => VoucherDocument.Render(voucher);

    public RenderedDocument Render(ReceiptModel receipt) => ReceiptDocument.Render(receipt with { Style = Found(receipt.Style) });

    public RenderedDocument Render(TimesheetModel sheet) => TimesheetDocument.Render(sheet with { Style = Found(sheet.Style) });

    public RenderedDocument Render(DisputeSummaryModel summary) =>
        DisputeSummaryDocument.Render(summary with { Style = Found(summary.Style) });

    private DocumentStyle Found(DocumentStyle style) => style.Logo is { Image: null } logo
        ? style with { Logo = logo with { Image = logos?.Find(logo.Hash) } }
        : style;
}
