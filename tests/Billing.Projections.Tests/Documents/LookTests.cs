using Billing.Projections.Documents;
using UglyToad.PdfPig;

namespace Billing.Projections.Tests.Documents;

/// <summary>What the eye sees that no text says.</summary>
public sealed class LookTests
{
    [Fact]
    public void Labels_are_quieter_than_what_they_label()
    {
        var page = PageOf(new DocumentStyle());
        Assert.NotEqual(page.ColourOf("Issued"), page.ColourOf("Apr 1, 2026"));
        Assert.Equal(page.ColourOf("InvoiceINV-2026-0042"), page.ColourOf("Balance due"));
    }

    [Theory]
    [InlineData("#FFE600")]
    [InlineData("#FFFFFF")]
    [InlineData("#0F5C6E")]
    [InlineData("#000000")]
    public void Text_in_the_accent_colour_can_be_read_on_white(string accent)
    {
        var (red, green, blue) = PageOf(new DocumentStyle(accent)).ColourOf("Balance due");
        var luminance = 0.2126 * Linear(red) + 0.7152 * Linear(green) + 0.0722 * Linear(blue);
        Assert.InRange(1.05 / (luminance + 0.05), 4.49, 21);

        static double Linear(double part) => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
    }

    private static FirstPage PageOf(DocumentStyle style)
    {
        using var pdf = PdfDocument.Open(InvoiceDocument.Render(SampleDocuments.Invoice() with { Style = style }).Pdf);
        var letters = pdf.GetPage(1).Letters;
        var text = string.Concat(letters.Select(letter => letter.Value));
        return new FirstPage(text, [.. letters.Select(letter => letter.Color.ToRGBValues())]);
    }

    private sealed record FirstPage(string Text, List<(double Red, double Green, double Blue)> Colours)
    {
        /// <summary>The colour of where the words stand last on the page.</summary>
        public (double Red, double Green, double Blue) ColourOf(string words) =>
            Colours[Text.LastIndexOf(words, StringComparison.Ordinal)];
    }
}
