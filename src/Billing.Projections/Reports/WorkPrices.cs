using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Invoicing;
using Billing.Domain.TimeTracking;
using NodaTime;

namespace Billing.Projections.Reports;

/// <summary>What billable work is worth by the cards that are known, before an invoice rounds its lines.</summary>
internal sealed class WorkPrices
{
    private readonly PracticeBook book;
    private readonly List<TimeEntry> scope;
    private readonly Lazy<IReadOnlyDictionary<Guid, EntryPrice>> prices;

    /// <param name="from">First day of what is priced; tiers count from the first of its month, overtime from its Monday.</param>
    /// <param name="to">Its last day.</param>
    public WorkPrices(PracticeBook book, LocalDate from, LocalDate to)
    {
        this.book = book;
        var first = LocalDate.Min(from.With(DateAdjusters.StartOfMonth), from.With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Monday)));
        scope = [.. book.Entries.Where(entry => first <= entry.WorkedOn && entry.WorkedOn <= to)];
        prices = new(Price);
    }

    /// <summary>Null for an entry outside the period, or of a client that is not known.</summary>
    public EntryPrice? Of(TimeEntry entry) => prices.Value.GetValueOrDefault(entry.EntryId);

    /// <summary>The entries, and all that their prices rest on: the cards, and neighbours where tiers or overtime count them.</summary>
    public IReadOnlyCollection<Thing> ThingsOf(IReadOnlyCollection<TimeEntry> entries)
    {
        var clients = entries.Select(entry => entry.ClientId).Distinct().Where(book.Clients.ContainsKey).ToList();
        var neighbours = CountsNeighbours(clients) ? Neighbours(entries) : [];
        return
        [
            .. WorkInPeriod.Things(entries), .. clients.Select(id => new Thing(ThingKind.Client, id)),
            .. neighbours.Select(entry => new Thing(ThingKind.Entry, entry.EntryId)),
            .. book.Business is { } practice ? [new Thing(ThingKind.Practice, practice.BusinessId)] : Array.Empty<Thing>(),
        ];
    }

    private Dictionary<Guid, EntryPrice> Price()
    {
        var all = new Dictionary<Guid, EntryPrice>();
        foreach (var client in scope.GroupBy(entry => entry.ClientId))
        {
            if (Facts(client.Key) is not { } facts) continue;
            // Overtime may count what an assistant did for others; nothing else looks beyond the client's own work.
            IEnumerable<TimeEntry> work = CountsNeighbours([client.Key]) ? scope : client;
            foreach (var (entryId, price) in WorkPricing.Price(work.Select(PricedWork.WorkOf), facts)) all.Add(entryId, price);
        }
        return all;
    }

    /// <summary>Null where the client, or the practice, is not known.</summary>
    private PricingFacts? Facts(Guid clientId) =>
        book.Business is { } practice && book.Clients.GetValueOrDefault(clientId)?.Details is { } client
            ? PricedWork.FactsOf(practice, client, book.Engagements.Values)
            : null;

    private bool CountsNeighbours(IReadOnlyCollection<Guid> clients) => clients
        .Select(Facts).OfType<PricingFacts>()
        .Any(facts => facts.ClientCards.Concat(facts.Practice.Cards).Concat(facts.Engagements.Values.SelectMany(terms => terms.Cards))
                .Any(card => card.TierSeconds is not null)
            || facts.Practice.Surcharges.Concat(facts.Engagements.Values.SelectMany(terms => terms.Surcharges))
                .Any(set => set.Rules.Any(rule => rule.Kind == SurchargeRule.Overtime)));

    private IEnumerable<TimeEntry> Neighbours(IReadOnlyCollection<TimeEntry> entries)
    {
        var months = entries.Select(entry => (entry.EngagementId, entry.WorkedOn.Year, entry.WorkedOn.Month)).ToHashSet();
        var weeks = entries.Select(entry => TimesheetWeek.Of(entry.AssistantId, entry.WorkedOn)).ToHashSet();
        return scope.Where(entry => months.Contains((entry.EngagementId, entry.WorkedOn.Year, entry.WorkedOn.Month))
            || weeks.Contains(TimesheetWeek.Of(entry.AssistantId, entry.WorkedOn)));
    }
}
