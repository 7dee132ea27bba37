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

    /// <summary>Added exactly, and rounded as a sum: each part is what the sum, rounded, grows by. Entries without a rate count
    /// nothing.</summary>
    public IReadOnlyList<Part> WorthParts(IEnumerable<TimeEntry> entries)
    {
        var (sum, parts) = (new ExactAmount(0), new List<Part>());
        foreach (var entry in entries)
        {
            if (prices.Of(entry) is not { HasRate: true } price) continue;
            var before = sum.RoundedMinor;
            sum += price.Bill;
            parts.Add(PartOf(entry, sum.RoundedMinor - before));
        }
        return parts;
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
    public IReadOnlyList<Part> CostParts(IEnumerable<TimeEntry> entries, Currency currency) =>
    [
        .. entries.Select(entry => (entry, prices.Of(entry)?.Cost)).Where(priced => priced.Cost?.Currency == currency)
            .Select(priced => PartOf(priced.entry, priced.Cost!.Value.Minor)),
    ];

    /// <summary>What one entry brings to a figure, on the day it was worked.</summary>
    public static Part PartOf(TimeEntry entry, long value) => new(new Thing(ThingKind.Entry, entry.EntryId), value, entry.WorkedOn);

    /// <summary>The time of some entries.</summary>
    /// <param name="of">What else it is made of included.</param>
    public static Figure Seconds(string column, string formula, IReadOnlyCollection<Thing> of, IEnumerable<TimeEntry> counted)
    {
        Part[] parts = [.. counted.Select(entry => PartOf(entry, entry.DurationSeconds))];
        return new Figure(column, FigureUnit.Seconds, parts.Sum(part => part.Value), formula, of) { Parts = parts };
    }

    /// <summary>What was billed for each entry, on the day it was worked when it was billed.</summary>
    public static IEnumerable<Part> Billed(IEnumerable<InvoicedShare> shares) => shares
        .Select(share => new Part(new Thing(ThingKind.Entry, share.EntryId), share.Minor, share.Work.WorkedOn));

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
