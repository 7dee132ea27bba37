using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;
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
        Priced(session, clientId, unbilled.Work(session.Context.Book, clientId, through).Entries);

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
        return Priced(session, clientId, entries);
    }

    private static async ValueTask<IReadOnlyList<RetainerWork>> Priced(
        BookSession session, Guid clientId, IReadOnlyList<TimeEntryView> entries)
    {
        var business = await session.Practice();
        var client = await session.Load(Client.Stream, clientId);
        if (client.Details is not { } details) return [];
        var engagements = new List<EngagementState>();
        foreach (var id in entries.Select(entry => entry.EngagementId).Distinct())
            engagements.Add(await session.Load(Engagement.Stream, id));
        var prices = WorkPricing.Price(entries.Select(WorkOf), PricedWork.FactsOf(business, details, engagements));
        return [.. entries.Select(entry => Of(entry, prices.GetValueOrDefault(entry.EntryId)))];
    }

    private static RetainerWork Of(TimeEntryView entry, EntryPrice? price) => price is { HasRate: true }
        ? new RetainerWork(entry.EntryId, entry.EngagementId, entry.WorkedOn, price.BilledSeconds, price.Bill.RoundedMinor)
        {
            Surcharged = [.. price.Segments.Where(segment => segment.Price.SurchargeTenThousandths != 0)
                .Select(segment => (segment.BilledSeconds, segment.Price))],
        }
        : new RetainerWork(entry.EntryId, entry.EngagementId, entry.WorkedOn, entry.DurationSeconds, 0);

    private static Work WorkOf(TimeEntryView entry) => new(
        entry.EntryId, entry.EngagementId, entry.AssistantId, entry.WorkedOn, entry.StartedAt, entry.DurationSeconds,
        TimeZones.Of(entry.TimeZone), entry.Billable, entry.Tags);
}
