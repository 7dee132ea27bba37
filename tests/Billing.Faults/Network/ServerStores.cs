using System.Globalization;
using Billing.Faults.Appending;
using Billing.KurrentStandIn;
using Billing.TestSupport.Postgres;
using Npgsql;

namespace Billing.Faults.Network;

/// <summary>A store on a server, reached directly or through a proxy, and how that server is made to end and come back.</summary>
internal abstract class ServerStores : IAsyncDisposable
{
    /// <summary>Where it listens.</summary>
    public abstract int Port { get; }

    /// <summary>A store of its own on the server.</summary>
    public abstract StoreAddress At(int port, string space);

    public abstract Task Kill();

    public abstract Task StartAgain();

    public abstract ValueTask DisposeAsync();

    /// <summary>Null where it can't be had, and why.</summary>
    public static async Task<(ServerStores? Stores, string Reason)> TryStart(string engine)
    {
        if (engine == StoreAddress.KurrentDb) return (new KurrentStores(await KurrentStandInServer.Start()), "");
        var cluster = PostgresCluster.TryStart(durable: true);
        return cluster is null
            ? (null, "PostgreSQL is not installed (Debian: apt-get install postgresql); only a server of its own may be killed")
            : (new PostgresStores(cluster), "");
    }

    private sealed class PostgresStores(PostgresCluster cluster) : ServerStores
    {
        public override int Port => new NpgsqlConnectionStringBuilder(cluster.ConnectionString).Port;

        public override StoreAddress At(int port, string space) => new(
            StoreAddress.Postgres,
            new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Port = port }.ToString(),
            "faults_" + space);

        public override Task Kill()
        {
            cluster.Kill();
            return Task.CompletedTask;
        }

        public override Task StartAgain()
        {
            cluster.StartAgain();
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync()
        {
            cluster.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>The stand-in keeps its log in this process's memory, so that stopping its listener is all that can be done to it.</summary>
    private sealed class KurrentStores(KurrentStandInServer server) : ServerStores
    {
        public override int Port => server.Port();

        public override StoreAddress At(int port, string space) => new(
            StoreAddress.KurrentDb, string.Create(CultureInfo.InvariantCulture, $"esdb://127.0.0.1:{port}?tls=false"), $"faults-{space}-");

        public override Task Kill() => server.StopNode();

        public override Task StartAgain() => server.StartNode();

        public override ValueTask DisposeAsync() => server.DisposeAsync();
    }
}
