using Billing.Projections.Storage;

namespace Billing.Projections.Running;

/// <summary>
/// A node's part in read models that several nodes share: it writes them while it has the lease, and follows what another
/// writes while it has not.
/// </summary>
internal sealed class WritingTurn(IWritingLease lease, Applier applier, Watermark watermark)
{
    /// <summary>
    /// True where this node may write, from what is committed on: others may have written since, and what became of an own
    /// transaction that broke off is not known otherwise.
    /// </summary>
    public bool TryBegin()
    {
        if (!lease.Take()) return false;
        applier.Open();
        watermark.Publish(applier.ReadablePosition);
        return true;
    }

    /// <summary>Follows until the lease is to be had.</summary>
    public async Task Await(CancellationToken cancellationToken)
    {
        var lastAsked = Environment.TickCount64;
        while (true)
        {
            watermark.Publish(await lease.NextPosition(applier.Reads, cancellationToken).ConfigureAwait(false));
            // Where much is written there is news far more often than an interval.
            if (Environment.TickCount64 - lastAsked < lease.Interval.TotalMilliseconds) continue;
            if (lease.Take()) return;
            lastAsked = Environment.TickCount64;
        }
    }

    /// <summary>Runs the work, renewing the lease, until it ends or the term is over; then its token is cancelled.</summary>
    public async Task Keep(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var renewing = Task.Run(() => Renew(over), CancellationToken.None);
        try
        {
            await work(over.Token).ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await renewing.ConfigureAwait(false);
        }
    }

    /// <summary>Lets another node have it at once.</summary>
    public void End() => lease.Release();

    private async Task Renew(CancellationTokenSource over)
    {
        while (true)
        {
            await Task.Delay(lease.Interval, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (over.IsCancellationRequested) return;
            try
            {
                if (!lease.Renew()) await over.CancelAsync().ConfigureAwait(false);
            }
            catch (ReadDatabaseException)
            {
                // A server that is away is met by the work itself. Should another have come in between, no commit succeeds.
            }
        }
    }
}
