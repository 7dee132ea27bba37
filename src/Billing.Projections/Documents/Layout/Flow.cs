using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents.Layout;

/// <summary>A page's size and margins, in points.</summary>
internal sealed record PageSetup(double Width, double Height)
{
    public static PageSetup Letter { get; } = new(612, 792);
    public static PageSetup A4 { get; } = new(595.28, 841.89);

    public const double Side = 54;
    public const double Top = 50;
    public const double Bottom = 64;

    public double ContentWidth => Width - 2 * Side;
    public double ContentHeight => Height - Top - Bottom;
}

/// <summary>Fills pages with strips, in two passes so that each page can say how many there are.</summary>
internal sealed class Flow(PageSetup setup)
{
    private readonly List<Strip> _strips = [];

    public void Add(Strip strip) => _strips.Add(strip);

    public void Add(IEnumerable<Strip> strips) => _strips.AddRange(strips);

    /// <summary>
    /// Draws all pages; the furniture is what stands on every one of them, as an artifact, behind the strips.
    /// </summary>
    /// <returns>The number of pages.</returns>
    public int Draw(PdfWriter writer, Action<PageCanvas, int> drawFurniture)
    {
        var pages = Paginate();
        foreach (var placed in pages)
        {
            var page = writer.AddPage(setup.Width, setup.Height);
            page.BeginArtifact();
            drawFurniture(page, pages.Count);
            page.End();
            foreach (var (strip, y, repeated) in placed)
            {
                if (repeated) page.BeginArtifact();
                strip.Draw(page, PageSetup.Side, PageSetup.Top + y);
                if (repeated) page.End();
            }
        }
        return pages.Count;
    }

    private List<List<Placed>> Paginate()
    {
        var pages = new List<List<Placed>> { new() };
        var y = 0.0;
        for (var start = 0; start < _strips.Count;)
        {
            var end = GroupEnd(start);
            var height = GroupHeight(start, end);
            // A group that no page can hold is placed strip by strip.
            if (height > setup.ContentHeight - HeadHeight(start)) (end, height) = (start, _strips[start].Height);
            if (y + height > setup.ContentHeight && pages[^1].Count > 0)
            {
                pages.Add([]);
                y = 0;
                if (_strips[start].RepeatedHead is { } head)
                {
                    pages[^1].Add(new Placed(head, 0, true));
                    y = head.Height;
                }
            }
            for (; start <= end; start++)
            {
                if (_strips[start].IsSpace && pages[^1].Count == 0) continue;
                pages[^1].Add(new Placed(_strips[start], y, false));
                y += _strips[start].Height;
            }
        }
        return pages;
    }

    private int GroupEnd(int start)
    {
        while (start < _strips.Count - 1 && _strips[start].KeepWithNext) start++;
        return start;
    }

    private double GroupHeight(int start, int end)
    {
        var height = 0.0;
        for (var i = start; i <= end; i++) height += _strips[i].Height;
        return height;
    }

    private double HeadHeight(int start) => _strips[start].RepeatedHead?.Height ?? 0;

    private readonly record struct Placed(Strip Strip, double Y, bool Repeated);
}
