using Billing.Domain.Values;

namespace Billing.Projections.Documents;

/// <summary>Amounts side by side, group by group.</summary>
/// <param name="Series">Names of the bars of each group, in their order; at most <see cref="BarChart.MostSeries"/>.</param>
/// <param name="Groups">From left to right.</param>
/// <param name="Alternative">What the chart shows, for those who cannot see it.</param>
public sealed record BarChartModel(IReadOnlyList<string> Series, IReadOnlyList<BarGroupModel> Groups, string Alternative)
{
    /// <summary>In which amounts are written.</summary>
    public DocumentLanguage Language { get; init; } = DocumentLanguage.Of(null);

    /// <summary>Whether there is anything to see.</summary>
    public bool IsEmpty => Groups.All(group => group.Amounts.All(amount => amount.IsZero));
}

/// <param name="Label">Such as <c>Jan</c>.</param>
/// <param name="Amounts">One for each series, all in one currency.</param>
public sealed record BarGroupModel(string Label, IReadOnlyList<Money> Amounts);

/// <summary>
/// A chart laid out: where each bar, rule and text stands, in units from the top left. Page and PDF draw the same layout.
/// </summary>
public sealed record BarChart(
    double Width, double Height, IReadOnlyList<ChartBar> Bars, IReadOnlyList<ChartRule> Rules, IReadOnlyList<ChartText> Texts,
    string Alternative)
{
    public const int MostSeries = 5;
    public const double TextSize = 9;

    private const double Left = 46;
    private const double Top = 26;
    private const double Bottom = 18;
    private const double KeySide = 8;
    private const double KeyWidth = 92;

    /// <summary>Of the space of a group, what its bars take.</summary>
    private const double Filled = 0.78;

    public static BarChart Of(BarChartModel model, double width, double height)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(model.Series.Count, MostSeries);
        var scale = ChartScale.Of(model.Groups.SelectMany(group => group.Amounts).Select(amount => amount.ToDecimal()));
        var plot = height - Top - Bottom;
        var texts = new List<ChartText>();
        var rules = new List<ChartRule>();
        foreach (var tick in scale.Ticks)
        {
            rules.Add(new ChartRule(Left, Y(tick), width - Left, tick == 0));
            texts.Add(new ChartText(Left - 6, Y(tick) + TextSize / 3, ChartAnchor.End, Short(tick, model.Language)));
        }
        var bars = new List<ChartBar>();
        for (var i = 0; i < model.Series.Count; i++)
        {
            var x = Left + i * KeyWidth;
            bars.Add(new ChartBar(i, x, 2, KeySide, KeySide, model.Series[i]));
            texts.Add(new ChartText(x + KeySide + 5, 2 + KeySide, ChartAnchor.Start, model.Series[i]));
        }
        var space = (width - Left) / Math.Max(1, model.Groups.Count);
        for (var i = 0; i < model.Groups.Count; i++)
        {
            var group = model.Groups[i];
            var x = Left + i * space;
            texts.Add(new ChartText(x + space / 2, height - 4, ChartAnchor.Middle, group.Label));
            bars.AddRange(BarsOf(model, group, x + space * (1 - Filled) / 2, space * Filled / model.Series.Count, Y));
        }
        return new BarChart(width, height, bars, rules, texts, model.Alternative);

        double Y(decimal value) => Top + plot * (double)((scale.High - value) / (scale.High - scale.Low));
    }

    private static IEnumerable<ChartBar> BarsOf(
        BarChartModel model, BarGroupModel group, double x, double barWidth, Func<decimal, double> y)
    {
        for (var i = 0; i < model.Series.Count; i++)
        {
            var amount = group.Amounts[i];
            if (amount.IsZero) continue;
            var (from, to) = (y(Math.Max(0, amount.ToDecimal())), y(Math.Min(0, amount.ToDecimal())));
            yield return new ChartBar(
                i, x + i * barWidth, from, barWidth * 0.9, Math.Max(0.75, to - from),
                $"{group.Label}, {model.Series[i]}: {model.Language.Amount(amount)}");
        }
    }

    /// <summary><c>12.5k</c>: an axis needs no cents.</summary>
    private static string Short(decimal amount, DocumentLanguage language) => Math.Abs(amount) switch
    {
        >= 1_000_000 => $"{language.Number(amount / 1_000_000, "0.##")}M",
        >= 1_000 => $"{language.Number(amount / 1_000, "0.##")}k",
        _ => language.Number(amount, "0.##"),
    };
}

/// <param name="Title">What it stands for.</param>
public sealed record ChartBar(int Series, double X, double Y, double Width, double Height, string Title);

public sealed record ChartRule(double X, double Y, double Length, bool IsZero);

/// <param name="Y">Of the baseline.</param>
public sealed record ChartText(double X, double Y, ChartAnchor Anchor, string Text);

public enum ChartAnchor
{
    Start,
    Middle,
    End,
}

/// <summary>An axis from a round number to a round number, with about four steps between.</summary>
internal sealed record ChartScale(decimal Low, decimal High, decimal Step)
{
    private const int Steps = 4;
    private static readonly decimal[] RoundFactors = [1, 2, 2.5m, 5, 10];

    public static ChartScale Of(IEnumerable<decimal> values)
    {
        var (low, high) = (0m, 0m);
        foreach (var value in values) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low == high) high = 1;
        var step = Round((high - low) / Steps);
        return new ChartScale(Math.Floor(low / step) * step, Math.Ceiling(high / step) * step, step);
    }

    public IEnumerable<decimal> Ticks
    {
        get
        {
            for (var tick = Low; tick <= High; tick += Step) yield return tick;
        }
    }

    /// <summary>The next of 1, 2, 2.5, 5 and 10 times a power of ten.</summary>
    private static decimal Round(decimal step)
    {
        var power = 1m;
        while (power * 10 <= step) power *= 10;
        while (power > step) power /= 10;
        return RoundFactors.Select(factor => factor * power).First(candidate => candidate >= step);
    }
}
