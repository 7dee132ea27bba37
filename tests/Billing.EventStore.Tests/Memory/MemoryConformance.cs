using Billing.EventStore.Memory;
using Billing.EventStore.Port;
using Billing.EventStore.Tests.Conformance;

namespace Billing.EventStore.Tests.Memory;

/// <summary>The storage of a memory store is the store itself, so a restart leaves it as it is.</summary>
public sealed class MemoryConformance : StoreConformance
{
    private readonly MemoryEventStore store = new();

    protected override ValueTask<IEventStore> Open() => ValueTask.FromResult<IEventStore>(store);

    protected override ValueTask Close(IEventStore opened) => ValueTask.CompletedTask;

    protected override ValueTask Drop() => store.DisposeAsync();
}
