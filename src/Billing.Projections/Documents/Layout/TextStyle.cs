using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents.Layout;

/// <summary>How text is set; the size in points.</summary>
internal sealed record TextStyle(FontFace Face, double Size, Colour Colour)
{
    public double LineHeight { get; init; } = Math.Round(Size * 1.4, 1);

    /// <summary>From the top of a line to its baseline, so that the letters stand in the middle of it.</summary>
    public double Baseline => (LineHeight + Size * 0.714) / 2;

    public Setting Setting => new(Face, Size, Colour);

    /// <summary>Space above the first line of a text set so.</summary>
    public double SpaceAbove { get; init; }

    public double WidthOf(int units) => units * Size / Face.UnitsPerEm;
}

internal enum Align
{
    Left,
    Right,
    Centre,
}
