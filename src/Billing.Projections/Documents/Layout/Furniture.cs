using System.Globalization;
using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents.Layout;

/// <summary>
/// What stands on every page: a band of the accent colour, a mark behind the text, the foot with the page's number.
/// </summary>
internal sealed class Furniture(PageSetup setup, Theme theme, string footer, string mark, string pageOf)
{
    private const double BandHeight = 6;
    private const double FooterAboveEdge = 42;
    private const int LongestMark = 16;

    private static readonly Colour MarkColour = new(0xF1, 0xF2, 0xF5);

    public void Draw(PageCanvas page, int pageCount)
    {
        page.FillBox(0, 0, setup.Width, BandHeight, theme.Accent);
        if (mark.Length > 0) DrawMark(page);
        var y = setup.Height - FooterAboveEdge;
        page.Rule(PageSetup.Side, y - 6, setup.ContentWidth, 0.5, theme.Faint);
        const double numberWidth = 90;
        var left = TextBlock.Set(setup.ContentWidth - numberWidth, Align.Left, (footer, theme.Small));
        left.Draw(page, PageSetup.Side, y, 0, 1);
        var number = pageOf
            .Replace("{page}", page.Number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{pages}", pageCount.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var right = TextBlock.Set(numberWidth, Align.Right, (number, theme.Small));
        right.Draw(page, setup.Width - PageSetup.Side - numberWidth, y, 0, 1);
    }

    /// <summary>
    /// The mark from the lower left to the upper right, behind everything, as large as the page lets it be.
    /// </summary>
    private void DrawMark(PageCanvas page)
    {
        var face = FontLibrary.Bold;
        var words = mark[..Math.Min(mark.Length, LongestMark)].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => face.Shaper.Shape(word)).ToArray();
        var units = words.Sum(word => word.Width) + (words.Length - 1) * face.Shaper.Shape(" ").Width;
        if (units <= 0) return;
        var size = Math.Min(150, setup.Width * 0.95 * face.UnitsPerEm / units);
        var (sine, cosine) = (0.7071, 0.7071);
        var length = units * size / face.UnitsPerEm;
        // The middle of the letters' height comes to stand on the page's diagonal.
        var x = setup.Width / 2 - cosine * length / 2 + sine * size * 0.36;
        var y = setup.Height / 2 + sine * length / 2 + cosine * size * 0.36;
        page.RotatedWords(x, y, (sine, cosine), new Setting(face, size, MarkColour), words);
    }
}
