using Billing.Projections.Documents;

namespace Billing.Projections.Tests.Documents;

/// <summary>The documents that the rules of the standards are checked on.</summary>
internal static class ConformanceSamples
{
    public static TheoryData<string> Names => ["invoice", "invoice with hours", "foreign invoice", "tax report", "receipt", "timesheet", "invoice with logo"];

    public static bool HasLinks(string name) => name is "invoice" or "invoice with logo" or "invoice with hours" or "foreign invoice" or "tax report";

    public static PdfObjects Open(string name) => new(Render(name).Pdf);

    public static RenderedDocument Render(string name) => name switch
    {
        "invoice" => InvoiceDocument.Render(SampleDocuments.TwoPageInvoice()),
        "invoice with hours" => InvoiceDocument.Render(SampleDocuments.Invoice(40, 3)),
        "foreign invoice" => InvoiceDocument.Render(SampleDocuments.Invoice(2, 1) with
        {
            Client = new Party(
                "Ελληνική Εταιρεία",
                ["Ленинский проспект, 42", "cafe\u0301 q\u0308\u0323 Nguyễn \U0001F600"]),
            StatusMark = "VOID",
        }),
        "invoice with logo" => InvoiceDocument.Render(SampleDocuments.TwoPageInvoice() with { Style = FurtherDocuments.WithLogo() }),
        "timesheet" => TimesheetDocument.Render(FurtherDocuments.Timesheet()),
        "receipt" => ReceiptDocument.Render(FurtherDocuments.Receipt()),
        "tax report" => TaxReportDocument.Render(SampleDocuments.TaxReport()),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such sample."),
    };
}
