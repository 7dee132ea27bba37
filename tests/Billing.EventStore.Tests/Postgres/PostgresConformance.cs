using Billing.EventStore.Port;
using Billing.EventStore.Tests.Conformance;
using Billing.TestSupport;
using Billing.TestSupport.Postgres;
using NodaTime;

namespace Billing.EventStore.Tests.Postgres;

public sealed class PostgresConformance : StoreConformance
{
    private readonly EventSchema schema = new();

    protected override async ValueTask<IEventStore> Open() => await schema.Open();

    protected override ValueTask Drop() => schema.DisposeAsync();
}

/// <summary>The same with a cache that is always at its bound, and where every look for news is a query.</summary>
public sealed class SmallPostgresConformance : StoreConformance
{
    private readonly EventSchema schema = new();

    protected override async ValueTask<IEventStore> Open() =>
        await schema.Open(o => o with { CachedStreams = 1, Listen = false, PollInterval = Duration.FromMilliseconds(10) });

    protected override ValueTask Drop() => schema.DisposeAsync();
}

/// <summary>The same on a server in a container.</summary>
public sealed class ContainerPostgresConformance : StoreConformance
{
    private readonly EventSchema schema = new() { Find = Container };

    protected override async ValueTask<IEventStore> Open() => await schema.Open();

    protected override ValueTask Drop() => schema.DisposeAsync();

    private static async Task<string> Container()
    {
        var (connectionString, reason) = await PostgresContainer.Find();
        if (connectionString is null) Require.Missing(reason);
        return connectionString!;
    }
}
