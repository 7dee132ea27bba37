using Billing.Api.Expenses;
using Billing.Api.Retainers;
using Billing.Domain.Quotes;
using Billing.Domain.Retainers;
using Billing.EventStore.Codec;
using Billing.EventStore.Port;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Api.Exchange.Tables;

/// <summary>A practice's book folded once, and every table of it.</summary>
internal sealed class PracticeTables
{
    private const int PageEvents = 2_000;

    private readonly PracticeBook book = new();
    private readonly Dictionary<Guid, QuoteState> quotes = [];

    private PracticeTables() { }

    public static async Task<PracticeTables> Fold(IEventReader store, BookId id, CancellationToken cancellationToken)
    {
        var tables = new PracticeTables();
        while (await store.ReadBook(id, tables.book.Place, PageEvents, cancellationToken) is { Count: > 0 } page)
            foreach (var stored in page) tables.Add(stored);
        return tables;
    }

    public IEnumerable<Guid> RetainerIds =>
        book.Retainers.Where(retainer => retainer.Value is RetainerState.Agreed).Select(retainer => retainer.Key).Order();

    /// <param name="retainers">As they stand on the day.</param>
    public IEnumerable<CsvTable> All(IReadOnlyList<RetainerOnDay> retainers, LocalDate day)
    {
        var names = new BookNames(book);
        return
        [
            .. PeopleTables.Of(names), .. SpendingTables.Of(names), .. InvoiceTables.Of(names), .. AgreementTables.Retainers(names),
            AgreementTables.Periods(retainers), .. AgreementTables.Quotes(names, quotes, day),
        ];
    }

    /// <summary>The receipts that the tables speak of, as far as their files are there.</summary>
    public IEnumerable<(string Path, Stream Content)> Receipts(IReceiptFiles files) => SpendingTables.Files(new BookNames(book))
        .Select(receipt => (SpendingTables.FileOf(receipt), files.Open(receipt.Hash)))
        .Where(file => file.Item2 is not null).Select(file => (file.Item1, file.Item2!));

    private void Add(StoredEvent stored)
    {
        book.Add(stored);
        if (!stored.Stream.StartsWith($"{Quote.Stream.Category}-", StringComparison.Ordinal)) return;
        var id = Guid.Parse(stored.Stream.AsSpan(Quote.Stream.Category.Length + 1));
        quotes[id] = Quote.Stream.Evolve(quotes.GetValueOrDefault(id, Quote.Stream.Initial), (QuoteEvent)EventCodec.Decode(stored));
    }
}
