using System.Collections.Concurrent;
using Billing.EventStore.Port;

namespace Billing.Api.Commands;

/// <summary>
/// Folded states by stream, bounded: what was used of late stays. A state is only ever a hint: every append names the
/// versions that it was decided on, so a stale one ends in a conflict and is dropped, never in a wrong event.
/// </summary>
/// <remarks>
/// When the young generation has half of what may be kept it becomes the old one, and the old one is let go; what is found
/// in the old one becomes young again. Reading what is young takes no lock.
/// </remarks>
/// <param name="mostStates">Kept at most.</param>
/// <param name="mostEvents">
/// That kept states were folded from, together. It stands for their size: a state holds no more than its events brought.
/// One that is larger alone is kept still, since its stream is what it would be dearest to read again.
/// </param>
public sealed class StateCache(int mostStates = 50_000, long mostEvents = 1_000_000)
{
    private readonly Lock _gate = new();
    private volatile Generations _kept = new(NewGeneration(), NewGeneration());
    private long _youngEvents;

    public bool TryGet(BookId book, string stream, out object state, out long version)
    {
        var key = (book, stream);
        var found = _kept.Young.TryGetValue(key, out var entry) || TryRejuvenate(key, out entry);
        state = entry.State;
        version = entry.Version;
        return found;
    }

    /// <summary>Keeps a state unless a newer one is there already.</summary>
    public void Put(BookId book, string stream, object state, long version)
    {
        lock (_gate) Keep((book, stream), new Entry(state, version));
    }

    public void Drop(BookId book, string stream)
    {
        lock (_gate)
        {
            if (_kept.Young.TryRemove((book, stream), out var entry)) _youngEvents -= entry.Version;
            _kept.Old.TryRemove((book, stream), out _);
        }
    }

    /// <summary>Drops every state: something that they were folded from was erased.</summary>
    public void Clear()
    {
        lock (_gate) (_kept, _youngEvents) = (new Generations(NewGeneration(), NewGeneration()), 0);
    }

    /// <summary>Under the lock, since what is not found may just be on its way from one generation to the other.</summary>
    private bool TryRejuvenate((BookId, string) key, out Entry entry)
    {
        lock (_gate)
        {
            if (_kept.Young.TryGetValue(key, out entry)) return true;
            if (!_kept.Old.TryGetValue(key, out entry)) return false;
            Keep(key, entry);
            return true;
        }
    }

    private void Keep((BookId, string) key, Entry entry)
    {
        var (young, old) = _kept;
        if (old.TryRemove(key, out var before) && before.Version > entry.Version) entry = before;
        var isYoung = young.TryGetValue(key, out before);
        if (isYoung && before.Version > entry.Version) return;
        var (others, events) = (young.Count - (isYoung ? 1 : 0), _youngEvents + entry.Version - (isYoung ? before.Version : 0));
        if (others > 0 && (others >= mostStates / 2 || events > mostEvents / 2))
        {
            (_kept, events) = (new Generations(NewGeneration(), Old: young), entry.Version);
            young = _kept.Young;
        }
        young[key] = entry;
        _youngEvents = events;
    }

    private static ConcurrentDictionary<(BookId, string), Entry> NewGeneration() => new(concurrencyLevel: 1, capacity: 31);

    private sealed record Generations(
        ConcurrentDictionary<(BookId, string), Entry> Young, ConcurrentDictionary<(BookId, string), Entry> Old);

    private readonly record struct Entry(object State, long Version);
}
