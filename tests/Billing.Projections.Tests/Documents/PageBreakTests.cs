using System.Globalization;
using Billing.Projections.Documents;
using UglyToad.PdfPig;

namespace Billing.Projections.Tests.Documents;

/// <summary>Where pages end, for invoices of every length up to three pages.</summary>
public sealed class PageBreakTests
{
    public static TheoryData<int> LineCounts => [1, 2, 3, .. Enumerable.Range(18, 32), 60, 70];

    [Theory, MemberData(nameof(LineCounts))]
    public void Totals_stay_together_and_with_the_last_lines(int lineCount)
    {
        var pages = PagesOf(lineCount);
        var last = pages.Single(page => page.Contains("Subtotal", StringComparison.Ordinal));
        Assert.Contains("Left of your retainer", last, StringComparison.Ordinal);
        for (var line = Math.Max(1, lineCount - 1); line <= lineCount; line++)
            Assert.Contains(NameOf(line), last, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(LineCounts))]
    public void Every_line_is_printed_once_below_a_head_on_numbered_pages(int lineCount)
    {
        var pages = PagesOf(lineCount);
        for (var i = 0; i < pages.Count; i++)
        {
            var number = string.Create(CultureInfo.InvariantCulture, $"Page {i + 1} of {pages.Count}");
            Assert.Contains(number, pages[i], StringComparison.Ordinal);
            var hasLines = pages[i].Contains("Line-", StringComparison.Ordinal);
            Assert.Equal(hasLines, pages[i].Contains("Unit price", StringComparison.Ordinal));
        }
        for (var line = 1; line <= lineCount; line++)
            Assert.Single(pages, page => page.Contains(NameOf(line), StringComparison.Ordinal));
    }

    [Fact]
    public void Forty_lines_take_two_pages() =>
        Assert.Equal(2, InvoiceDocument.Render(SampleDocuments.TwoPageInvoice()).PageCount);

    [Fact]
    public void Five_lines_take_one_page() =>
        Assert.Equal(1, InvoiceDocument.Render(SampleDocuments.Invoice()).PageCount);

    [Fact]
    public void Forty_lines_keep_to_sixty_kilobytes() =>
        Assert.InRange(InvoiceDocument.Render(SampleDocuments.TwoPageInvoice()).Pdf.Length, 10_000, 60_000);

    private static List<string> PagesOf(int lineCount)
    {
        var invoice = SampleDocuments.Invoice(lineCount);
        var lines = invoice.Lines.Select((line, i) => line with { Description = NameOf(i + 1) });
        var document = InvoiceDocument.Render(invoice with { Lines = [.. lines] });
        using var pdf = PdfDocument.Open(document.Pdf);
        Assert.Equal(document.PageCount, pdf.NumberOfPages);
        return [.. pdf.GetPages().Select(page => page.Text)];
    }

    private static string NameOf(int line) => string.Create(CultureInfo.InvariantCulture, $"Line-{line:000}");
}
