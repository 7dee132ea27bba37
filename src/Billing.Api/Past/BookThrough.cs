using Billing.EventStore.Port;

namespace Billing.Api.Past;

/// <summary>One book of a store as far as a place, with events behind it that are stored nowhere. Nothing can be written to it.</summary>
/// <param name="more">Behind the place, with the versions that their streams would have.</param>
internal sealed class BookThrough(IEventStore events, BookId book, long place, IReadOnlyList<StoredEvent> more) : IEventStore
{
    public async ValueTask<IReadOnlyList<StoredEvent>> ReadStream(
        BookId asked, string stream, long from, int limit, ReadDirection direction, CancellationToken cancellationToken)
    {
        if (asked != book) return [];
        return direction == ReadDirection.Forwards
            ? await Forwards(stream, from, limit, cancellationToken)
            : await Backwards(stream, from, limit, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadBook(
        BookId asked, long afterPlace, int limit, CancellationToken cancellationToken)
    {
        if (asked != book) return [];
        var stored = afterPlace >= place
            ? []
            : await events.ReadBook(book, afterPlace, (int)Math.Min(limit, place - afterPlace), cancellationToken);
        return [.. stored, .. more.Where(e => e.Place > afterPlace).Take(limit - stored.Count)];
    }

    public async ValueTask<long> HeadPosition(CancellationToken cancellationToken) =>
        more.Count > 0 ? more[^1].Position : (await BookPlaces.At(events, book, place, cancellationToken))?.Position ?? 0;

    public ValueTask<IReadOnlyList<StoredEvent>> ReadFeed(long afterPosition, int limit, CancellationToken cancellationToken) =>
        throw Elsewhere();

    public ValueTask<KeyedAppend?> FindByIdempotencyKey(BookId asked, string key, CancellationToken cancellationToken) =>
        throw Elsewhere();

    public ValueTask<AppendOutcome> Append(AppendRequest request, CancellationToken cancellationToken) => throw Elsewhere();

    public IAsyncEnumerable<IReadOnlyList<StoredEvent>> Subscribe(long afterPosition, CancellationToken cancellationToken) =>
        throw Elsewhere();

    /// <summary>The store behind it is its owner's.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<IReadOnlyList<StoredEvent>> Forwards(string stream, long from, int limit, CancellationToken cancellationToken)
    {
        var page = await events.ReadStream(book, stream, from, limit, ReadDirection.Forwards, cancellationToken);
        if (page.Count == limit && page[^1].Place <= place) return page;
        var known = page.TakeWhile(stored => stored.Place <= place).ToList();
        return [.. known, .. more.Where(e => e.Stream == stream && e.Version >= from).Take(limit - known.Count)];
    }

    private async ValueTask<IReadOnlyList<StoredEvent>> Backwards(string stream, long from, int limit, CancellationToken cancellationToken)
    {
        var found = more.Where(e => e.Stream == stream && e.Version <= from).Reverse().Take(limit).ToList();
        while (found.Count < limit)
        {
            var page = await events.ReadStream(book, stream, from, limit, ReadDirection.Backwards, cancellationToken);
            found.AddRange(page.Where(stored => stored.Place <= place).Take(limit - found.Count));
            if (page.Count < limit) break;
            from = page[^1].Version - 1;
        }
        return found;
    }

    private static NotSupportedException Elsewhere() => new("A book of the past is read alone, and never written.");
}
