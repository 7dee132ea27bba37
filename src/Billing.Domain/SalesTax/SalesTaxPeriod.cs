using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace Billing.Domain.SalesTax;

/// <summary>What one return is for: a month such as <c>2026-03</c>, a quarter such as <c>2026-Q1</c>, or a year such as
/// <c>2026</c>.</summary>
public readonly partial record struct SalesTaxPeriod(string Text, LocalDate From, LocalDate Through)
{
    private const int FirstYear = 2000, LastYear = 2199;

    public static bool TryParse(string? text, out SalesTaxPeriod period)
    {
        period = default;
        if (text is null || Form().Match(text) is not { Success: true } match) return false;
        var year = int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture);
        if (year is < FirstYear or > LastYear) return false;
        var (month, months) = match switch
        {
            _ when match.Groups["month"] is { Success: true, Value: var number } => (int.Parse(number, CultureInfo.InvariantCulture), 1),
            _ when match.Groups["quarter"] is { Success: true, Value: var number } =>
                ((int.Parse(number, CultureInfo.InvariantCulture) * 3) - 2, 3),
            _ => (1, 12),
        };
        var from = new LocalDate(year, month, 1);
        period = new SalesTaxPeriod(text, from, from.PlusMonths(months).PlusDays(-1));
        return true;
    }

    /// <summary>The periods of a year.</summary>
    /// <param name="every">One of <see cref="SalesTaxReturnLength"/>.</param>
    public static IReadOnlyList<SalesTaxPeriod> OfYear(int year, string every) =>
    [
        .. (every switch
        {
            SalesTaxReturnLength.Month => Enumerable.Range(1, 12).Select(month => $"{year:0000}-{month:00}"),
            SalesTaxReturnLength.Quarter => Enumerable.Range(1, 4).Select(quarter => $"{year:0000}-Q{quarter}"),
            _ => [$"{year:0000}"],
        }).Select(text => TryParse(text, out var period)
            ? period
            : throw new ArgumentOutOfRangeException(nameof(year), year, $"Years go from {FirstYear} to {LastYear}.")),
    ];

    [GeneratedRegex(@"\A(?<year>[0-9]{4})(-(?<month>0[1-9]|1[0-2])|-Q(?<quarter>[1-4]))?\z")]
    private static partial Regex Form();
}

/// <summary>How long the periods of returns are.</summary>
public static class SalesTaxReturnLength
{
    public const string Month = "month";
    public const string Quarter = "quarter";
    public const string Year = "year";

    public static IReadOnlyList<string> All { get; } = [Month, Quarter, Year];
}
