using Billing.Projections.Documents;
using Billing.TestSupport;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Actions;

namespace Billing.Projections.Tests.Documents;

/// <summary>What other programs make of our files.</summary>
public sealed class ReadingTests
{
    public static TheoryData<string> Samples => ConformanceSamples.Names;

    [Theory, MemberData(nameof(Samples))]
    public async Task Qpdf_finds_nothing_wrong(string sample)
    {
        var qpdf = Require.Program("qpdf", "qpdf");
        using var folder = new OtherProgram.Folder();
        var file = folder.Save(ConformanceSamples.Render(sample).Pdf);
        var found = await OtherProgram.Run(qpdf, "--check", file);
        Assert.Contains("No syntax or stream encoding errors", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quote_says_in_its_language_what_is_offered_until_when_and_what_can_be_chosen()
    {
        var pdftotext = Require.Program("pdftotext", "poppler-utils");
        using var folder = new OtherProgram.Folder();
        var text = await OtherProgram.Run(pdftotext, "-raw", folder.Save(QuoteDocument.Render(SampleDocuments.Quote()).Pdf), "-");
        foreach (var expected in new[]
        {
            "Angebot Q-2026-0007/2", "Neue Website", "Gültig bis 30.04.2026", "Töpferei Hell", "Seiten 2,5 450,00 USD 1.125,00 USD",
            "Zusammen 1.125,00 USD", "Auf Wunsch außerdem", "Fotos 1 60,00 USD 60,00 USD", "Die Hälfte vorab.",
        })
        {
            Assert.Contains(expected, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Text_comes_out_in_reading_order()
    {
        var pdftotext = Require.Program("pdftotext", "poppler-utils");
        using var folder = new OtherProgram.Folder();
        var file = folder.Save(InvoiceDocument.Render(SampleDocuments.Invoice(3, 2)).Pdf);
        var text = await OtherProgram.Run(pdftotext, "-raw", file, "-");
        string[] inOrder =
        [
            "Marlow Virtual Assistance", "Tax ID 93-4821170", "Invoice", "INV-2026-0042", "Bill to",
            "Brightwater Ceramics LLC", "Portsmouth, NH 03801", "Issued Apr 1, 2026", "Due Apr 15, 2026", "PO number PO-7731",
            "Balance due Apr 15, 2026",
            "Description Quantity Unit price Amount", "Inbox triage and follow-up 0:45 h $45.00 $33.75",
            "Calendar management 1:22 h $45.00 $61.50", "Subtotal $184.50", "Sales tax 8.25% $15.22", "Total $199.72",
            "Paid from retainer -$184.50", "Balance due $15.22", "Left of your retainer after this invoice: $1,250.00",
            "Pay online", "Notes", "How time is counted", "Hours behind this invoice", "Date Assistant Note Time",
            "Inbox triage and follow-up 0:45", "Mar 2, 2026 June Castellanos", "All hours 4:06",
        ];
        var at = 0;
        foreach (var expected in inOrder)
        {
            var next = text.IndexOf(expected, at, StringComparison.Ordinal);
            Assert.True(next >= 0, $"'{expected}' does not follow in:\n{text}");
            at = next + expected.Length;
        }
    }

    [Fact]
    public async Task A_phone_reads_the_payment_address_off_the_page()
    {
        var pdftoppm = Require.Program("pdftoppm", "poppler-utils");
        var zbarimg = Require.Program("zbarimg", "zbar-tools");
        using var folder = new OtherProgram.Folder();
        var file = folder.Save(InvoiceDocument.Render(SampleDocuments.Invoice()).Pdf);
        await OtherProgram.Run(pdftoppm, "-r", "150", "-singlefile", "-png", file, folder.Path("page"));
        var codes = await OtherProgram.Run(zbarimg, "--quiet", "--raw", folder.Path("page.png"));
        Assert.Equal(SampleDocuments.PaymentUrl, codes.Trim());
    }

    [Fact]
    public void Links_lead_to_the_payment_page()
    {
        using var pdf = PdfDocument.Open(InvoiceDocument.Render(SampleDocuments.Invoice()).Pdf);
        var actions = pdf.GetPage(1).GetAnnotations().Select(annotation => ((UriAction)annotation.Action!).Uri);
        Assert.Equal([SampleDocuments.PaymentUrl, SampleDocuments.PaymentUrl], actions);
    }

    [Fact]
    public void Metadata_comes_from_the_invoice_and_from_nowhere_else()
    {
        using var pdf = PdfDocument.Open(InvoiceDocument.Render(SampleDocuments.Invoice()).Pdf);
        Assert.Equal("Invoice INV-2026-0042, Marlow Virtual Assistance", pdf.Information.Title);
        Assert.Equal("Marlow Virtual Assistance", pdf.Information.Author);
        Assert.Equal("Invoice INV-2026-0042 for Brightwater Ceramics LLC", pdf.Information.Subject);
        Assert.Equal("D:20260401000000Z", pdf.Information.CreationDate);
        Assert.Null(pdf.Information.ModifiedDate);
    }

    [Theory]
    [InlineData("Ελληνική Εταιρεία Λογιστικής")]
    [InlineData("Ленинский проспект, 42")]
    [InlineData("Nguyễn Văn Đức, Zürich, Łódź")]
    [InlineData("office efficient fjord AV To. 1,234.50")]
    public void Text_of_the_fonts_scripts_reads_back_as_it_was_given(string text)
    {
        var invoice = SampleDocuments.Invoice(1) with { Notes = text };
        var document = InvoiceDocument.Render(invoice);
        using var pdf = PdfDocument.Open(document.Pdf);
        Assert.Empty(document.Warnings);
        Assert.Contains(text, pdf.GetPage(1).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tax_report_tells_what_is_due_and_how_it_came_about()
    {
        using var pdf = PdfDocument.Open(TaxReportDocument.Render(SampleDocuments.TaxReport()).Pdf);
        var text = string.Concat(pdf.GetPages().Select(page => page.Text));
        string[] expected =
        [
            "Estimated tax, second quarter", "Married filing jointly", "as known on Jun 2, 2026",
            "Pay $4,123 by Jun 15, 2026.", "Half of the required annual payment", "irs.gov/payments", "22.4 %", "By when it came",
            "$1,200.00", "EFT 2211", "To put aside", "$120.00 more tax for the year", "$82,319.50", "4th quarter", "Jan 15, 2027",
            "Schedule SE, line 4a", "$11,631.38", "us-federal-2026 of Jan 12, 2026",
            "It is no tax",
        ];
        foreach (var part in expected) Assert.Contains(part, text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tax_report_has_its_headings_in_the_language_asked_for()
    {
        using var pdf = PdfDocument.Open(
            TaxReportDocument.Render(SampleDocuments.TaxReport() with { Language = DocumentLanguage.Of("de") }).Pdf);
        var text = string.Concat(pdf.GetPages().Select(page => page.Text));
        string[] expected =
        [
            "Steuerjahr 2026", "Stand 02.06.2026", "Was als Nächstes zu tun ist", "So zahlen Sie", "Die Termine des Jahres", "Verbleibt",
            "15.06.2026", "4.123,00 USD", "Was sich geändert hat", "Formular und Zeile", "Bitte beachten", "Seite 1 von",
        ];
        foreach (var part in expected) Assert.Contains(part, text, StringComparison.Ordinal);
        string[] english = ["The year's dates", "How to pay", "Form and line", "Please note", "Page 1 of", "$1,200.00"];
        foreach (var part in english) Assert.DoesNotContain(part, text, StringComparison.Ordinal);
    }
}
