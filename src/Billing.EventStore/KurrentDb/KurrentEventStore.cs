using Billing.EventStore.Port;

namespace Billing.EventStore.KurrentDb;

/// <summary>
/// The event store on KurrentDB or EventStoreDB (23.10 and later), over the public gRPC protocol. A book is one physical
/// stream, so that an atomic append to several of its streams is one append to one stream of the server. Positions are
/// the server's commit positions: they rise strictly, event by event, and have gaps. A position that this store did not
/// give must not be read from, because it may lie in the middle of a record.
/// </summary>
public sealed class KurrentEventStore : IEventStore
{
    private const int LongestGap = 32;

    private readonly KurrentConnection connection;
    private readonly KurrentReads reads;
    private readonly AppendQuota quota;
    private readonly OpenBooks books;
    private readonly CancellationTokenSource closing = new();
    private int disposed;

    private KurrentEventStore(KurrentStoreOptions options)
    {
        connection = new KurrentConnection(options);
        reads = new KurrentReads(connection);
        quota = new AppendQuota(options);
        books = new OpenBooks(reads, new PhysicalAppend(connection, reads), quota);
    }

    /// <summary>How many books have their index in memory.</summary>
    internal int IndexedBooks => books.Count;

    /// <summary>Finds the server and asks it whether it can do what this adapter needs.</summary>
    /// <exception cref="EventStoreException">No server answers, or it can't append in batches.</exception>
    public static async Task<KurrentEventStore> Open(KurrentStoreOptions options, CancellationToken cancellationToken)
    {
        var store = new KurrentEventStore(options);
        try
        {
            await store.connection.Run(CheckFeatures, cancellationToken).ConfigureAwait(false);
            return store;
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        async Task<bool> CheckFeatures(KurrentNode node)
        {
            var features = await node.Features.GetSupportedMethodsAsync(
                Wire.Empty, node.Headers(requiresLeader: false), cancellationToken: cancellationToken).ConfigureAwait(false);
            const string streams = "event_store.client.streams.streams";
            return features.Methods.Any(m => m is { ServiceName: streams, MethodName: "batchappend" })
                ? true
                : throw new EventStoreException(
                    $"The server at {node.Endpoint} has version {features.EventStoreServerVersion} and no BatchAppend: "
                    + "use 23.10 or later.");
        }
    }

    public ValueTask<AppendOutcome> Append(AppendRequest request, CancellationToken cancellationToken)
    {
        RequestRules.Check(request);
        cancellationToken.ThrowIfCancellationRequested();
        var book = books.Enter(request.Book);
        var pending = new PendingAppend(request, cancellationToken);
        if (!quota.TryTake(pending))
        {
            books.Leave(book);
            return ValueTask.FromResult<AppendOutcome>(new AppendOutcome.Busy());
        }
        if (!book.Writer.Add(pending, finished: () => books.Leave(book))) books.Leave(book);
        return new ValueTask<AppendOutcome>(
            cancellationToken.CanBeCanceled ? pending.Task.WaitAsync(cancellationToken) : pending.Task);
    }

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadStream(
        BookId book, string stream, long from, int limit, ReadDirection direction, CancellationToken cancellationToken)
    {
        RequestRules.CheckText(stream, "stream");
        cancellationToken.ThrowIfCancellationRequested();
        var open = books.Enter(book);
        try
        {
            await open.CatchUp(cancellationToken).ConfigureAwait(false);
            var places = open.Use(index => index.Places(stream, from, limit, direction));
            if (places.Count == 0) return [];
            var found = new List<StoredEvent>(places.Count);
            foreach (var (first, last) in Runs([.. places.Order()]))
                await reads.Book(book, first - 1, last - first + 1, Take, cancellationToken).ConfigureAwait(false);
            if (direction == ReadDirection.Backwards) found.Reverse();
            return found;

            void Take(FiledEvent filed)
            {
                if (filed.Stored.Stream == stream) found.Add(filed.Stored);
            }
        }
        finally
        {
            books.Leave(open);
        }
    }

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadBook(
        BookId book, long afterPlace, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var found = new List<StoredEvent>();
        await reads.Book(book, afterPlace, limit, filed => found.Add(filed.Stored), cancellationToken).ConfigureAwait(false);
        return found;
    }

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadFeed(
        long afterPosition, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await reads.Feed(afterPosition, limit, cancellationToken).ConfigureAwait(false);
    }

    public IAsyncEnumerable<IReadOnlyList<StoredEvent>> Subscribe(long afterPosition, CancellationToken cancellationToken) =>
        new FeedSubscription(connection, reads).Follow(afterPosition, closing.Token, cancellationToken);

    public async ValueTask<long> HeadPosition(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await reads.HeadPosition(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<KeyedAppend?> FindByIdempotencyKey(BookId book, string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var open = books.Enter(book);
        try
        {
            await open.CatchUp(cancellationToken).ConfigureAwait(false);
            if (open.Use(index => index.Key(key)) is not { } use) return null;
            var events = await ReadBook(book, use.First - 1, checked((int)(use.Last - use.First + 1)), cancellationToken)
                .ConfigureAwait(false);
            return new KeyedAppend(use.BodyHash, events);
        }
        finally
        {
            books.Leave(open);
        }
    }

    /// <summary>Writes what waits, ends the subscriptions and lets go of the server.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1) return;
        await books.Close().ConfigureAwait(false);
        await closing.CancelAsync().ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
        closing.Dispose();
    }

    /// <summary>Places of one stream in runs to read at once: others' events between them cost less than a request.</summary>
    private static IEnumerable<(long First, long Last)> Runs(IReadOnlyList<long> places)
    {
        var first = places[0];
        for (var i = 1; i <= places.Count; i++)
        {
            if (i < places.Count && places[i] - places[i - 1] <= LongestGap) continue;
            yield return (first, places[i - 1]);
            if (i < places.Count) first = places[i];
        }
    }
}
