using System.Runtime.CompilerServices;
using Billing.EventStore.Port;

namespace Billing.EventStore.Sealing;

/// <summary>
/// Seals what is appended and opens what is read, over whichever engine: the engine sees only bytes, and who decides or projects
/// only events.
/// </summary>
public sealed class SealedEventStore(IEventStore inner, KeyRing keys) : IEventStore
{
    private const int PageEvents = 2_000;

    private readonly EventSeal seal = new(keys);

    /// <summary>The engine: events as they are stored, which is what the chain runs over.</summary>
    internal IEventReader Engine => inner;

    public ValueTask<AppendOutcome> Append(AppendRequest request, CancellationToken cancellationToken)
    {
        var writes = new StreamAppend[request.Writes.Count];
        for (var i = 0; i < writes.Length; i++) writes[i] = Seal(request.Book, request.Writes[i]);
        return inner.Append(request with { Writes = writes }, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadStream(
        BookId book, string stream, long from, int limit, ReadDirection direction, CancellationToken cancellationToken) =>
        seal.Open(await inner.ReadStream(book, stream, from, limit, direction, cancellationToken).ConfigureAwait(false));

    public async ValueTask<long> VisitStream(
        BookId book, string stream, EventVisitor visitor, CancellationToken cancellationToken)
    {
        using var opener = seal.Opener();
        return await inner.VisitStream(book, stream, visited => visitor(opener.Open(book, stream, visited)), cancellationToken)
            .ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadBook(
        BookId book, long afterPlace, int limit, CancellationToken cancellationToken) =>
        seal.Open(await inner.ReadBook(book, afterPlace, limit, cancellationToken).ConfigureAwait(false));

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadFeed(long afterPosition, int limit, CancellationToken cancellationToken) =>
        seal.Open(await inner.ReadFeed(afterPosition, limit, cancellationToken).ConfigureAwait(false));

    public ValueTask<IReadOnlyList<BookId>> ReadBooks(BookId? after, int limit, CancellationToken cancellationToken) =>
        inner.ReadBooks(after, limit, cancellationToken);

    public ValueTask<long> HeadPosition(CancellationToken cancellationToken) => inner.HeadPosition(cancellationToken);

    public async ValueTask<KeyedAppend?> FindByIdempotencyKey(BookId book, string key, CancellationToken cancellationToken)
    {
        var found = await inner.FindByIdempotencyKey(book, key, cancellationToken).ConfigureAwait(false);
        return found is null ? null : found with { Events = seal.Open(found.Events) };
    }

    public async IAsyncEnumerable<IReadOnlyList<StoredEvent>> Subscribe(
        long afterPosition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in inner.Subscribe(afterPosition, cancellationToken).ConfigureAwait(false))
            yield return seal.Open(batch);
    }

    /// <summary>Events of a book whose confidential part is not sealed, and which no erasure reaches.</summary>
    public async ValueTask<int> CountPlain(BookId book, CancellationToken cancellationToken)
    {
        var (plain, place) = (0, 0L);
        while (await inner.ReadBook(book, place, PageEvents, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            plain += page.Count(stored => stored is { ConfidentialKey: null, Confidential.IsEmpty: false });
            place = page[^1].Place;
        }
        return plain;
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private StreamAppend Seal(BookId book, StreamAppend write)
    {
        var events = new NewEvent[write.Events.Count];
        for (var i = 0; i < events.Length; i++) events[i] = seal.Seal(book, write.Stream, write.Events[i]);
        return write with { Events = events };
    }
}

internal static class StoredBytes
{
    /// <summary>The reader that gives events as they are stored, sealed parts as bytes: chains are verified by it alone.</summary>
    public static IEventReader AsStored(this IEventReader store) => store is SealedEventStore sealing ? sealing.Engine : store;
}
