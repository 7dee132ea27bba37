using Billing.Domain;
using Billing.EventStore.Port;

namespace Billing.EventStore.Codec;

/// <summary>The state of a stream by what is stored of it.</summary>
public static class StoredStates
{
    /// <returns>The state, and the version that it is of; the initial one and 0 for a stream without events.</returns>
    public static ValueTask<(TState State, long Version)> Fold<TState, TEvent>(
        this IEventReader store, StreamType<TState, TEvent> type, BookId book, string stream, CancellationToken cancellationToken)
        where TState : notnull
        where TEvent : notnull => store.FoldOn(type, book, stream, type.Initial, 0, cancellationToken);

    /// <summary>The same from a state that is known already, of the version given.</summary>
    public static async ValueTask<(TState State, long Version)> FoldOn<TState, TEvent>(
        this IEventReader store, StreamType<TState, TEvent> type, BookId book, string stream, TState state, long version,
        CancellationToken cancellationToken)
        where TState : notnull
        where TEvent : notnull
    {
        EventVisitor evolve = visited => state = type.Evolve(
            state, (TEvent)EventCodec.Decode(visited.Type, visited.Data, visited.Plain, visited.Position));
        version = version == 0
            ? await store.VisitStream(book, stream, evolve, cancellationToken).ConfigureAwait(false)
            : await StreamVisit.Read(store, book, stream, version, evolve, cancellationToken).ConfigureAwait(false);
        return (state, version);
    }
}
