using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.TimeTracking;

namespace Billing.Domain.Invoicing;

/// <summary>The work of loaded timesheets, priced by what the loaded streams say.</summary>
public static class PricedWork
{
    /// <summary>Prices by entry, for all entries of the loaded timesheets whose engagement is loaded.</summary>
    public static IReadOnlyDictionary<Guid, EntryPrice> Of(BillingSources sources, ClientDetails client) =>
        WorkPricing.Price(
            sources.Timesheets.Values.Concat(sources.Neighbours.Values)
                .SelectMany(sheet => sheet.Entries.Values).DistinctBy(entry => entry.EntryId).Select(entry => WorkOf(entry, TagsOf(entry))),
            FactsOf(sources, client));

    private static PricingFacts FactsOf(BillingSources sources, ClientDetails client) => new(
        client.Currency, TimeZones.Of(sources.Business.TimeZone), sources.Business.Invoicing.Rounding, sources.Business.Rates,
        client.Cards,
        sources.Engagements.Values.Select(engagement => engagement.Terms).OfType<EngagementTerms>()
            .Where(terms => terms.ClientId == client.ClientId).ToDictionary(terms => terms.EngagementId));

    private static Work WorkOf(TimeEntry entry, IReadOnlyCollection<string> tags) => new(
        entry.EntryId, entry.EngagementId, entry.AssistantId, entry.WorkedOn, entry.StartedAt, entry.DurationSeconds,
        TimeZones.Of(entry.TimeZone), entry.Billable, tags);

    /// <summary>Tasks that cards may be for, and the mark of rush work. Entries carry none yet.</summary>
    private static IReadOnlyCollection<string> TagsOf(TimeEntry _) => [];
}
