using Billing.EventStore.Port;

namespace Billing.EventStore.Sqlite;

/// <summary>
/// Events that were just committed, for whoever follows them: what this process wrote itself need not be read back, opened and
/// decoded. Bounded, and let go once it was given: one follows in a server, and another reads the file.
/// </summary>
internal sealed class JustCommitted(int mostEvents = 16_384, long mostBytes = 16L << 20)
{
    private readonly Lock gate = new();
    private readonly Queue<StoredEvent> kept = new();
    private long bytes;
    private int followers;

    /// <summary>Otherwise nothing needs to be kept.</summary>
    public bool IsFollowed => Volatile.Read(ref followers) > 0;

    /// <summary>Somebody follows, until what is returned is disposed.</summary>
    public Following Follow()
    {
        Interlocked.Increment(ref followers);
        return new Following(this);
    }

    /// <summary>Takes what one commit wrote, in order. Whoever has fallen too far behind reads it from the file.</summary>
    public void Add(IReadOnlyList<StoredEvent> committed)
    {
        lock (gate)
        {
            foreach (var stored in committed)
            {
                kept.Enqueue(stored);
                bytes += Size(stored);
            }
            if (kept.Count > mostEvents || bytes > mostBytes) Clear();
        }
    }

    /// <summary>The events right behind the position, or null where the file has to be asked.</summary>
    public IReadOnlyList<StoredEvent>? TakeAfter(long position, int limit)
    {
        lock (gate)
        {
            while (kept.TryPeek(out var known) && known.Position <= position) Take();
            var page = new List<StoredEvent>(Math.Min(limit, kept.Count));
            // Events whose bytes are not ours alone were left out: what lies behind such a gap waits until the file was read up to it.
            while (page.Count < limit && kept.TryPeek(out var next) && next.Position == position + page.Count + 1) page.Add(Take());
            return page.Count == 0 ? null : page;
        }
    }

    private StoredEvent Take()
    {
        var stored = kept.Dequeue();
        bytes -= Size(stored);
        return stored;
    }

    private void Clear()
    {
        kept.Clear();
        bytes = 0;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref followers) > 0) return;
        lock (gate) Clear();
    }

    private static int Size(StoredEvent stored) => stored.Data.Length + stored.Confidential.Length;

    /// <summary>One who follows.</summary>
    internal readonly struct Following(JustCommitted committed) : IDisposable
    {
        public void Dispose() => committed.Leave();
    }
}
