using Billing.Projections.Documents.Layout;
using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents;

/// <summary>Where an invoice is paid, as an address that can be clicked, typed and scanned.</summary>
internal sealed class PaymentLink
{
    // What a phone's camera still reads off paper at the size that we print.
    private const int LongestCode = 500;
    private const int LongestUrl = 2000;
    private const double CodeSide = 84;

    private PaymentLink(string url) => Url = url;

    public string Url { get; }

    /// <summary>Null where nothing is to be paid, or where the address is no web address, with a warning.</summary>
    public static PaymentLink? Of(InvoiceModel invoice, Composer composer)
    {
        if (string.IsNullOrWhiteSpace(invoice.PaymentUrl) || !invoice.BalanceDue.IsPositive) return null;
        if (Uri.TryCreate(invoice.PaymentUrl, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            && uri.AbsoluteUri.Length <= LongestUrl)
            return new PaymentLink(uri.AbsoluteUri);
        composer.Warn("The payment address is no http or https address of at most 2,000 characters; it was left out.");
        return null;
    }

    public void AddTo(Composer composer)
    {
        var theme = composer.Theme;
        composer.Flow.Add(new Gap(20));
        var image = Url.Length <= LongestCode ? QrCode.AddTo(composer.Writer, Url) : null;
        if (image is null) composer.Warn("The payment address is too long for a QR code; it is printed as a link alone.");
        var textX = image is null ? 0 : CodeSide + 14;
        var width = composer.Width - textX;
        var heading = Composer.Line(composer.Structure.Add(Tags.Heading2), "Pay online", theme.SubHeading, width);
        var figure = image is null ? null : composer.Structure.Add(Tags.Figure, Tags.WithAlternative("QR code of the payment link"));
        var how = image is null ? "Open the link." : "Scan the code with your phone, or open the link.";
        var text = new Stack([
            new Gap(image is null ? 0 : 12),
            heading,
            Composer.Line(composer.Structure.Add(Tags.Paragraph), how, theme.Body, width),
            new Row(new Cell(0, TextBlock.Set(width, Align.Left, (Url, theme.Link)), composer.Structure.Add(Tags.Paragraph).Add(Tags.Link), Url)),
        ]);
        composer.Flow.Add(image is null ? text : new SideBySide((0, new Picture(image, CodeSide, figure!)), (textX, text)));
    }
}
