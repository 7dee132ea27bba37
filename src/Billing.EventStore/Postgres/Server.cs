using System.Diagnostics;
using System.Net.Sockets;
using Billing.EventStore.Port;
using NodaTime;
using Npgsql;

namespace Billing.EventStore.Postgres;

/// <summary>Connections to the server, and patience while it is away.</summary>
internal sealed class Server : IAsyncDisposable
{
    private const int FirstPauseMilliseconds = 20, LongestPauseMilliseconds = 1_000;
    private const int AutoPrepared = 40;

    /// <summary>
    /// Every query is written for its index. The planner is kept from scanning and sorting whole tables, which it prefers
    /// while statistics are young. A process that stops while it holds the writing lock loses it after ten seconds.
    /// </summary>
    private const string SessionOptions =
        "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off -c client_min_messages=warning "
        + "-c idle_in_transaction_session_timeout=10s";

    private readonly NpgsqlDataSource source;
    private readonly Duration patience;

    public Server(string connectionString, PostgresStoreOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = options.Schema };
        settings.Options = string.IsNullOrEmpty(settings.Options) ? SessionOptions : $"{settings.Options} {SessionOptions}";
        if (settings.MaxAutoPrepare == 0) (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (AutoPrepared, 2);
        if (settings.Host?.Contains(',', StringComparison.Ordinal) == true) settings.TargetSessionAttributes ??= "primary";
        Name = $"{settings.Host}, database {settings.Database}, schema {options.Schema}";
        patience = options.Patience;
        source = NpgsqlDataSource.Create(settings);
    }

    /// <summary>Where the store lies, for messages.</summary>
    public string Name { get; }

    /// <summary>Synchronous, for the writer's own thread.</summary>
    public NpgsqlConnection Connect() => source.OpenConnection();

    public ValueTask<NpgsqlConnection> Connect(CancellationToken cancellationToken) => source.OpenConnectionAsync(cancellationToken);

    /// <summary>Runs what may safely be run again until it succeeds, at most for as long as the store is patient.</summary>
    /// <exception cref="EventStoreException">The server stayed away, or refuses the work for another reason.</exception>
    public async Task<T> Use<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var connection = await Connect(cancellationToken).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false)) return await work(connection).ConfigureAwait(false);
            }
            catch (Exception failure) when (IsAway(failure) && clock.Elapsed < patience.ToTimeSpan())
            {
                await Task.Delay(Pause(attempt), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is NpgsqlException or SocketException or TimeoutException)
            {
                throw new EventStoreException($"Reading from {Name} failed: {failure.Message}", failure);
            }
        }
    }

    /// <summary>The same on the writer's thread, for work that leaves nothing behind when it fails.</summary>
    public T Persist<T>(Func<T> work)
    {
        var clock = Stopwatch.StartNew();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return work();
            }
            catch (Exception failure) when (IsAway(failure) && clock.Elapsed < patience.ToTimeSpan())
            {
                Thread.Sleep(Pause(attempt));
            }
        }
    }

    /// <summary>
    /// A lost or refused connection, a server that shuts down, starts or recovers, and one that has become a standby.
    /// </summary>
    public static bool IsAway(Exception failure) => failure switch
    {
        PostgresException { SqlState: var state } =>
            state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal)
            || state is PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ReadOnlySqlTransaction
                or PostgresErrorCodes.CannotConnectNow or "25P03",
        NpgsqlException or SocketException or IOException or TimeoutException => true,
        _ => false,
    };

    /// <summary>Doubles from 20 ms to a second.</summary>
    public static TimeSpan Pause(int attempt) => TimeSpan.FromMilliseconds(
        Math.Min(LongestPauseMilliseconds, FirstPauseMilliseconds << Math.Min(attempt, 10)));

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
