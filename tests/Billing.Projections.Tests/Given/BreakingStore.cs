using Billing.EventStore.Port;

namespace Billing.Projections.Tests.Given;

/// <summary>A store whose disk fails at one page of the feed, once, and works before and after.</summary>
internal sealed class BreakingStore(IEventStore store, int page) : IEventStore
{
    private int pages;

    public ValueTask<IReadOnlyList<StoredEvent>> ReadFeed(long afterPosition, int limit, CancellationToken cancellationToken) =>
        ++pages == page ? throw new IOException("The disk is gone.") : store.ReadFeed(afterPosition, limit, cancellationToken);

    public ValueTask<AppendOutcome> Append(AppendRequest request, CancellationToken cancellationToken) =>
        store.Append(request, cancellationToken);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadStream(
        BookId book, string stream, long from, int limit, ReadDirection direction, CancellationToken cancellationToken) =>
        store.ReadStream(book, stream, from, limit, direction, cancellationToken);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadBook(
        BookId book, long afterPlace, int limit, CancellationToken cancellationToken) =>
        store.ReadBook(book, afterPlace, limit, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<StoredEvent>> Subscribe(long afterPosition, CancellationToken cancellationToken) =>
        store.Subscribe(afterPosition, cancellationToken);

    public ValueTask<long> HeadPosition(CancellationToken cancellationToken) => store.HeadPosition(cancellationToken);

    public ValueTask<KeyedAppend?> FindByIdempotencyKey(BookId book, string key, CancellationToken cancellationToken) =>
        store.FindByIdempotencyKey(book, key, cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
