namespace Billing.Projections.Running;

/// <summary>
/// The pause between two batches while following: under load more events come together, and a commit for each handful
/// would cost the writers more than their own: pages that many of them touch are written once for all. A lone event is never
/// held up, and nobody who waits for one is.
/// </summary>
internal sealed class Breather
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly Lock gate = new();
    private TaskCompletionSource called = NewCall();
    private int waiting;

    /// <summary>Somebody waits for an event just now.</summary>
    public bool IsHurried
    {
        get
        {
            lock (gate) return waiting > 0;
        }
    }

    /// <summary>Somebody waits for an event, until what is returned is disposed.</summary>
    public Call Hurry()
    {
        lock (gate)
        {
            waiting++;
            called.TrySetResult();
        }
        return new Call(this);
    }

    /// <summary>Ends after the pause, or as soon as somebody waits.</summary>
    public async ValueTask Take(CancellationToken cancellationToken)
    {
        Task call;
        lock (gate) call = called.Task;
        if (!call.IsCompleted) await Task.WhenAny(call, Task.Delay(Pause, cancellationToken)).ConfigureAwait(false);
    }

    private void Served()
    {
        lock (gate)
            if (--waiting == 0) called = NewCall();
    }

    private static TaskCompletionSource NewCall() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One who waits.</summary>
    internal readonly struct Call(Breather breather) : IDisposable
    {
        public void Dispose() => breather.Served();
    }
}
