namespace Billing.Projections.Documents.Pdf;

/// <summary>
/// One page being drawn. Coordinates are points from the top left corner, downwards. Everything drawn is either a
/// piece of a structure element or an artifact, as PDF/UA asks: drawing between neither is a bug.
/// </summary>
internal sealed class PageCanvas(PdfWriter writer, int pageId, int number, double width, double height) : IDisposable
{
    private readonly List<StructureNode> _pieces = [];
    private readonly List<int> _annotations = [];
    private EmbeddedFont? _font;
    private double _size;
    private Colour? _fill;
    private int _depth;
    private bool _artifact;

    public int PageId => pageId;
    public int Number => number;
    public double Width => width;
    public double Height => height;
    public ByteSink Content { get; } = new(32 * 1024);
    public IReadOnlyList<StructureNode> Pieces => _pieces;
    public IReadOnlyList<int> Annotations => _annotations;

    public void Dispose() => Content.Dispose();

    /// <summary>Starts a piece of the element; inside an artifact it stays part of that.</summary>
    public void Begin(StructureNode node)
    {
        if (_depth++ > 0 && !_artifact) throw new InvalidOperationException("Pieces of elements do not nest.");
        if (_artifact) return;
        Content.Raw("/"u8).Raw(node.Type).Raw("<</MCID "u8).Int(_pieces.Count).Raw(">>BDC\n"u8);
        node.AddPiece(pageId, _pieces.Count);
        _pieces.Add(node);
    }

    /// <summary>
    /// Starts what only decorates the page or repeats what was said: rules, page numbers, a table's head again.
    /// </summary>
    public void BeginArtifact()
    {
        if (_depth++ > 0) return;
        _artifact = true;
        Content.Raw("/Artifact BMC\n"u8);
    }

    public void End()
    {
        if (--_depth > 0) return;
        _artifact = false;
        Content.Raw("EMC\n"u8);
    }

    public void FillBox(double x, double y, double boxWidth, double boxHeight, Colour colour)
    {
        SetFill(colour);
        At(x, y + boxHeight).Raw(" "u8).Number(boxWidth).Raw(" "u8).Number(boxHeight).Raw(" re f\n"u8);
    }

    /// <summary>A filled box with round corners, as four lines and four Bézier curves.</summary>
    public void FillRoundBox(double x, double y, double boxWidth, double boxHeight, double radius, Colour colour)
    {
        SetFill(colour);
        var (right, bottom, handle) = (x + boxWidth, y + boxHeight, radius * 0.4477);
        At(x + radius, y).Raw(" m "u8);
        At(right - radius, y).Raw(" l "u8);
        Curve(right - handle, y, right, y + handle, right, y + radius);
        At(right, bottom - radius).Raw(" l "u8);
        Curve(right, bottom - handle, right - handle, bottom, right - radius, bottom);
        At(x + radius, bottom).Raw(" l "u8);
        Curve(x + handle, bottom, x, bottom - handle, x, bottom - radius);
        At(x, y + radius).Raw(" l "u8);
        Curve(x, y + handle, x + handle, y, x + radius, y);
        Content.Raw("f\n"u8);
    }

    /// <summary>A horizontal rule. A thin filled box renders evenly where a stroked line may not.</summary>
    public void Rule(double x, double y, double length, double thickness, Colour colour) =>
        FillBox(x, y, length, thickness, colour);

    /// <summary>Words in one line with single spaces, starting at x on the baseline y.</summary>
    public void Words(double x, double y, Setting setting, ReadOnlySpan<ShapedWord> words, bool spaceAfter)
    {
        SetFill(setting.Colour);
        Content.Raw("BT "u8);
        SetFont(setting.Face, setting.Size);
        At(x, y).Raw(" Td "u8);
        ShowWords(setting, words, spaceAfter);
        Content.Raw(" ET\n"u8);
    }

    /// <summary>Word by word in the font that it is shaped in; the spaces are those of the setting's own.</summary>
    private void ShowWords(Setting setting, ReadOnlySpan<ShapedWord> words, bool spaceAfter)
    {
        for (var start = 0; start < words.Length;)
        {
            var end = start;
            while (end < words.Length && words[end].Face == setting.Face) end++;
            SetFont(setting.Face, setting.Size);
            var isLast = end == words.Length;
            if (end > start) TextOperators.Show(Content, _font!, setting.Size, words[start..end], start > 0, spaceAfter && isLast);
            if (isLast) return;
            if (end > 0 && !words[end].Joins) TextOperators.Show(Content, _font!, setting.Size, [], goesOn: false, spaceAfter: true);
            SetFont(words[end].Face, setting.Size);
            TextOperators.Show(Content, _font!, setting.Size, words.Slice(end, 1), goesOn: false, spaceAfter: false);
            start = end + 1;
        }
        if (!spaceAfter) return;
        SetFont(setting.Face, setting.Size);
        TextOperators.Show(Content, _font!, setting.Size, [], goesOn: false, spaceAfter: true);
    }

    /// <summary>
    /// Large words rotated about their starting point, counter-clockwise by the angle of the given sine and cosine.
    /// </summary>
    public void RotatedWords(
        double x, double y, (double Sine, double Cosine) angle, Setting setting, ReadOnlySpan<ShapedWord> words)
    {
        SetFill(setting.Colour);
        Content.Raw("BT "u8);
        SetFont(setting.Face, setting.Size);
        Content.Number(angle.Cosine).Raw(" "u8).Number(angle.Sine).Raw(" "u8).Number(-angle.Sine).Raw(" "u8);
        Content.Number(angle.Cosine).Raw(" "u8);
        At(x, y).Raw(" Tm "u8);
        TextOperators.Show(Content, _font!, setting.Size, words, goesOn: false, spaceAfter: false);
        Content.Raw(" ET\n"u8);
    }

    public void Image(byte[] resourceName, double x, double y, double imageWidth, double imageHeight)
    {
        Content.Raw("q "u8).Number(imageWidth).Raw(" 0 0 "u8).Number(imageHeight).Raw(" "u8);
        At(x, y + imageHeight).Raw(" cm /"u8).Raw(resourceName).Raw(" Do Q\n"u8);
    }

    /// <summary>
    /// Makes a box of the page a link; the element is the link's own.
    /// </summary>
    public void Link(StructureNode node, double x, double y, double boxWidth, double boxHeight, string url)
    {
        if (_artifact) return;
        var box = new Box(x, height - y - boxHeight, x + boxWidth, height - y);
        var annotationId = writer.AddLink(node, box, url);
        node.AddAnnotation(pageId, annotationId);
        _annotations.Add(annotationId);
    }

    private void SetFill(Colour colour)
    {
        if (_depth == 0) throw new InvalidOperationException("Drawn outside of structure and artifacts.");
        if (_fill == colour) return;
        _fill = colour;
        Content.Component(colour.Red).Raw(" "u8).Component(colour.Green).Raw(" "u8);
        Content.Component(colour.Blue).Raw(" rg "u8);
    }

    private void SetFont(FontFace face, double size)
    {
        if (_font?.Face == face && _size.Equals(size)) return;
        (_font, _size) = (writer.FontOf(face), size);
        Content.Raw("/"u8).Raw(_font.ResourceName).Raw(" "u8).Number(size).Raw(" Tf "u8);
    }

    private void Curve(double x1, double y1, double x2, double y2, double x3, double y3)
    {
        At(x1, y1).Raw(" "u8);
        At(x2, y2).Raw(" "u8);
        At(x3, y3).Raw(" c "u8);
    }

    private ByteSink At(double x, double y) => Content.Number(x).Raw(" "u8).Number(height - y);
}
