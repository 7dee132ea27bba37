using System.Text.RegularExpressions;

namespace Billing.Domain.RecurringInvoices;

/// <summary>Texts with placeholders for the period, such as <c>Website care {month} {year}</c>.</summary>
public static partial class PeriodText
{
    /// <summary>No value of a placeholder is longer, in whichever language.</summary>
    public const int LongestValue = 30;

    /// <summary>First and last day of the period, both of them, its number, and month, quarter, ISO week and year of its first
    /// day.</summary>
    public static IReadOnlyList<string> Places { get; } =
        ["period-start", "period-end", "period", "number", "month", "quarter", "week", "year"];

    /// <summary>In one pass, so that braces within a value stand as they are.</summary>
    public static string Fill(string text, Func<string, string> valueOf) =>
        Place().Replace(text, match => valueOf(match.Groups["name"].Value));

    /// <summary>Null where each placeholder is known and the text keeps within its length once they are filled. Refuses:
    /// <c>placeholder-unknown</c>, and what <paramref name="refuse"/> does.</summary>
    /// <param name="refuse">The rule of the place where the text is printed.</param>
    public static Rejection? Refuse(string? text, string field, Func<string?, string, Rejection?> refuse)
    {
        if (text is null) return refuse(text, field);
        var unknown = Place().Matches(text).Select(match => match.Groups["name"].Value).FirstOrDefault(name => !Places.Contains(name));
        return unknown is null
            ? refuse(Fill(text, _ => new string('0', LongestValue)), field)
            : new Rejection(
                "placeholder-unknown", $"There is no placeholder {{{unknown}}}. Known: {string.Join(", ", Places)}.", field,
                RejectionKind.Invalid);
    }

    [GeneratedRegex(@"\{(?<name>[a-z]+(?:-[a-z]+)*)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Place();
}
