using Billing.Domain;
using Billing.EventStore.Port;

namespace Billing.EventStore.Codec;

/// <summary>The state of a stream by what is stored of it.</summary>
public static class StoredStates
{
    private const int PageEvents = 200;

    /// <returns>The state, and the version that it is of; the initial one and 0 for a stream without events.</returns>
    public static async ValueTask<(TState State, long Version)> Fold<TState, TEvent>(
        this IEventReader store, StreamType<TState, TEvent> type, BookId book, string stream, CancellationToken cancellationToken)
        where TState : notnull
        where TEvent : notnull
    {
        var state = type.Initial;
        var version = await store.VisitStream(
            book, stream,
            visited => state = type.Evolve(
                state, (TEvent)EventCodec.Decode(visited.Type, visited.Data, visited.Plain, visited.Position)),
            cancellationToken).ConfigureAwait(false);
        return (state, version);
    }

    /// <summary>The same from a state that is known already, of the version given.</summary>
    public static async ValueTask<(TState State, long Version)> FoldOn<TState, TEvent>(
        this IEventReader store, StreamType<TState, TEvent> type, BookId book, string stream, TState state, long version,
        CancellationToken cancellationToken)
        where TState : notnull
        where TEvent : notnull
    {
        while (true)
        {
            var page = await store.ReadStream(book, stream, version + 1, PageEvents, ReadDirection.Forwards, cancellationToken)
                .ConfigureAwait(false);
            foreach (var stored in page) state = type.Evolve(state, (TEvent)EventCodec.Decode(stored));
            version += page.Count;
            if (page.Count < PageEvents) return (state, version);
        }
    }
}
