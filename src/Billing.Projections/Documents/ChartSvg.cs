using System.Globalization;
using System.Net;
using System.Text;

namespace Billing.Projections.Documents;

/// <summary>A chart as SVG within a page. It bears no colours: the page's style sheet has them, for light and dark.</summary>
public static class ChartSvg
{
    public static string Of(BarChart chart)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"chart\" viewBox=\"0 0 {N(chart.Width)} {N(chart.Height)}\" ");
        svg.Append(CultureInfo.InvariantCulture, $"role=\"img\" aria-label=\"{WebUtility.HtmlEncode(chart.Alternative)}\">");
        foreach (var rule in chart.Rules)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{(rule.IsZero ? "zero" : "rule")}\" x=\"{N(rule.X)}\" ");
            svg.Append(CultureInfo.InvariantCulture, $"y=\"{N(rule.Y)}\" width=\"{N(rule.Length)}\" height=\"0.5\"/>");
        }
        foreach (var bar in chart.Bars)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"s{bar.Series}\" x=\"{N(bar.X)}\" y=\"{N(bar.Y)}\" ");
            svg.Append(CultureInfo.InvariantCulture, $"width=\"{N(bar.Width)}\" height=\"{N(bar.Height)}\">");
            svg.Append(CultureInfo.InvariantCulture, $"<title>{WebUtility.HtmlEncode(bar.Title)}</title></rect>");
        }
        foreach (var text in chart.Texts)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"{Anchor(text.Anchor)}\" x=\"{N(text.X)}\" y=\"{N(text.Y)}\">");
            svg.Append(CultureInfo.InvariantCulture, $"{WebUtility.HtmlEncode(text.Text)}</text>");
        }
        return svg.Append("</svg>").ToString();
    }

    private static string Anchor(ChartAnchor anchor) => anchor switch
    {
        ChartAnchor.Start => "start",
        ChartAnchor.Middle => "middle",
        _ => "end",
    };

    private static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
