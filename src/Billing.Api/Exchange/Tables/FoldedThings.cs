using Billing.Domain;
using Billing.EventStore.Codec;
using Billing.EventStore.Port;

namespace Billing.Api.Exchange.Tables;

/// <summary>Things of one kind, folded from the book's events, that no report is made of and that its fold has not.</summary>
internal sealed class FoldedThings<TState, TEvent>(StreamType<TState, TEvent> type) : IFoldedThings
    where TState : notnull
    where TEvent : notnull
{
    private readonly SortedDictionary<Guid, TState> states = [];

    /// <summary>By their ids, in the order of these.</summary>
    public IReadOnlyDictionary<Guid, TState> States => states;

    public void Add(StoredEvent stored)
    {
        // A longer category may begin with the same word: what follows the dash is an id, or it is another's stream.
        if (!stored.Stream.StartsWith($"{type.Category}-", StringComparison.Ordinal)
            || !Guid.TryParseExact(stored.Stream.AsSpan(type.Category.Length + 1), "D", out var id))
            return;
        states[id] = type.Evolve(states.GetValueOrDefault(id, type.Initial), (TEvent)(object)EventCodec.Decode(stored));
    }
}

internal interface IFoldedThings
{
    /// <summary>Folds an event in where it is about a thing of this kind.</summary>
    void Add(StoredEvent stored);
}
