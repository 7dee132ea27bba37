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

    /// <summary>Asks anew after each publication.</summary>
    public async Task WaitWhile(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Taken before the question: what is published in between ends it at once.
            Task next;
            lock (gate) next = moved.Task;
            if (!condition()) return;
            await next.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
