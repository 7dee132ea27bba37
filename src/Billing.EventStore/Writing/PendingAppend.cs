using Billing.EventStore.Port;

namespace Billing.EventStore.Writing;

/// <summary>
/// An append on its way through the writer. Its caller goes on only after the commit, on the thread that ends it: never the
/// writer's (<see cref="EndedAppends"/>).
/// </summary>
internal sealed class PendingAppend(AppendRequest request, CancellationToken cancellationToken)
    : TaskCompletionSource<AppendOutcome>
{
    private AppendOutcome? outcome;
    private Exception? failure;

    /// <summary>What it holds in memory, about, while it waits.</summary>
    public long Bytes { get; } = Size(request);

    public AppendRequest Request => request;

    /// <summary>
    /// Within the open transaction. A caller that gave up is left out, and a wrong request fails alone. Where the
    /// transaction is begun again, all of it is decided again.
    /// </summary>
    public AppendOutcome? Decide(Func<AppendRequest, AppendOutcome> append)
    {
        (outcome, failure) = (null, null);
        if (cancellationToken.IsCancellationRequested) return null;
        try
        {
            outcome = append(request);
        }
        catch (ArgumentException exception)
        {
            failure = exception;
        }
        return outcome;
    }

    /// <summary>Whatever was decided, it was not stored.</summary>
    public void Fail(EventStoreException exception) => (outcome, failure) = (null, exception);

    /// <summary>After the commit. The caller goes on before this returns.</summary>
    public void End()
    {
        if (outcome is not null) TrySetResult(outcome);
        else if (failure is not null) TrySetException(failure);
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
