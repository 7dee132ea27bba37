using Billing.EventStore.Port;
using Billing.Projections.Invoicing;
using Billing.Projections.Ledger;
using Billing.Projections.Storage;
using Billing.Projections.TimeTracking;

namespace Billing.Benchmarks;

/// <summary>What a caller does with a store and its read models, given a place in them.</summary>
internal sealed record ScaleOperation(string Name, Func<IEventStore, ReadDatabase, ScaleSite, ValueTask> Run)
{
    public Func<ScaleWorkload, ScaleSite> Site { get; private init; } = workload => workload.NextSite();

    public static IReadOnlyList<ScaleOperation> All { get; } =
    [
        new("durable append", (store, _, site) => Append(store, site.Event)),
        new("read 30 events of a stream", async (store, _, site) => NotEmpty(await store.ReadStream(
            site.Event.Book, site.Event.Stream, 1, 30, ReadDirection.Forwards, CancellationToken.None))),
        new("read 50 events of a book", async (store, _, site) =>
            NotEmpty(await store.ReadBook(site.Event.Book, site.Event.Place - 50, 50, CancellationToken.None))),
        new("read the feed's last 100", async (store, _, _) =>
        {
            var head = await store.HeadPosition(CancellationToken.None);
            NotEmpty(await store.ReadFeed(head - 100, 100, CancellationToken.None));
        }),
        new("find an idempotency key and its events", async (store, _, site) => NotEmpty((await store.FindByIdempotencyKey(
            site.Event.Book, site.Event.Metadata.IdempotencyKey!, CancellationToken.None))?.Events ?? [])),
        new("query a week", (_, models, site) =>
        {
            NotEmpty(new TimeQueries(models).Week(site.Event.Book, site.Week).Entries);
            return ValueTask.CompletedTask;
        }),
        new("query a client's unbilled work", (_, models, site) =>
        {
            NotEmpty(new UnbilledQueries(models).Work(site.Event.Book, site.Entry.ClientId, site.Entry.WorkedOn).Entries);
            return ValueTask.CompletedTask;
        })
        { Site = workload => workload.NextUnbilledSite() },
        new("query all clients' unbilled totals", (_, models, site) =>
        {
            NotEmpty(new UnbilledQueries(models).Totals(site.Event.Book, site.Entry.WorkedOn));
            return ValueTask.CompletedTask;
        })
        { Site = workload => workload.NextUnbilledSite() },
        new("query receivables by age", (store, models, site) =>
        {
            _ = new LedgerQueries(models).Receivables(site.Event.Book, site.Entry.WorkedOn);
            return ValueTask.CompletedTask;
        }),
    ];

    private static async ValueTask Append(IEventStore store, StoredEvent near)
    {
        var @event = new NewEvent(Guid.CreateVersion7(), near.Type, near.Data, near.Confidential);
        var request = new AppendRequest(
            near.Book, [new StreamAppend(near.Stream, StreamAppend.AnyVersion, [@event])], [],
            near.Metadata with { IdempotencyKey = $"{Guid.CreateVersion7():D}" });
        if (await store.Append(request, CancellationToken.None) is not AppendOutcome.Appended)
            throw new InvalidOperationException("The store refused an append.");
    }

    private static void NotEmpty<T>(IReadOnlyList<T> found)
    {
        if (found.Count == 0) throw new InvalidOperationException("Nothing was read.");
    }
}
