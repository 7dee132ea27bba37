namespace Billing.KurrentStandIn.Control;

/// <summary>What shall go wrong on purpose. Only the process that runs the stand-in can ask for it.</summary>
public sealed class Faults
{
    private readonly Lock gate = new();
    private int dropsBefore, dropsAfter, notReady;
    private TaskCompletionSource? stall;

    /// <summary>The next appends cut all connections instead of being stored.</summary>
    public void DropBeforeStoring(int appends = 1)
    {
        lock (gate) dropsBefore += appends;
    }

    /// <summary>The next appends are stored and then cut all connections instead of being answered.</summary>
    public void DropAfterStoring(int appends = 1)
    {
        lock (gate) dropsAfter += appends;
    }

    /// <summary>The next appends in batches are answered «Server Is Not Ready», which comes with a code of success.</summary>
    public void AnswerNotReady(int appends = 1)
    {
        lock (gate) notReady += appends;
    }

    /// <summary>
    /// Appends wait until <see cref="Release"/>. One whose deadline passes meanwhile is answered with a time-out, and stored
    /// all the same in the end.
    /// </summary>
    public void Stall()
    {
        lock (gate) stall ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Release()
    {
        lock (gate)
        {
            stall?.TrySetResult();
            stall = null;
        }
    }

    internal Task Stalled
    {
        get
        {
            lock (gate) return stall?.Task ?? Task.CompletedTask;
        }
    }

    internal bool TakeDropBefore() => Take(ref dropsBefore);

    internal bool TakeDropAfter() => Take(ref dropsAfter);

    internal bool TakeNotReady() => Take(ref notReady);

    private bool Take(ref int left)
    {
        lock (gate)
        {
            if (left == 0) return false;
            left--;
            return true;
        }
    }
}
