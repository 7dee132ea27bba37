namespace Billing.Projections.Running;

/// <summary>The position up to which the read models have come, and whoever waits for it to move on.</summary>
internal sealed class Watermark(long position)
{
    private readonly Lock gate = new();
    private TaskCompletionSource moved = NewSource();
    private long position = position;

    public long Position => Volatile.Read(ref position);

    /// <summary>Wakes all who wait, also where the position has not moved but will not move any more.</summary>
    public void Publish(long newPosition) => Publish(() => newPosition);

    /// <param name="newPosition">Asked for between this publication and the one before or after it.</param>
    public void Publish(Func<long> newPosition)
    {
        TaskCompletionSource woken;
        lock (gate)
        {
            Volatile.Write(ref position, newPosition());
            (woken, moved) = (moved, NewSource());
        }
        woken.SetResult();
    }

    /// <summary>Ends with the next publication. Take it first, look at the position after that.</summary>
    public Task NextMove()
    {
        lock (gate) return moved.Task;
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
