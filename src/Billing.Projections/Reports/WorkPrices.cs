using Billing.Domain.Engagements;
using Billing.Domain.TimeTracking;

namespace Billing.Projections.Reports;

/// <summary>What billable work is worth at the cards that are known, before any invoice rounds it.</summary>
internal sealed class WorkPrices(PracticeBook book)
{
    /// <summary>Minor units of the engagement's currency times seconds for an hour's rate, so that sums are exact.</summary>
    /// <returns>Null where no card is valid on the day.</returns>
    public Int128? MinorSecondsPerHour(TimeEntry entry) =>
        book.Engagements.TryGetValue(entry.EngagementId, out var engagement)
        && engagement.CardFor(entry.AssistantId, entry.WorkedOn) is { } card
            ? (Int128)card.PerHour.Minor * entry.DurationSeconds
            : null;

    /// <summary>The entries, and all that their prices rest on.</summary>
    public IReadOnlyCollection<Thing> ThingsOf(IReadOnlyCollection<TimeEntry> entries) =>
    [
        .. WorkInPeriod.Things(entries),
        .. entries.Select(entry => entry.ClientId).Distinct().Where(book.Clients.ContainsKey).Select(id => new Thing(ThingKind.Client, id)),
    ];
}
