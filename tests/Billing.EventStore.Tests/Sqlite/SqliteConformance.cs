using Billing.EventStore.Port;
using Billing.EventStore.Sqlite;
using Billing.EventStore.Tests.Conformance;

namespace Billing.EventStore.Tests.Sqlite;

public sealed class SqliteConformance : StoreConformance
{
    private readonly EventFile file = new();

    protected override ValueTask<IEventStore> Open() => ValueTask.FromResult<IEventStore>(SqliteEventStore.Open(file.Path));

    protected override ValueTask Drop() => file.DisposeAsync();
}

/// <summary>The same with caches and queue so small that they are always at their bounds.</summary>
public sealed class SmallSqliteConformance : StoreConformance
{
    private readonly EventFile file = new();

    protected override ValueTask<IEventStore> Open() => ValueTask.FromResult<IEventStore>(SqliteEventStore.Open(
        file.Path,
        new SqliteStoreOptions { CachedStreams = 1, CheckpointPages = 10, LogLimitBytes = 1 }));

    protected override ValueTask Drop() => file.DisposeAsync();
}
