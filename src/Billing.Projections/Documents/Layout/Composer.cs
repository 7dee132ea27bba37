using Billing.Projections.Documents.Pdf;
using NodaTime;

namespace Billing.Projections.Documents.Layout;

/// <summary>
/// What a document needs while it is put together: the file, the pages' flow, the look and the text check.
/// </summary>
internal sealed class Composer : IDisposable
{
    private readonly List<string> _warnings = [];
    private readonly PrintableText _text = new();
    private readonly PageSetup _setup;
    private readonly DocumentLogo? _logo;

    public Composer(DocumentStyle style, string title, string author, string subject, LocalDate createdOn, string language = "en-US")
    {
        if (!Colour.TryParse(style.AccentColour, out var accent))
        {
            Warn("The accent colour is not of the form #RRGGBB; the default one was taken.");
            _ = Colour.TryParse(DocumentStyle.DefaultAccent, out accent);
        }
        _logo = style.Logo;
        if (_logo is { Image: null }) Warn("The file of the logo is not there; it was left out.");
        Theme = new Theme(accent);
        _setup = style.Paper == PaperSize.A4 ? PageSetup.A4 : PageSetup.Letter;
        Flow = new Flow(_setup);
        Writer = new PdfWriter(new DocumentInformation(
            OneLine(title), OneLine(author), OneLine(subject), language, createdOn));
    }

    public PdfWriter Writer { get; }
    public Flow Flow { get; }
    public Theme Theme { get; }
    public StructureNode Structure => Writer.Structure;

    /// <summary>The width between the margins.</summary>
    public double Width => _setup.ContentWidth;

    /// <summary>The text as it can be printed.</summary>
    public string Text(string? text) => _text.Of(text);

    public string OneLine(string? text) => Short(_text.InOneLine(text));

    /// <summary>
    /// The text for a place that does not grow without end; a longer one is shortened visibly and told of.
    /// </summary>
    public string Short(string? text)
    {
        const int longest = 300;
        var printable = Text(text);
        if (printable.Length <= longest) return printable;
        Warn($"A text of {printable.Length} characters was shortened to {longest}: {printable.AsSpan(0, 30)}…");
        var cut = char.IsHighSurrogate(printable[longest - 1]) ? longest - 1 : longest;
        return printable[..cut].Replace('\n', ' ') + "…";
    }

    /// <summary>The practice's logo, as large as fits; null for none.</summary>
    public Picture? Logo(double mostWidth, double mostHeight)
    {
        if (_logo is not { Image: { } image }) return null;
        // A pixel is at most a point: what is enlarged further looks coarse.
        var scale = Math.Min(1, Math.Min(mostWidth / image.Width, mostHeight / image.Height));
        var tag = Structure.Add(Tags.Figure, Tags.WithAlternative(OneLine(_logo.Alternative)));
        return new Picture(Writer.AddImage(image), image.Width * scale, image.Height * scale, tag);
    }

    public void Warn(string warning) => _warnings.Add(warning);

    public void Dispose() => Writer.Dispose();

    /// <summary>A text of a structure element of its own, over the given width.</summary>
    public static Row Line(StructureNode tag, string text, TextStyle style, double width, Align align = Align.Left) =>
        new(new Cell(0, TextBlock.Set(width, align, (text, style)), tag));

    /// <summary>The heading of what follows, which it stays with.</summary>
    public void AddHeading(string text, double gap)
    {
        Flow.Add(new Gap(gap));
        var heading = Line(Structure.Add(Tags.Heading2), text, Theme.Heading, Width);
        heading.KeepWithNext = true;
        Flow.Add(heading);
    }

    /// <summary>A text of any length below a heading, which stays with its first lines.</summary>
    public void AddParagraph(string heading, byte[] headingTag, string text, TextStyle style)
    {
        Flow.Add(new Gap(16));
        var headingRow = Line(Structure.Add(headingTag), heading, Theme.SubHeading, Width);
        headingRow.KeepWithNext = true;
        Flow.Add(headingRow);
        AddText(text, style);
    }

    /// <summary>A text of any length, which may go on on further pages.</summary>
    public void AddText(string text, TextStyle style)
    {
        const int together = 4;
        var block = TextBlock.Set(Width, Align.Left, (text, style));
        Cell[] cells = [new Cell(0, block, Structure.Add(Tags.Paragraph))];
        for (var line = 0; line < block.LineCount; line += together) Flow.Add(new Row(cells, line, together));
    }

    /// <summary>Draws all pages and ends the file.</summary>
    /// <param name="footer">Stands at the left of each page's foot, opposite to the page's number.</param>
    /// <param name="mark">A word to print large behind every page, or empty.</param>
    /// <param name="pageOf">How the page's number is said; null for the default language's way.</param>
    public RenderedDocument Finish(string footer, string mark = "", string? pageOf = null)
    {
        var furniture = new Furniture(_setup, Theme, footer, mark, pageOf ?? DocumentLanguage.Of(null).Word("page-of"));
        var pageCount = Flow.Draw(Writer, furniture.Draw);
        var pdf = Writer.Finish();
        return new RenderedDocument(pdf, pageCount, [.. _warnings, .. _text.Warnings()]);
    }
}
