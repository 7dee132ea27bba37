using System.Globalization;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Projections.Reports;

/// <summary>The entries of a period, with what they are worth and what they brought in.</summary>
internal sealed class WorkInPeriod
{
    private readonly PracticeBook book;
    private readonly WorkPrices prices;

    private readonly Lazy<IReadOnlyList<InvoicedShare>> shares;

    public WorkInPeriod(PracticeBook book, LocalDate from, LocalDate to, WorkFilter filter)
    {
        (this.book, prices) = (book, new WorkPrices(book, from, to));
        shares = new(() =>
        [
            .. new InvoicedWork(book).Shares.Where(share => from <= share.Work.WorkedOn && share.Work.WorkedOn <= to
                && filter.Takes(share.Work)),
        ]);
        Entries =
        [
            .. book.Entries.Where(entry => from <= entry.WorkedOn && entry.WorkedOn <= to
                    && filter.Takes(WorkKey.Of(entry))
                    && book.Engagements.TryGetValue(entry.EngagementId, out var engagement) && engagement.Terms is not null)
                .OrderBy(entry => entry.WorkedOn).ThenBy(entry => entry.EntryId),
        ];
    }

    public IReadOnlyList<TimeEntry> Entries { get; }

    public Currency CurrencyOf(TimeEntry entry) => book.Engagements[entry.EngagementId].Terms!.Currency;

    /// <summary>Added exactly, rounded once. Entries without a rate count nothing.</summary>
    public long WorthMinor(IEnumerable<TimeEntry> entries)
    {
        var sum = new ExactAmount(0);
        foreach (var entry in entries) if (prices.Of(entry) is { } price) sum += price.Bill;
        return sum.RoundedMinor;
    }

    /// <summary>Of one entry, rounded once; 0 where it is not billable or has no rate.</summary>
    public long PriceMinor(TimeEntry entry) => prices.Of(entry)?.Bill.RoundedMinor ?? 0;

    /// <summary>A sentence to add where something could not be priced; empty otherwise.</summary>
    public string WithoutRate(IEnumerable<TimeEntry> entries)
    {
        var count = entries.Count(entry => prices.Of(entry) is not { HasRate: true });
        return count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {count} entries have no rate and count nothing.");
    }

    /// <summary>What the practice pays its assistants for them in this currency; entries without a cost in it count nothing.</summary>
    public long CostMinor(IEnumerable<TimeEntry> entries, Currency currency) => entries
        .Select(entry => prices.Of(entry)?.Cost).OfType<Money>().Where(cost => cost.Currency == currency).Sum(cost => cost.Minor);

    /// <summary>What documents billed for work of the period, whether or not it still stands.</summary>
    public IReadOnlyList<InvoicedShare> Invoiced => shares.Value;

    /// <summary>The entries, and all that their prices rest on.</summary>
    public IReadOnlyCollection<Thing> ThingsOf(IReadOnlyCollection<TimeEntry> entries) => prices.ThingsOf(entries);

    /// <summary>The entries, and the engagements that say in which currency they are counted.</summary>
    public static IReadOnlyCollection<Thing> Things(IReadOnlyCollection<TimeEntry> entries) =>
    [
        .. entries.Select(entry => new Thing(ThingKind.Entry, entry.EntryId)),
        .. entries.Select(entry => entry.EngagementId).Distinct().Select(id => new Thing(ThingKind.Engagement, id)),
    ];

    /// <summary>The documents that they are shares of.</summary>
    public static IEnumerable<Thing> Documents(IEnumerable<InvoicedShare> shares) => shares
        .SelectMany(share => share.Documents).Distinct().Select(id => new Thing(ThingKind.Invoice, id));
}
