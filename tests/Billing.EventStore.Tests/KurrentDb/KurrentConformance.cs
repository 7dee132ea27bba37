using Billing.EventStore.KurrentDb;
using Billing.EventStore.Port;
using Billing.EventStore.Tests.Conformance;
using Billing.KurrentStandIn;

namespace Billing.EventStore.Tests.KurrentDb;

/// <summary>The least that a server takes at once, which is what 23.10 takes unless told otherwise.</summary>
public abstract class KurrentStoreConformance : StoreConformance
{
    protected override int LargestAppendBytes => 1 << 20;
}

/// <summary>A server of its own for each test. The stand-in keeps what is stored when the store is closed and opened again.</summary>
public sealed class KurrentConformance : KurrentStoreConformance
{
    private KurrentStandInServer? server;

    protected override async ValueTask<IEventStore> Open()
    {
        server ??= await KurrentStandInServer.Start();
        return await KurrentEventStore.Open(KurrentConnectionString.Parse(server.ConnectionString), Stop);
    }

    protected override ValueTask Drop() => server!.DisposeAsync();
}

/// <summary>The same in a cluster, and with so few books and events in memory that the adapter is always at its bounds.</summary>
public sealed class SmallKurrentConformance : KurrentStoreConformance
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

/// <summary>
/// The same on one server that all tests share, each under a prefix of its own: the real server that
/// <c>BILLING_TEST_KURRENTDB</c> names, or else the stand-in. Where no real server can be had, this class still tests how
/// stores live side by side, so that it never needs to be skipped.
/// </summary>
public sealed class SharedKurrentConformance(SharedServer shared) : KurrentStoreConformance, IClassFixture<SharedServer>
{
    private readonly string prefix = $"billing-test-{Guid.CreateVersion7():N}-";

    protected override async ValueTask<IEventStore> Open()
    {
        var options = KurrentConnectionString.Parse(shared.ConnectionString);
        return await KurrentEventStore.Open(options with { StreamPrefix = prefix }, Stop);
    }

    protected override ValueTask Drop() => ValueTask.CompletedTask;
}

/// <summary>The server that the environment names, or a stand-in that asks for a password.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    private KurrentStandInServer? standIn;

    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("BILLING_TEST_KURRENTDB") is { Length: > 0 } named)
        {
            ConnectionString = named;
            return;
        }
        standIn = await KurrentStandInServer.Start(new KurrentStandInOptions { User = "admin", Password = "change:it" });
        ConnectionString = standIn.ConnectionString;
    }

    public ValueTask DisposeAsync() => standIn?.DisposeAsync() ?? ValueTask.CompletedTask;
}
