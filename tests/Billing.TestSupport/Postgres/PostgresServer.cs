namespace Billing.TestSupport.Postgres;

/// <summary>
/// A PostgreSQL server for tests and benchmarks: the one that <c>BILLING_TEST_POSTGRES</c> names (a connection string of a
/// user who may create schemas), else a throwaway cluster from local programs, else one in a container. It is started
/// once for a process and ends with it.
/// </summary>
public static class PostgresServer
{
    private static readonly Lazy<Task<(string? ConnectionString, string Reason)>>
        Quick = new(() => Find(durable: false)),
        Durable = new(() => Find(durable: true));

    /// <summary>Connection string of the server that the tests of this process share.</summary>
    public static async Task<string> ForTests()
    {
        var (connectionString, reason) = await Quick.Value.ConfigureAwait(false);
        if (connectionString is null) Require.Missing(reason);
        return connectionString!;
    }

    /// <summary>Connection string of a server that waits for its disk, where it is started here.</summary>
    /// <exception cref="InvalidOperationException">There is none, and why.</exception>
    public static async Task<string> ForBenchmarks()
    {
        var (connectionString, reason) = await Durable.Value.ConfigureAwait(false);
        return connectionString ?? throw new InvalidOperationException($"No PostgreSQL: {reason}.");
    }

    private static async Task<(string? ConnectionString, string Reason)> Find(bool durable)
    {
        if (Environment.GetEnvironmentVariable("BILLING_TEST_POSTGRES") is { Length: > 0 } named) return (named, "");
        if (PostgresCluster.TryStart(durable) is { } cluster) return (cluster.ConnectionString, "");
        var (connectionString, reason) = await PostgresContainer.Find().ConfigureAwait(false);
        return (connectionString,
            $"BILLING_TEST_POSTGRES is not set, PostgreSQL is not installed (Debian: apt-get install postgresql), and {reason}");
    }
}
