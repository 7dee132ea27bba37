using Billing.EventStore.Feed;
using Billing.EventStore.Port;

namespace Billing.EventStore.Memory;

/// <summary>The event store in memory: one lock, plain lists, gone with the process.</summary>
public sealed class MemoryEventStore : IEventStore
{
    private const int PageEvents = 1_000;

    private readonly Lock gate = new();
    private readonly List<StoredEvent> feed = [];
    private readonly Dictionary<BookId, MemoryBook> books = [];
    private readonly CommitSignal signal = new(0);

    public ValueTask<AppendOutcome> Append(AppendRequest request, CancellationToken cancellationToken)
    {
        RequestRules.Check(request);
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (!books.TryGetValue(request.Book, out var book)) books.Add(request.Book, book = new MemoryBook(request.Book));
            var outcome = book.Append(request, feed);
            signal.Publish(feed.Count);
            return ValueTask.FromResult(outcome);
        }
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadStream(
        BookId book, string stream, long from, int limit, ReadDirection direction, CancellationToken cancellationToken)
    {
        RequestRules.CheckText(stream, "stream");
        return Read(ReadPage, cancellationToken);

        IReadOnlyList<StoredEvent> ReadPage()
        {
            var events = books.GetValueOrDefault(book)?.Stream(stream) ?? [];
            return direction == ReadDirection.Forwards
                ? Slice(events, from - 1, limit)
                : [.. Enumerable.Reverse(events).SkipWhile(e => e.Version > from).Take(limit)];
        }
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadBook(
        BookId book, long afterPlace, int limit, CancellationToken cancellationToken) =>
        Read(() => Slice(books.GetValueOrDefault(book)?.Events ?? [], afterPlace, limit), cancellationToken);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadFeed(long afterPosition, int limit, CancellationToken cancellationToken) =>
        Read(() => Slice(feed, afterPosition, limit), cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<StoredEvent>> Subscribe(long afterPosition, CancellationToken cancellationToken) =>
        Subscription.Follow(
            signal,
            (position, _) =>
            {
                lock (gate) return ValueTask.FromResult<IReadOnlyList<StoredEvent>>(Slice(feed, position, PageEvents));
            },
            afterPosition,
            cancellationToken);

    public ValueTask<long> HeadPosition(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(signal.Head);
    }

    public ValueTask<KeyedAppend?> FindByIdempotencyKey(BookId book, string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate) return ValueTask.FromResult(books.GetValueOrDefault(book)?.FindKey(key));
    }

    /// <summary>Ends the subscriptions.</summary>
    public ValueTask DisposeAsync()
    {
        signal.Close();
        return ValueTask.CompletedTask;
    }

    private ValueTask<IReadOnlyList<StoredEvent>> Read(
        Func<IReadOnlyList<StoredEvent>> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate) return ValueTask.FromResult(read());
    }

    /// <summary>Copied, because the list grows while the reader walks its page.</summary>
    private static List<StoredEvent> Slice(List<StoredEvent> events, long skip, int limit)
    {
        var start = (int)Math.Clamp(skip, 0, events.Count);
        return events.GetRange(start, Math.Clamp(limit, 0, events.Count - start));
    }
}
