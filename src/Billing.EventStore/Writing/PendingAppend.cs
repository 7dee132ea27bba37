using Billing.EventStore.Port;

namespace Billing.EventStore.Writing;

/// <summary>An append on its way through the writer. Its caller goes on only after the commit, on another thread.</summary>
internal sealed class PendingAppend(AppendRequest request, CancellationToken cancellationToken)
    : TaskCompletionSource<AppendOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private AppendOutcome? outcome;
    private Exception? misuse;

    /// <summary>What it holds in memory, about, while it waits.</summary>
    public long Bytes { get; } = Size(request);

    public AppendRequest Request => request;

    /// <summary>
    /// Within the open transaction. A caller that gave up is left out, and a wrong request fails alone. Where the
    /// transaction is begun again, all of it is decided again.
    /// </summary>
    public AppendOutcome? Decide(Func<AppendRequest, AppendOutcome> append)
    {
        (outcome, misuse) = (null, null);
        if (cancellationToken.IsCancellationRequested) return null;
        try
        {
            outcome = append(request);
        }
        catch (ArgumentException exception)
        {
            misuse = exception;
        }
        return outcome;
    }

    /// <summary>After the commit.</summary>
    public void Complete()
    {
        if (outcome is not null) TrySetResult(outcome);
        else if (misuse is not null) TrySetException(misuse);
        else TrySetCanceled(cancellationToken);
    }

    private static long Size(AppendRequest request)
    {
        long bytes = 0;
        foreach (var write in request.Writes)
            foreach (var @event in write.Events) bytes += @event.Data.Length + @event.Confidential.Length;
        return bytes;
    }
}
