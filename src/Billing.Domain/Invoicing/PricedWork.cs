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
                .SelectMany(sheet => sheet.Entries.Values).DistinctBy(entry => entry.EntryId).Select(WorkOf),
            FactsOf(sources.Business, client, sources.Engagements.Values));

    /// <summary>The dated facts by which a client's work is priced.</summary>
    /// <param name="engagements">Those of other clients are passed over.</param>
    public static PricingFacts FactsOf(
        BusinessState.Open business, ClientDetails client, IEnumerable<EngagementState> engagements) => new(
            client.Currency, TimeZones.Of(business.TimeZone), business.Invoicing.Rounding, business.Rates, client.Cards,
            engagements.Select(engagement => engagement.Terms).OfType<EngagementTerms>()
                .Where(terms => terms.ClientId == client.ClientId).ToDictionary(terms => terms.EngagementId));

    /// <summary>Its tags are the tasks that cards may be for, and the mark of rush work.</summary>
    public static Work WorkOf(TimeEntry entry) => new(
        entry.EntryId, entry.EngagementId, entry.AssistantId, entry.WorkedOn, entry.StartedAt, entry.DurationSeconds,
        TimeZones.Of(entry.TimeZone), entry.Billable, entry.Tags);
}
