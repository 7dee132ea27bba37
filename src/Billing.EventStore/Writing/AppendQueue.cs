using Billing.EventStore.Port;

namespace Billing.EventStore.Writing;

/// <summary>
/// The bounded queue before the writer. The writer takes all that waits at once, so that a group forms by itself while
/// the group before it is being made durable; there is no timer.
/// </summary>
internal sealed class AppendQueue(int capacity, long byteCapacity)
{
    private readonly object gate = new();
    private readonly List<PendingAppend> waiting = [];
    private long waitingBytes;
    private bool writerSleeps;
    private bool closed;

    /// <summary>Waits for what becomes of the append. Giving up leaves it to the writer, and a retry to find out.</summary>
    /// <exception cref="ObjectDisposedException">The store is closing.</exception>
    public ValueTask<AppendOutcome> Append(AppendRequest request, CancellationToken cancellationToken)
    {
        var pending = new PendingAppend(request, cancellationToken);
        if (!TryAdd(pending)) return ValueTask.FromResult<AppendOutcome>(new AppendOutcome.Busy());
        return new ValueTask<AppendOutcome>(
            cancellationToken.CanBeCanceled ? pending.Task.WaitAsync(cancellationToken) : pending.Task);
    }

    /// <summary>False where the queue is full.</summary>
    /// <exception cref="ObjectDisposedException">The store is closing.</exception>
    private bool TryAdd(PendingAppend append)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, typeof(IEventStore));
            var full = waiting.Count >= capacity || (waiting.Count > 0 && waitingBytes + append.Bytes > byteCapacity);
            if (full) return false;
            waiting.Add(append);
            waitingBytes += append.Bytes;
            if (writerSleeps) Monitor.Pulse(gate);
            return true;
        }
    }

    /// <summary>Waits for work and moves it to the group. False once the queue is closed and empty.</summary>
    public bool Take(List<PendingAppend> group)
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
            return MoveTo(group);
        }
    }

    /// <summary>Moves what has come in the meantime to the group, without waiting. False where nothing has.</summary>
    public bool TakeMore(List<PendingAppend> group)
    {
        lock (gate) return MoveTo(group);
    }

    public void Close()
    {
        lock (gate)
        {
            closed = true;
            Monitor.PulseAll(gate);
        }
    }

    private bool MoveTo(List<PendingAppend> group)
    {
        if (waiting.Count == 0) return false;
        group.AddRange(waiting);
        waiting.Clear();
        waitingBytes = 0;
        return true;
    }
}
