namespace Billing.EventStore.Port;

/// <summary>
/// The log of every business. Writing is atomic within one book; nothing is ever deleted, truncated or edited.
/// One conformance suite (<c>StoreConformance</c>) says what each adapter must do.
/// </summary>
public interface IEventStore : IAsyncDisposable
{
    /// <summary>
    /// Appends to one or more streams of one book, all or nothing, durable before it returns. A retry with the same
    /// event ids answers what the first try answered. Cancelling gives up waiting; the append may still happen, and a
    /// retry finds out.
    /// </summary>
    /// <exception cref="ArgumentException">The request is malformed (<c>RequestRules</c>) or uses an event id twice.</exception>
    /// <exception cref="EventStoreException">The store is broken; whether the append was stored, a retry finds out.</exception>
    ValueTask<AppendOutcome> Append(AppendRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Up to <paramref name="limit"/> events of a stream, from <paramref name="from"/> (a version, inclusive) onwards, or
    /// from there back to the first. Backwards, <see cref="long.MaxValue"/> starts at the head. A stream that does not
    /// exist is empty.
    /// </summary>
    ValueTask<IReadOnlyList<StoredEvent>> ReadStream(
        BookId book, string stream, long from, int limit, ReadDirection direction, CancellationToken cancellationToken);

    /// <summary>
    /// Shows all events of a stream to the visitor, in order, with nothing that folding a state has no need of. The answer is
    /// the stream's version: 0 where it does not exist. What the visitor throws comes out as it is.
    /// </summary>
    async ValueTask<long> VisitStream(BookId book, string stream, EventVisitor visitor, CancellationToken cancellationToken)
    {
        const int pageEvents = 500;
        for (var version = 0L; ;)
        {
            var page = await ReadStream(book, stream, version + 1, pageEvents, ReadDirection.Forwards, cancellationToken)
                .ConfigureAwait(false);
            foreach (var stored in page)
                visitor(stored.Position, stored.Type, stored.Data.Span, stored.ConfidentialKey is null ? stored.Confidential.Span : default);
            version += page.Count;
            if (page.Count < pageEvents) return version;
        }
    }

    /// <summary>Up to <paramref name="limit"/> events of a book after the given place, in order.</summary>
    ValueTask<IReadOnlyList<StoredEvent>> ReadBook(
        BookId book, long afterPlace, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Up to <paramref name="limit"/> events of all books after the given position, in order. A reader never sees a later
    /// position before an earlier one.
    /// </summary>
    ValueTask<IReadOnlyList<StoredEvent>> ReadFeed(long afterPosition, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Every event after the given position, first those stored, then each new one once it is durable, without a gap or a
    /// repeat, in batches of at least one event, until cancelled, which it answers with an
    /// <see cref="OperationCanceledException"/>.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<StoredEvent>> Subscribe(long afterPosition, CancellationToken cancellationToken);

    /// <summary>The position of the newest event; 0 in an empty store.</summary>
    ValueTask<long> HeadPosition(CancellationToken cancellationToken);

    /// <summary>
    /// What was appended to a book under an idempotency key, or null. The answer to a repeated request is worked out from it.
    /// </summary>
    ValueTask<KeyedAppend?> FindByIdempotencyKey(BookId book, string key, CancellationToken cancellationToken);
}

/// <param name="data">These bytes and the next are there until the visitor returns.</param>
/// <param name="confidential">Empty where the event has none, or where it is sealed.</param>
public delegate void EventVisitor(long position, string type, ReadOnlySpan<byte> data, ReadOnlySpan<byte> confidential);

public enum ReadDirection { Forwards, Backwards }
