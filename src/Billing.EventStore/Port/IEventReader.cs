namespace Billing.EventStore.Port;

/// <summary>
/// What can be read of a store. Some have only this half: a file that another process writes, or a backup.
/// </summary>
public interface IEventReader : IAsyncDisposable
{
    /// <summary>
    /// Up to <paramref name="limit"/> events of a stream, from <paramref name="from"/> (a version, inclusive) onwards, or
    /// from there back to the first. Backwards, <see cref="long.MaxValue"/> starts at the head. A stream that does not
    /// exist is empty.
    /// </summary>
    ValueTask<IReadOnlyList<StoredEvent>> ReadStream(
        BookId book, string stream, long from, int limit, ReadDirection direction, CancellationToken cancellationToken);

    /// <summary>
    /// Shows all events of a stream to the visitor, in order, with nothing that folding a state has no need of. The answer is
    /// the stream's version: 0 where it does not exist. What the visitor throws comes out as it is. An engine whose rows can be
    /// shown without a copy overrides this.
    /// </summary>
    ValueTask<long> VisitStream(BookId book, string stream, EventVisitor visitor, CancellationToken cancellationToken) =>
        StreamVisit.Read(this, book, stream, after: 0, visitor, cancellationToken);

    /// <summary>Up to <paramref name="limit"/> events of a book after the given place, in order.</summary>
    ValueTask<IReadOnlyList<StoredEvent>> ReadBook(
        BookId book, long afterPlace, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Up to <paramref name="limit"/> events of all books after the given position, which is 0 or one that this store has
    /// told, in order. A reader never sees a later position before an earlier one.
    /// </summary>
    ValueTask<IReadOnlyList<StoredEvent>> ReadFeed(long afterPosition, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Up to <paramref name="limit"/> books that have events, after the given one, in the order of their ids' bytes.
    /// An engine with a list of its books overrides this reading of the whole feed.
    /// </summary>
    ValueTask<IReadOnlyList<BookId>> ReadBooks(BookId? after, int limit, CancellationToken cancellationToken) =>
        FeedBooks.Read(this, after, limit, cancellationToken);

    /// <summary>The position of the newest event; 0 in an empty store.</summary>
    ValueTask<long> HeadPosition(CancellationToken cancellationToken);

    /// <summary>
    /// What was appended to a book under an idempotency key, or null. The answer to a repeated request is worked out from it.
    /// </summary>
    ValueTask<KeyedAppend?> FindByIdempotencyKey(BookId book, string key, CancellationToken cancellationToken);
}

public delegate void EventVisitor(VisitedEvent visited);

/// <summary>What folding a state has need of. Its bytes are there until the visitor returns.</summary>
/// <param name="confidential">As it is stored: sealed where there is a key.</param>
public readonly ref struct VisitedEvent(
    long position, Guid id, string type, ReadOnlySpan<byte> data, Guid? confidentialKey, ReadOnlySpan<byte> confidential)
{
    public long Position => position;

    public Guid Id => id;

    public string Type => type;

    public ReadOnlySpan<byte> Data { get; } = data;

    /// <summary>The key that sealed the confidential part; null where that is plain.</summary>
    public Guid? ConfidentialKey => confidentialKey;

    public ReadOnlySpan<byte> Confidential { get; } = confidential;

    /// <summary>The confidential part that can be read: empty where the event has none, or where it is sealed.</summary>
    public ReadOnlySpan<byte> Plain => ConfidentialKey is null ? Confidential : default;

    /// <summary>The same event with its confidential part in plain.</summary>
    public VisitedEvent Opened(ReadOnlySpan<byte> plain) => new(Position, Id, Type, Data, null, plain);
}

public enum ReadDirection { Forwards, Backwards }
