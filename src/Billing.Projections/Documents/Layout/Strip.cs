using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents.Layout;

/// <summary>A piece of the page's whole width that is never broken over pages.</summary>
internal abstract class Strip
{
    public abstract double Height { get; }

    /// <summary>The next strip comes on the same page, so that no heading or total stands alone.</summary>
    public bool KeepWithNext { get; set; }

    /// <summary>
    /// What is drawn again above this strip where it is the first on a further page: a table's head.
    /// </summary>
    public Strip? RepeatedHead { get; init; }

    /// <summary>Just space, which is dropped at the top of a page.</summary>
    public virtual bool IsSpace => false;

    public abstract void Draw(PageCanvas page, double x, double y);
}

/// <summary>Empty space between strips, in points.</summary>
internal sealed class Gap(double height) : Strip
{
    public override double Height => height;
    public override bool IsSpace => true;
    public override void Draw(PageCanvas page, double x, double y) { }
}

/// <summary>Strips below each other, kept on one page, upon an optional box of a colour.</summary>
internal sealed class Stack(IReadOnlyList<Strip> strips, double padding = 0, Colour? fill = null) : Strip
{
    private const double Radius = 4;

    /// <summary>The box's width; needed only where there is a fill.</summary>
    public double Width { get; init; }

    public override double Height { get; } = strips.Sum(strip => strip.Height) + 2 * padding;

    public override void Draw(PageCanvas page, double x, double y)
    {
        if (fill is { } colour)
        {
            page.BeginArtifact();
            page.FillRoundBox(x, y, Width, Height, Radius, colour);
            page.End();
        }
        y += padding;
        foreach (var strip in strips)
        {
            strip.Draw(page, x + padding, y);
            y += strip.Height;
        }
    }
}

/// <summary>
/// Strips beside each other, each at its own distance from the left; the one after the other in reading order.
/// </summary>
internal sealed class SideBySide(params (double X, Strip Strip)[] columns) : Strip
{
    public override double Height { get; } = columns.Max(column => column.Strip.Height);

    public override void Draw(PageCanvas page, double x, double y)
    {
        foreach (var (left, strip) in columns) strip.Draw(page, x + left, y);
    }
}

/// <summary>A picture such as a logo or a QR code, with the text that stands for it.</summary>
internal sealed class Picture(byte[] image, double width, double height, StructureNode tag) : Strip
{
    public override double Height => height;

    public override void Draw(PageCanvas page, double x, double y)
    {
        tag.Box = new Box(x, page.Height - y - height, x + width, page.Height - y);
        page.Begin(tag);
        page.Image(image, x, y, width, height);
        page.End();
    }
}
