using System.Globalization;
using NodaTime;
using NodaTime.Calendars;

namespace Billing.Domain.TimeTracking;

/// <summary>
/// One ISO 8601 week, Monday to Sunday, of one assistant: what a timesheet is kept for.
/// </summary>
/// <param name="WeekYear">The ISO week-year, which around New Year differs from the calendar's.</param>
/// <param name="Week">1 to 52 or 53.</param>
public readonly record struct TimesheetWeek(Guid AssistantId, int WeekYear, int Week)
{
    private const int GuidLength = 36;

    /// <summary>Every ISO year has as many; some have one more.</summary>
    private const int FewestWeeks = 52;

    /// <summary>The first day that can have work on it, Monday of 2000-W01; earlier dates are slips of the pen.</summary>
    public static readonly LocalDate EarliestDay = new(2000, 1, 3);

    /// <summary>The last day that can have work on it, Sunday of 2199-W52.</summary>
    public static readonly LocalDate LatestDay = new(2199, 12, 29);

    /// <summary>From here on every zone on earth is past <see cref="EarliestDay"/>'s beginning.</summary>
    internal static readonly Instant EarliestInstant = EarliestDay.PlusDays(1).AtMidnight().InUtc().ToInstant();

    /// <summary>Up to here no zone on earth is past <see cref="LatestDay"/>'s end.</summary>
    internal static readonly Instant LatestInstant = LatestDay.AtMidnight().InUtc().ToInstant();

    /// <summary>
    /// The assistant's week with that day in it. A day outside our years counts to the nearest week within, so that there
    /// is a week to read before the decision refuses the day.
    /// </summary>
    public static TimesheetWeek Of(Guid assistantId, LocalDate day)
    {
        var held = LocalDate.Max(EarliestDay, LocalDate.Min(LatestDay, day));
        return new(assistantId, WeekYearRules.Iso.GetWeekYear(held), WeekYearRules.Iso.GetWeekOfWeekYear(held));
    }

    /// <summary>The assistant's week in which work that begins then is counted.</summary>
    public static TimesheetWeek Of(Guid assistantId, Instant startedAt, DateTimeZone zone) =>
        Of(assistantId, Instant.Max(EarliestInstant, Instant.Min(LatestInstant, startedAt)).InZone(zone).Date);

    public LocalDate FirstDay => LocalDate.FromWeekYearWeekAndDay(WeekYear, Week, IsoDayOfWeek.Monday);

    public LocalDate LastDay => FirstDay.PlusDays(6);

    /// <summary>The first week of all has none before it, and is its own.</summary>
    public TimesheetWeek Previous => Week > 1 ? this with { Week = Week - 1 } : Of(AssistantId, FirstDay.PlusDays(-7));

    /// <summary>The last week of all has none after it, and is its own.</summary>
    public TimesheetWeek Next => Week < FewestWeeks ? this with { Week = Week + 1 } : Of(AssistantId, FirstDay.PlusDays(7));

    public bool Contains(LocalDate day) => FirstDay <= day && day <= LastDay;

    /// <summary>The week as ISO 8601 writes it: <c>2026-W14</c>.</summary>
    public string IsoText => string.Create(CultureInfo.InvariantCulture, $"{WeekYear:D4}-W{Week:D2}");

    /// <summary>What the stream's name says after its category: <c>{assistant}-2026-W14</c>.</summary>
    public string StreamId => $"{AssistantId:D}-{IsoText}";

    /// <summary>Name of the timesheet's stream, as invoices keep it.</summary>
    public string StreamName => string.Create(
        CultureInfo.InvariantCulture, $"{Timesheet.Stream.Category}-{AssistantId:D}-{WeekYear:D4}-W{Week:D2}");

    /// <summary>Reads what <see cref="IsoText"/> writes; false for weeks that do not exist or lie outside our years.</summary>
    public static bool TryParse(Guid assistantId, string? isoText, out TimesheetWeek week)
    {
        week = default;
        if (isoText is not { Length: 8 } || isoText[4] != '-' || isoText[5] != 'W') return false;
        if (!TryDigits(isoText.AsSpan(0, 4), out var year)) return false;
        if (!TryDigits(isoText.AsSpan(6), out var number)) return false;
        if (year < EarliestDay.Year || year > LatestDay.Year) return false;
        if (number < 1 || number > WeekYearRules.Iso.GetWeeksInWeekYear(year)) return false;
        week = new TimesheetWeek(assistantId, year, number);
        return true;
    }

    /// <summary>Reads what <see cref="StreamId"/> writes.</summary>
    public static bool TryParseStreamId(string? streamId, out TimesheetWeek week)
    {
        week = default;
        return streamId is { Length: > GuidLength } && streamId[GuidLength] == '-'
            && Guid.TryParseExact(streamId.AsSpan(0, GuidLength), "D", out var assistantId)
            && TryParse(assistantId, streamId[(GuidLength + 1)..], out week)
            && week.StreamId == streamId;
    }

    /// <summary>Reads what <see cref="StreamName"/> writes.</summary>
    public static bool TryParseStreamName(string? streamName, out TimesheetWeek week)
    {
        week = default;
        var prefix = Timesheet.Stream.Name("");
        return streamName is not null && streamName.StartsWith(prefix, StringComparison.Ordinal)
            && TryParseStreamId(streamName[prefix.Length..], out week);
    }

    public override string ToString() => StreamId;

    private static bool TryDigits(ReadOnlySpan<char> text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
