using NodaTime;
using NodaTime.Text;

namespace Billing.Api.Http;

/// <summary>Which days the API takes.</summary>
public static class Days
{
    private const int FirstYear = 1900;
    private const int LastYear = 2199;

    public static LocalDate First { get; } = new(FirstYear, 1, 1);

    public static LocalDate Last { get; } = new(LastYear, 12, 31);

    /// <summary>For a sentence that says what was expected.</summary>
    public static string Form { get; } =
        FormattableString.Invariant($"date, such as 2026-04-15, from {FirstYear} to {LastYear}");

    public static bool TryParse(string? text, out LocalDate day)
    {
        day = default;
        return text is not null && LocalDatePattern.Iso.Parse(text).TryGetValue(default, out day)
            && day.Year is >= FirstYear and <= LastYear;
    }
}
