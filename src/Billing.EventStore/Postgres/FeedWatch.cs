using System.Globalization;
using Billing.EventStore.Feed;
using Npgsql;

namespace Billing.EventStore.Postgres;

/// <summary>
/// Hears of what other processes append: each commit notifies, and whoever hears nothing for a while asks. A lost
/// connection is made again, at first at once and then ever more slowly, until the store is closed.
/// </summary>
internal sealed class FeedWatch : IAsyncDisposable
{
    private readonly Server server;
    private readonly PostgresStoreOptions options;
    private readonly CommitSignal signal;
    private readonly CancellationTokenSource closing = new();
    private readonly Task watching;

    public FeedWatch(Server server, PostgresStoreOptions options, CommitSignal signal)
    {
        (this.server, this.options, this.signal) = (server, options, signal);
        watching = Task.Run(Watch);
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(false);
        closing.Dispose();
    }

    private async Task Watch()
    {
        for (var failures = 0; !closing.IsCancellationRequested; failures++)
        {
            try
            {
                await using var connection = await server.Connect(closing.Token).ConfigureAwait(false);
                if (options.Listen) await Listen(connection).ConfigureAwait(false);
                while (true)
                {
                    signal.Publish(await Reader.Head(connection, closing.Token).ConfigureAwait(false));
                    failures = 0;
                    await Quiet(connection).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (closing.IsCancellationRequested)
            {
                return;
            }
            catch (Exception)
            {
                await Task.Delay(Server.Pause(failures), closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Listen(NpgsqlConnection connection)
    {
        connection.Notification += (_, heard) =>
        {
            if (long.TryParse(heard.Payload, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
                signal.Publish(position);
        };
        await using var listen = new NpgsqlCommand($"LISTEN {options.Schema}", connection);
        await listen.ExecuteNonQueryAsync(closing.Token).ConfigureAwait(false);
    }

    /// <summary>Ends when nothing was heard for the poll interval.</summary>
    private async Task Quiet(NpgsqlConnection connection)
    {
        var interval = options.PollInterval.ToTimeSpan();
        if (!options.Listen) await Task.Delay(interval, closing.Token).ConfigureAwait(false);
        else while (await connection.WaitAsync(interval, closing.Token).ConfigureAwait(false)) { }
    }
}
