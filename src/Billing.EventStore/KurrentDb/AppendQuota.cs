using Billing.EventStore.Port;

namespace Billing.EventStore.KurrentDb;

/// <summary>How much may wait over all books, and how large one append may be.</summary>
internal sealed class AppendQuota(KurrentStoreOptions options)
{
    private readonly Lock gate = new();
    private int appends;
    private long bytes;
    private int largestAppendBytes = options.LargestAppendBytes;

    public KurrentStoreOptions Options => options;

    /// <summary>What was configured, or less where the server has told that it takes less.</summary>
    public int LargestAppendBytes => Volatile.Read(ref largestAppendBytes);

    public bool TryTake(PendingAppend append)
    {
        lock (gate)
        {
            if (appends >= options.QueuedAppends || (appends > 0 && bytes + append.Bytes > options.QueuedBytes)) return false;
            appends++;
            bytes += append.Bytes;
            return true;
        }
    }

    public void Return(PendingAppend append)
    {
        lock (gate)
        {
            appends--;
            bytes -= append.Bytes;
        }
    }

    public void Lower(int mostBytes)
    {
        lock (gate) largestAppendBytes = Math.Min(largestAppendBytes, mostBytes);
    }
}

/// <summary>An append on its way. Its caller goes on only once it is stored or refused, on another thread.</summary>
internal sealed class PendingAppend(AppendRequest request, CancellationToken cancellationToken)
    : TaskCompletionSource<AppendOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public AppendRequest Request => request;

    public bool IsGivenUp => cancellationToken.IsCancellationRequested;

    /// <summary>What it takes on the server, at most.</summary>
    public long Bytes { get; } = EventForm.MostBytes(request);

    public AppendOutcome? Outcome { get; set; }

    /// <summary>What is wrong with the request itself; the others of its group go on without it.</summary>
    public Exception? Misuse { get; set; }

    public void Complete()
    {
        if (Misuse is not null) TrySetException(Misuse);
        else if (Outcome is not null) TrySetResult(Outcome);
        else TrySetCanceled(cancellationToken);
    }
}
