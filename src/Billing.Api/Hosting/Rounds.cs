using System.Data.Common;
using Billing.EventStore.Codec;
using Billing.EventStore.Port;
using Billing.Projections.Storage;

namespace Billing.Api.Hosting;

/// <summary>
/// Work that is looked for again and again while the server runs. What fails for the moment is logged, and looked at again
/// after the pause.
/// </summary>
/// <param name="failure">What is logged then, before the reason, such as <c>The budgets could not be looked at</c>.</param>
public abstract class Rounds(TimeSpan pause, string failure, ILogger log) : BackgroundService
{
    /// <summary>One look, as things are now.</summary>
    protected abstract Task Round(CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
            try
            {
                await Round(stoppingToken);
            }
            catch (Exception e) when (IsPassing(e))
            {
                log.LogWarning("{Failure}: {Reason}", failure, e.Message);
            }
        }
    }

    /// <summary>A store, a file or a server that may be back at the next look.</summary>
    protected static bool IsPassing(Exception e) =>
        e is EventStoreException or ReadDatabaseException or DbException or IOException or OperationCanceledException
            or UnknownEventException;
}
