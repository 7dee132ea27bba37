using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents.Layout;

/// <summary>One text of a row, at its distance from the left, as the piece of a structure element.</summary>
/// <param name="Tag">Null for decoration, which screen readers pass over.</param>
/// <param name="Link">Where the text leads; the tag is then a link element.</param>
internal readonly record struct Cell(double X, TextBlock Text, StructureNode? Tag, string? Link = null);

/// <summary>
/// Texts beside each other, or a single one; some of their lines where a row is too tall for one strip.
/// </summary>
internal sealed class Row : Strip
{
    private readonly Cell[] _cells;
    private readonly int _firstLine;
    private readonly int _lineCount;

    public Row(params Cell[] cells) : this(cells, 0, int.MaxValue / 2)
    {
    }

    public Row(Cell[] cells, int firstLine, int lineCount) =>
        (_cells, _firstLine, _lineCount) = (cells, firstLine, lineCount);

    public double PaddingTop { get; init; }
    public double PaddingBottom { get; init; }

    /// <summary>Fills the row's box of <see cref="Width"/> behind the texts.</summary>
    public Colour? Fill { get; init; }

    /// <summary>The colour and thickness of a rule along the bottom.</summary>
    public (Colour Colour, double Thickness)? RuleBelow { get; init; }

    /// <summary>Length of rule and fill.</summary>
    public double Width { get; init; }

    public override double Height => PaddingTop + TextHeight() + PaddingBottom;

    public override void Draw(PageCanvas page, double x, double y)
    {
        DrawDecoration(page, x, y);
        foreach (var cell in _cells)
        {
            if (cell.Text.LineCount <= _firstLine) continue;
            if (cell.Tag is null) page.BeginArtifact();
            else page.Begin(cell.Tag);
            cell.Text.Draw(page, x + cell.X, y + PaddingTop, _firstLine, _lineCount);
            page.End();
            if (cell is { Link: not null, Tag: not null }) DrawLink(page, cell, x + cell.X, y + PaddingTop);
        }
    }

    private double TextHeight()
    {
        var height = 0.0;
        foreach (var cell in _cells) height = Math.Max(height, cell.Text.HeightOf(_firstLine, _lineCount));
        return height;
    }

    private void DrawDecoration(PageCanvas page, double x, double y)
    {
        if (Fill is null && RuleBelow is null) return;
        page.BeginArtifact();
        if (Fill is { } fill) page.FillRoundBox(x, y, Width, Height, 4, fill);
        if (RuleBelow is var (colour, thickness))
            page.Rule(x, y + Height - thickness, Width, thickness, colour);
        page.End();
    }

    private void DrawLink(PageCanvas page, Cell cell, double x, double y)
    {
        var last = Math.Min(_firstLine + _lineCount, cell.Text.LineCount);
        var (left, right) = (double.MaxValue, 0.0);
        for (var line = _firstLine; line < last; line++)
        {
            var extent = cell.Text.ExtentOf(line);
            (left, right) = (Math.Min(left, extent.Left), Math.Max(right, extent.Right));
        }
        // Room around the letters makes the link easier to hit with a finger.
        const double around = 3;
        var width = right - left + 2 * around;
        var height = cell.Text.HeightOf(_firstLine, _lineCount) + 2 * around;
        page.Link(cell.Tag!, x + left - around, y - around, width, height, cell.Link!);
    }
}
