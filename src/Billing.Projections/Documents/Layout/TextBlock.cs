using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents.Layout;

/// <summary>
/// One line of words that fits its width; <c>GoesOn</c> says that its text continues behind a space.
/// </summary>
internal sealed record TextLine(TextStyle Style, ShapedWord[] Words, double Width, bool GoesOn, double SpaceAbove)
{
    public double Height => SpaceAbove + Style.LineHeight;
}

/// <summary>
/// Text broken into lines of a given width, which a strip draws in whole or some lines at a time.
/// </summary>
internal sealed class TextBlock
{
    private readonly List<TextLine> _lines;
    private readonly Align _align;

    private TextBlock(List<TextLine> lines, double width, Align align) =>
        (_lines, Width, _align) = (lines, width, align);

    public double Width { get; }

    public int LineCount => _lines.Count;

    /// <summary>
    /// Sets texts below each other, each in its style. A text may hold line breaks; an empty one takes no room.
    /// </summary>
    public static TextBlock Set(double width, Align align, params ReadOnlySpan<(string Text, TextStyle Style)> texts)
    {
        var lines = new List<TextLine>();
        foreach (var (text, style) in texts)
            if (text.Length > 0) LineBreaker.Break(text, style, width, lines);
        return new TextBlock(lines, width, align);
    }

    /// <summary>The width of the text where nothing breaks it.</summary>
    public static double NaturalWidth(string text, TextStyle style)
    {
        var lines = new List<TextLine>();
        LineBreaker.Break(text, style, double.MaxValue, lines);
        return lines.Count == 0 ? 0 : lines.Max(line => line.Width);
    }

    public double HeightOf(int first, int count)
    {
        var height = 0.0;
        for (var i = first; i < Math.Min(first + count, _lines.Count); i++) height += _lines[i].Height;
        return height;
    }

    public void Draw(PageCanvas page, double x, double y, int first, int count)
    {
        for (var i = first; i < Math.Min(first + count, _lines.Count); i++)
        {
            var line = _lines[i];
            var indent = IndentOf(line);
            var baseline = y + line.SpaceAbove + line.Style.Baseline;
            if (line.Words.Length > 0)
                page.Words(x + indent, baseline, line.Style.Setting, line.Words, line.GoesOn);
            y += line.Height;
        }
    }

    /// <summary>Where the line's text starts and ends, from the block's left edge.</summary>
    public (double Left, double Right) ExtentOf(int line)
    {
        var indent = IndentOf(_lines[line]);
        return (indent, indent + _lines[line].Width);
    }

    private double IndentOf(TextLine line) => _align switch
    {
        Align.Right => Width - line.Width,
        Align.Centre => (Width - line.Width) / 2,
        _ => 0,
    };
}
