using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Billing.Projections.Postgres;
using Billing.Projections.Running;
using Billing.Projections.Tests.Given;
using NodaTime;

namespace Billing.Projections.Tests.Postgres;

/// <summary>One of several processes, as far as the database can tell: with connections and a runner of its own.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;

    public Node(IEventStore store, ReadModels.Schema schema, Duration? leaseTime = null, KeyRing? keys = null)
    {
        Database = schema.Open(options => options with
        {
            LeaseTime = leaseTime ?? options.LeaseTime,
            LeaseInterval = Duration.FromMilliseconds(100),
        });
        Runner = new ProjectionRunner(store, Database, keys: keys);
    }

    public PostgresReadDatabase Database { get; }

    public ProjectionRunner Runner { get; }

    /// <summary>By which the connection that writes can be told from others.</summary>
    public string WriterName => PostgresLease.WriterName(((PostgresLease)Database.Lease).Holder);

    public void Run() => running = Runner.Run(stop.Token);

    public async Task Becomes<THealth>()
        where THealth : ProjectionHealth
    {
        while (Runner.Health is not THealth) await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    public async Task Stop()
    {
        await stop.CancelAsync();
        await running;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Runner.Dispose();
        Database.Dispose();
        stop.Dispose();
    }
}
