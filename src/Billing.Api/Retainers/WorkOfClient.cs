using Billing.Api.Commands;
using Billing.Domain.Access;
using Billing.Domain.Engagements;
using Billing.Domain.Retainers;
using Billing.Domain.Values;
using Billing.Projections.Invoicing;
using Billing.Projections.Paging;
using Billing.Projections.TimeTracking;
using NodaTime;

namespace Billing.Api.Retainers;

/// <summary>
/// A client's billable work as retainers take it: by the read models, in the time that would be billed, at its engagement's
/// rate. Work of which no rate is known takes hours and is worth nothing yet.
/// </summary>
public sealed class WorkOfClient(UnbilledQueries unbilled, TimeQueries time)
{
    /// <summary>What stands on no invoice, through a day.</summary>
    public ValueTask<IReadOnlyList<RetainerWork>> Unbilled(BookSession session, Guid clientId, LocalDate through) =>
        Priced(session, unbilled.Work(session.Context.Book, clientId, through).Entries);

    /// <summary>All of it, billed or not.</summary>
    /// <param name="through">The last day.</param>
    public ValueTask<IReadOnlyList<RetainerWork>> All(BookSession session, Guid clientId, LocalDate from, LocalDate through)
    {
        var filter = new TimeEntryFilter(ClientId: clientId, From: from, EndExclusive: through.PlusDays(1));
        var entries = new List<TimeEntryView>();
        Guid? after = null;
        do
        {
            var page = time.Entries(session.Context.Book, filter, new PageRequest(after));
            entries.AddRange(page.Items.Where(entry => entry.Billable));
            after = page.Next;
        }
        while (after is not null);
        return Priced(session, entries);
    }

    private static async ValueTask<IReadOnlyList<RetainerWork>> Priced(BookSession session, IReadOnlyList<TimeEntryView> entries)
    {
        var business = (BusinessState.Open)await session.Load(Business.Stream, session.Context.Book.Value);
        var rounding = business.Invoicing.Rounding;
        var work = new List<RetainerWork>();
        foreach (var entry in entries)
        {
            var engagement = await session.Load(Engagement.Stream, entry.EngagementId);
            var seconds = rounding.Scope == RoundingPolicy.PerEntry
                ? rounding.Apply(entry.DurationSeconds)
                : entry.DurationSeconds;
            var value = engagement.CardFor(entry.AssistantId, entry.WorkedOn) is { } card
                ? Money.ForTime(card.PerHour, seconds).Minor
                : 0;
            work.Add(new RetainerWork(entry.EntryId, entry.EngagementId, entry.WorkedOn, seconds, value));
        }
        return work;
    }
}
