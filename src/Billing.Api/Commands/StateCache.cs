using System.Collections.Concurrent;
using Billing.EventStore.Port;

namespace Billing.Api.Commands;

/// <summary>
/// Folded states by stream, bounded. A state is only ever a hint: every append names the versions that it was decided on,
/// so a stale one ends in a conflict and is dropped, never in a wrong event.
/// </summary>
public sealed class StateCache(int capacity = 50_000)
{
    private readonly ConcurrentDictionary<(BookId, string), Entry> _entries = new();
    private readonly ConcurrentQueue<(BookId, string)> _arrivals = new();

    public bool TryGet(BookId book, string stream, out object state, out long version)
    {
        var found = _entries.TryGetValue((book, stream), out var entry);
        state = entry.State;
        version = entry.Version;
        return found;
    }

    /// <summary>Keeps a state unless a newer one is there already.</summary>
    public void Put(BookId book, string stream, object state, long version)
    {
        var key = (book, stream);
        var isNew = true;
        _entries.AddOrUpdate(key, new Entry(state, version), (_, old) =>
        {
            isNew = false;
            return old.Version > version ? old : new Entry(state, version);
        });
        if (!isNew) return;
        _arrivals.Enqueue(key);
        while (_entries.Count > capacity && _arrivals.TryDequeue(out var oldest)) _entries.TryRemove(oldest, out _);
    }

    public void Drop(BookId book, string stream) => _entries.TryRemove((book, stream), out _);

    private readonly record struct Entry(object State, long Version);
}
