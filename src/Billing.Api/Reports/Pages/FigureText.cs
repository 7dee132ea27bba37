using Billing.Api.Pages;

namespace Billing.Api.Reports.Pages;

/// <summary>Figures as a page writes them.</summary>
internal static class FigureText
{
    /// <summary>A dash where there is nothing to say.</summary>
    public static string Of(FigureView figure, PageWords words) => figure switch
    {
        { DurationSeconds: { } seconds } => $"{PageWords.Hours(seconds)} h",
        { Amount: { } amount } => words.Written.Amount(amount),
        { PerHour: { } perHour } => words.Of("report.per-hour", ("amount", words.Written.Amount(perHour))),
        { Share: { } share } => Percent(share, words),
        _ => "–",
    };

    /// <summary>Of decimal text such as <c>0.7250</c>: 72.5 %.</summary>
    private static string Percent(string share, PageWords words) =>
        $"{words.Written.Number(decimal.Parse(share, System.Globalization.CultureInfo.InvariantCulture) * 100, "0.##")} %";
}
