using NodaTime;

namespace Billing.Domain.Engagements.Pricing;

/// <summary>Where in an entry a surcharge applies.</summary>
/// <param name="Start">Seconds after the entry's start.</param>
/// <param name="End">The same, exclusive.</param>
internal readonly record struct SurchargeSpan(long Start, long End, SurchargeRule Rule)
{
    private const int MinutesOfDay = 24 * 60;

    /// <summary>The tag that makes an entry one of rush work.</summary>
    public const string RushTag = "rush";

    public static IEnumerable<SurchargeSpan> Of(Work work, SurchargeSet? set, PricingFacts facts, WorkedBefore before)
    {
        foreach (var rule in set?.Rules ?? [])
        {
            if (rule.PerHourMinor is not null && rule.Currency != facts.Currency.Code) continue;
            foreach (var (start, end) in Spans(rule, work, facts.PracticeZone, before))
                if (start < end) yield return new SurchargeSpan(start, end, rule);
        }
    }

    private static IEnumerable<(long Start, long End)> Spans(
        SurchargeRule rule, Work work, DateTimeZone practiceZone, WorkedBefore before)
    {
        var zone = rule.Zone == SurchargeRule.PracticeZone ? practiceZone : work.Zone;
        return rule.Kind switch
        {
            SurchargeRule.Rush => work.Tags.Contains(RushTag, StringComparer.OrdinalIgnoreCase) ? [(0L, work.DurationSeconds)] : [],
            SurchargeRule.Evening => ClockPiece.Of(work, zone).SelectMany(piece => Window(rule, piece)),
            SurchargeRule.Weekend => Days(work, zone, day => (rule.DaysOfWeek ?? []).Contains((int)day.DayOfWeek)),
            SurchargeRule.Holiday => Days(work, zone, day => (rule.Dates ?? []).Contains(day)),
            SurchargeRule.Overtime => [(Math.Clamp(
                (rule.OverSeconds ?? 0) - before.Seconds(work, rule), 0, work.DurationSeconds), work.DurationSeconds)],
            _ => [],
        };
    }

    private static IEnumerable<(long, long)> Window(SurchargeRule rule, ClockPiece piece)
    {
        var (from, to) = (rule.FromMinute ?? 0, rule.ToMinute ?? 0);
        (int From, int To)[] windows = from < to ? [(from, to)] : [(0, to), (from, MinutesOfDay)];
        return windows.Select(window => piece.Within(window.From, window.To)).OfType<(long, long)>();
    }

    private static IEnumerable<(long, long)> Days(Work work, DateTimeZone zone, Func<LocalDate, bool> counts) =>
        ClockPiece.Of(work, zone).Where(piece => counts(piece.Day)).Select(piece => (piece.Start, piece.End));
}

/// <summary>How long assistants had worked before an entry, by day and week, for its engagement and in all.</summary>
internal sealed class WorkedBefore
{
    private readonly Dictionary<(Guid Assistant, LocalDate From, string Per, Guid? Engagement), long> _seconds = [];

    public long Seconds(Work work, SurchargeRule rule)
    {
        var isWeek = rule.Per == SurchargeRule.PerWeek;
        return _seconds.GetValueOrDefault((
            work.AssistantId, isWeek ? work.Monday : work.WorkedOn, isWeek ? SurchargeRule.PerWeek : SurchargeRule.PerDay,
            rule.Of == SurchargeRule.OfAll ? null : work.EngagementId));
    }

    public void Add(Work work)
    {
        foreach (var engagement in (Guid?[])[null, work.EngagementId])
        {
            Add((work.AssistantId, work.WorkedOn, SurchargeRule.PerDay, engagement), work.DurationSeconds);
            Add((work.AssistantId, work.Monday, SurchargeRule.PerWeek, engagement), work.DurationSeconds);
        }
    }

    private void Add((Guid, LocalDate, string, Guid?) key, long seconds) =>
        _seconds[key] = _seconds.GetValueOrDefault(key) + seconds;
}
