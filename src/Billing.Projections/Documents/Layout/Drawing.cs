using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents.Layout;

/// <summary>A chart as one figure, with the text that stands for it.</summary>
internal sealed class Drawing(BarChart chart, Theme theme, StructureNode tag) : Strip
{
    private static readonly Colour[] Series =
    [
        new(0x0F, 0x5C, 0x6E), new(0x93, 0x9D, 0xAB), new(0xD9, 0x9A, 0x2B), new(0x2F, 0x9E, 0x5F), new(0x9C, 0x2B, 0x17),
    ];

    public override double Height => chart.Height;

    public override void Draw(PageCanvas page, double x, double y)
    {
        tag.Box = new Box(x, page.Height - y - chart.Height, x + chart.Width, page.Height - y);
        page.Begin(tag);
        foreach (var rule in chart.Rules)
            page.Rule(x + rule.X, y + rule.Y, rule.Length, 0.5, rule.IsZero ? theme.Rule : theme.Faint);
        foreach (var bar in chart.Bars) page.FillBox(x + bar.X, y + bar.Y, bar.Width, bar.Height, Series[bar.Series]);
        foreach (var text in chart.Texts) Write(page, x + text.X, y + text.Y, text);
        page.End();
    }

    private void Write(PageCanvas page, double x, double y, ChartText text)
    {
        var style = theme.Small;
        ShapedWord[] words = [.. text.Text.Split(' ').Select(word => style.Face.Shaper.Shape(word))];
        var width = style.WidthOf(words.Sum(word => word.Width) + (words.Length - 1) * style.Face.Shaper.Shape(" ").Width);
        var left = text.Anchor switch
        {
            ChartAnchor.Start => x,
            ChartAnchor.Middle => x - width / 2,
            _ => x - width,
        };
        page.Words(left, y, style.Setting, words, spaceAfter: false);
    }
}
