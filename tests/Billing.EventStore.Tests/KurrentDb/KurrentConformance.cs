using Billing.EventStore.KurrentDb;
using Billing.EventStore.Port;
using Billing.EventStore.Tests.Conformance;
using Billing.KurrentStandIn;

namespace Billing.EventStore.Tests.KurrentDb;

/// <summary>The stand-in keeps what is stored when the store is closed and opened again.</summary>
public sealed class KurrentConformance : StoreConformance
{
    private KurrentStandInServer? server;

    protected override async ValueTask<IEventStore> Open()
    {
        server ??= await KurrentStandInServer.Start();
        return await KurrentEventStore.Open(KurrentConnectionString.Parse(server.ConnectionString), Stop);
    }

    protected override ValueTask Drop() => server!.DisposeAsync();
}

/// <summary>The same in a cluster, and with so few books and bytes at once that the adapter is always at its bounds.</summary>
public sealed class SmallKurrentConformance : StoreConformance
{
    private KurrentStandInServer? server;

    protected override async ValueTask<IEventStore> Open()
    {
        server ??= await KurrentStandInServer.Start(new KurrentStandInOptions { Nodes = 3 });
        var options = KurrentConnectionString.Parse(server.ConnectionString);
        return await KurrentEventStore.Open(options with { IndexedBooks = 1, IndexedEvents = 1, StreamPrefix = "b-" }, Stop);
    }

    protected override ValueTask Drop() => server!.DisposeAsync();
}
