using System.Globalization;
using System.Text.RegularExpressions;

namespace Billing.Domain.TimeTracking;

/// <summary>
/// Durations as people write them: hours (<c>2</c>, <c>2.5</c>), a clock (<c>1:30</c>, <c>1:30:15</c>), or units (<c>2h
/// 30min</c>, <c>90m</c>, <c>1.5h</c>, <c>45s</c>). Read in the same way everywhere, with a point for decimals, and exactly: what
/// comes to no whole number of seconds is refused.
/// </summary>
public static partial class DurationText
{
    private const int HourSeconds = 3600;
    private const int MinuteSeconds = 60;

    /// <summary>Null where the text is a duration of a second to a day.</summary>
    /// <param name="seconds">The duration; 0 where it is refused.</param>
    public static Rejection? Read(string text, string field, out long seconds)
    {
        seconds = 0;
        if (Parse(text) is not { } exact)
        {
            return Invalid(
                "duration-unreadable",
                "This is no duration. Write hours as 2 or 2.5, a clock as 1:30, or units as 2h 30min or 90min.", field);
        }
        if (exact <= 0) return Invalid("duration-not-positive", "Work takes longer than no time.", field);
        if (exact > WorkTime.MaxSeconds)
        {
            return Invalid(
                "duration-too-long",
                "One entry holds at most 24 hours; split it into several. A number alone is hours: minutes are written 90min.",
                field);
        }
        if (decimal.Truncate(exact) != exact)
        {
            return Invalid(
                "duration-not-whole-seconds", "This does not come to whole seconds. Write it with units, such as 20min.", field);
        }
        seconds = (long)exact;
        return null;
    }

    /// <summary>With units, the shortest that says it all: <c>2h 30min</c>. It reads back as the same.</summary>
    public static string Of(long seconds)
    {
        var parts = new[] { (seconds / HourSeconds, "h"), (seconds / MinuteSeconds % 60, "min"), (seconds % 60, "s") };
        var said = parts.Where(part => part.Item1 > 0)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Item1}{part.Item2}"));
        return seconds == 0 ? "0s" : string.Join(' ', said);
    }

    /// <summary>Seconds, exactly; null for what is no duration. Blank text would be units, if none had to be there.</summary>
    private static decimal? Parse(string text)
    {
        if (Hours().Match(text) is { Success: true } hours) return Number(hours.Groups["h"]) * HourSeconds;
        if (Clock().Match(text) is { Success: true } clock) return Sum(clock);
        return Units().Match(text) is { Success: true } units && units.Groups.Cast<Group>().Skip(1).Any(group => group.Success)
            ? Sum(units)
            : null;
    }

    private static decimal Sum(Match match) =>
        Number(match.Groups["h"]) * HourSeconds + Number(match.Groups["m"]) * MinuteSeconds + Number(match.Groups["s"]);

    /// <summary>Few enough digits that a decimal holds them exactly.</summary>
    private static decimal Number(Group digits) => digits.Success
        ? decimal.Parse(digits.ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
        : 0;

    [GeneratedRegex(@"\A\s*(?<h>[0-9]{1,6}(\.[0-9]{1,6})?|\.[0-9]{1,6})\s*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Hours();

    [GeneratedRegex(@"\A\s*(?<h>[0-9]{1,3}):(?<m>[0-5][0-9])(:(?<s>[0-5][0-9]))?\s*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Clock();

    [GeneratedRegex(
        @"\A\s*((?<h>[0-9]{1,6}(\.[0-9]{1,6})?)\s*(h|hr|hrs|hour|hours)\s*)?"
        + @"((?<m>[0-9]{1,6}(\.[0-9]{1,6})?)\s*(m|min|mins|minute|minutes)\s*)?"
        + @"((?<s>[0-9]{1,6})\s*(s|sec|secs|second|seconds)\s*)?\z",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Units();

    private static Rejection Invalid(string code, string detail, string field) =>
        new(code, detail, field, RejectionKind.Invalid);
}
