using Billing.Projections.Documents.Layout;
using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents;

/// <summary>Where an invoice is paid, as an address that can be clicked, typed and scanned.</summary>
internal sealed class PaymentLink
{
    // What a phone's camera still reads off paper at the size that we print.
    private const int LongestCode = 500;
    private const int LongestUrl = 2000;
    private const double CodeSide = 92;

    // The white around the code's squares; the code hangs out by it, so that the squares stand in line with the
    // text.
    private const double CodeMargin = 9;

    private readonly DocumentLanguage language;

    private PaymentLink(string url, DocumentLanguage language) => (Url, this.language) = (url, language);

    public string Url { get; }

    /// <summary>Null where nothing is to be paid, or where the address is no web address, with a warning.</summary>
    public static PaymentLink? Of(InvoiceModel invoice, Composer composer)
    {
        if (string.IsNullOrWhiteSpace(invoice.PaymentUrl) || !invoice.BalanceDue.IsPositive) return null;
        if (Uri.TryCreate(invoice.PaymentUrl, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            && uri.AbsoluteUri.Length <= LongestUrl)
            return new PaymentLink(uri.AbsoluteUri, invoice.Language);
        composer.Warn("The payment address is no http or https address of at most 2,000 characters; it was left out.");
        return null;
    }

    /// <summary>
    /// The code with the address beside it, or the address alone where it is too long for a code.
    /// </summary>
    public Strip Block(Composer composer, double width)
    {
        if (Url.Length > LongestCode)
        {
            composer.Warn("The payment address is too long for a QR code; it is printed as a link alone.");
            return Words(composer, language.Word("open-link"), width);
        }
        var image = QrCode.AddTo(composer.Writer, Url);
        var figure = composer.Structure.Add(Tags.Figure, Tags.WithAlternative(language.Word("qr-code")));
        const double textX = CodeSide + 8;
        var words = Words(composer, language.Word("scan-or-open"), width - textX);
        return new SideBySide((-CodeMargin, new Picture(image, CodeSide, CodeSide, figure)), (textX, words));
    }

    private Stack Words(Composer composer, string how, double width)
    {
        var theme = composer.Theme;
        var heading = composer.Structure.Add(Tags.Heading2);
        var text = composer.Structure.Add(Tags.Paragraph);
        var link = composer.Structure.Add(Tags.Paragraph).Add(Tags.Link);
        return new Stack([
            new Gap(8),
            Composer.Line(heading, language.Word("pay-online"), theme.SubHeading, width),
            Composer.Line(text, how, theme.Small, width),
            new Gap(2),
            new Row(new Cell(0, TextBlock.Set(width, Align.Left, (Url, theme.Link)), link, Url)),
        ]);
    }
}
