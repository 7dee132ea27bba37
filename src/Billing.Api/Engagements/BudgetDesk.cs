using Billing.Api.Commands;
using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Engagements;
using NodaTime;

namespace Billing.Api.Engagements;

/// <summary>Finds out what is used of a budget, from the read models and the rates that the work falls under.</summary>
public sealed class BudgetDesk(BudgetQueries queries, IEventStore store, StateCache cache)
{
    public async ValueTask<IReadOnlyList<BudgetedWork>> Work(
        BookId book, BudgetTerms terms, Instant now, CancellationToken cancellationToken)
    {
        var session = new BookSession(store, cache, new CommandContext(book, "", now, Guid.Empty), cancellationToken);
        var entries = queries.Entries(book, terms.EngagementId, terms.FirstDay);
        var prices = await Prices(session, terms.EngagementId, entries);
        return
        [
            .. entries.Select(entry => new BudgetedWork(
                entry.WorkedOn, entry.DurationSeconds,
                prices.GetValueOrDefault(entry.EntryId) is { HasRate: true } price ? Amount(price) : null)),
        ];

        Money Amount(EntryPrice price) => new(price.Bill.RoundedMinor, Currency.Of(terms.Currency));
    }

    /// <summary>Overtime over all of an assistant's work counts what was done for this engagement only.</summary>
    private static async ValueTask<IReadOnlyDictionary<Guid, EntryPrice>> Prices(
        BookSession session, Guid engagementId, IReadOnlyList<BudgetEntryView> entries)
    {
        var business = await session.Load(Business.Stream, session.Context.Book.Value);
        var engagement = await session.Load(Engagement.Stream, engagementId);
        if (business is not BusinessState.Open open || engagement.Terms is not { } terms) return new Dictionary<Guid, EntryPrice>();
        var client = await session.Load(Client.Stream, terms.ClientId);
        if (client.Details is not { } details) return new Dictionary<Guid, EntryPrice>();
        return WorkPricing.Price(
            entries.Select(entry => new Work(
                entry.EntryId, engagementId, entry.AssistantId, entry.WorkedOn, entry.StartedAt, entry.DurationSeconds,
                TimeZones.Of(entry.TimeZone), entry.Billable, entry.Tags)),
            PricedWork.FactsOf(open, details, [engagement]));
    }
}
