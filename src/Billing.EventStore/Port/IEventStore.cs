namespace Billing.EventStore.Port;

/// <summary>
/// The log of every business. Writing is atomic within one book; nothing is ever deleted, truncated or edited.
/// One conformance suite (<c>StoreConformance</c>) says what each adapter must do.
/// </summary>
public interface IEventStore : IEventReader
{
    /// <summary>
    /// Appends to one or more streams of one book, all or nothing, durable before it returns. A retry with the same
    /// event ids answers what the first try answered. Cancelling gives up waiting; the append may still happen, and a
    /// retry finds out.
    /// </summary>
    /// <exception cref="ArgumentException">The request is malformed (<c>RequestRules</c>), uses an event id twice, or is larger
    /// than the engine takes at once, which is at least 1 MiB with its metadata.</exception>
    /// <exception cref="EventStoreException">The store is broken; whether the append was stored, a retry finds out.</exception>
    ValueTask<AppendOutcome> Append(AppendRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Every event after the given position (0 or one that this store has told), first those stored, then each new one
    /// once it is durable, without a gap or a repeat, in batches of at least one event, until cancelled, which it answers
    /// with an <see cref="OperationCanceledException"/>.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<StoredEvent>> Subscribe(long afterPosition, CancellationToken cancellationToken);
}
