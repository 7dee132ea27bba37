namespace Billing.EventStore.Sqlite;

/// <summary>
/// The bounded queue before the writer. The writer takes all that waits at once, so that a group forms by itself while
/// the group before it is being made durable; there is no timer.
/// </summary>
internal sealed class AppendQueue(int capacity, long byteCapacity)
{
    private readonly object gate = new();
    private List<PendingAppend> waiting = [];
    private long waitingBytes;
    private bool writerSleeps;
    private bool closed;

    /// <summary>False where the queue is full.</summary>
    /// <exception cref="ObjectDisposedException">The store is closing.</exception>
    public bool TryAdd(PendingAppend append)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, typeof(SqliteEventStore));
            var full = waiting.Count >= capacity || (waiting.Count > 0 && waitingBytes + append.Bytes > byteCapacity);
            if (full) return false;
            waiting.Add(append);
            waitingBytes += append.Bytes;
            if (writerSleeps) Monitor.Pulse(gate);
            return true;
        }
    }

    /// <summary>
    /// Waits for work and hands it over in exchange for an empty list. False once the queue is closed and empty.
    /// </summary>
    public bool Take(ref List<PendingAppend> batch)
    {
        lock (gate)
        {
            while (waiting.Count == 0)
            {
                if (closed) return false;
                writerSleeps = true;
                Monitor.Wait(gate);
                writerSleeps = false;
            }
            (waiting, batch) = (batch, waiting);
            waitingBytes = 0;
            return true;
        }
    }

    public void Close()
    {
        lock (gate)
        {
            closed = true;
            Monitor.PulseAll(gate);
        }
    }
}
