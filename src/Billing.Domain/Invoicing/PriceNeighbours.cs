using Billing.Domain.Engagements.Pricing;
using Billing.Domain.TimeTracking;
using NodaTime;

namespace Billing.Domain.Invoicing;

/// <summary>
/// The work that prices depend on beside the selected: where a card has tiers, everybody's of the month. Overtime looks
/// no further than the assistant's week, which a selected timesheet holds whole.
/// </summary>
public static class PriceNeighbours
{
    /// <summary>Names of the timesheets to load as <see cref="BillingSources.Neighbours"/>; none where no card in reach has
    /// tiers.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<SelectedTime> time, BillingSources sources)
    {
        var shared = sources.Business.Rates.Cards.Concat(sources.Client.Details?.Cards ?? []).Any(HasTiers);
        var tiered = sources.Engagements.Where(engagement => (engagement.Value.Terms?.Cards ?? []).Any(HasTiers))
            .Select(engagement => engagement.Key).ToHashSet();
        if (!shared && tiered.Count == 0) return [];
        var months = time
            .SelectMany(selected => selected.EntryIds.Select(id =>
                sources.Timesheets.GetValueOrDefault(selected.Timesheet)?.Entries.GetValueOrDefault(id)))
            .OfType<TimeEntry>()
            .Where(entry => shared || tiered.Contains(entry.EngagementId))
            .Select(entry => entry.WorkedOn.With(DateAdjusters.StartOfMonth))
            .Distinct();
        var weeks =
            from month in months
            from assistant in sources.Business.Members.Keys
            from week in Weeks(assistant, month)
            where !sources.Timesheets.ContainsKey(week)
            select week;
        // A week that begins in one month and ends in the next is a neighbour of both.
        return [.. weeks.Distinct()];
    }

    private static bool HasTiers(RateCard card) => card.TierSeconds is not null;

    private static IEnumerable<string> Weeks(Guid assistant, LocalDate month)
    {
        var last = month.With(DateAdjusters.EndOfMonth);
        for (var week = TimesheetWeek.Of(assistant, month); week.FirstDay <= last; week = week.Next) yield return week.StreamName;
    }
}
