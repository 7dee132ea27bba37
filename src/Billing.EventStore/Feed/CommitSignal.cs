using Billing.EventStore.Port;

namespace Billing.EventStore.Feed;

/// <summary>The position up to which events are durable, and the bell that rings when it moves.</summary>
internal sealed class CommitSignal(long head)
{
    private readonly Lock gate = new();
    private long head = head;
    private TaskCompletionSource? waiting;
    private bool closed;

    public long Head => Volatile.Read(ref head);

    /// <summary>News may come late, and from several sources: the head only moves forward.</summary>
    public void Publish(long position)
    {
        TaskCompletionSource? woken;
        lock (gate)
        {
            if (position <= head) return;
            Volatile.Write(ref head, position);
            woken = waiting;
            waiting = null;
        }
        woken?.TrySetResult();
    }

    /// <summary>Ends once the head has moved beyond the position. A wake-up may come early; the caller reads again.</summary>
    /// <exception cref="ObjectDisposedException">The store was closed.</exception>
    public Task WaitBeyond(long position)
    {
        lock (gate)
        {
            if (closed) return Task.FromException(new ObjectDisposedException(nameof(IEventStore)));
            if (head > position) return Task.CompletedTask;
            waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return waiting.Task;
        }
    }

    public void Close()
    {
        lock (gate)
        {
            closed = true;
            waiting?.TrySetException(new ObjectDisposedException(nameof(IEventStore)));
            waiting = null;
        }
    }
}
