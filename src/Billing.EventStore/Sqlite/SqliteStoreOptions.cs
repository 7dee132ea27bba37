using NodaTime;

namespace Billing.EventStore.Sqlite;

/// <summary>Sizes that bound the memory, the queue and the log of a <see cref="SqliteEventStore"/>.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>Appends that may wait; one more is answered with <c>Busy</c>.</summary>
    public int QueuedAppends { get; init; } = 4_096;

    /// <summary>Bytes of event data that may wait. A single append may be larger while no other waits.</summary>
    public long QueuedBytes { get; init; } = 64L << 20;

    /// <summary>Stream heads kept in memory, about; those of older streams are read again when needed.</summary>
    public int CachedStreams { get; init; } = 100_000;

    /// <summary>Pages in the write-ahead log after which SQLite moves them into the database file.</summary>
    public int CheckpointPages { get; init; } = 4_000;

    /// <summary>
    /// Size of the write-ahead log at which the writer waits a moment for the readers, so that the log can start anew.
    /// </summary>
    public long LogLimitBytes { get; init; } = 128L << 20;

    /// <summary>How long an idempotency key is kept, by the recorded-at of the appends.</summary>
    public Duration KeyLifetime { get; init; } = Duration.FromDays(30);

    /// <summary>How a file comes to the newest schema; other than the program's own only in tests.</summary>
    internal IReadOnlyList<string> SchemaSteps { get; init; } = Schema.Steps;
}
