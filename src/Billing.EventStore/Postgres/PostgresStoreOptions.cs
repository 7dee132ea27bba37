using NodaTime;

namespace Billing.EventStore.Postgres;

/// <summary>Where in its database a <see cref="PostgresEventStore"/> lies, and what bounds it.</summary>
public sealed record PostgresStoreOptions
{
    /// <summary>
    /// The PostgreSQL schema with the tables, so that several installations can share a database. Lower-case letters,
    /// digits and underscores, at most 63, not beginning with a digit.
    /// </summary>
    public string Schema { get; init; } = "billing_events";

    /// <summary>Appends that may wait; one more is answered with <c>Busy</c>.</summary>
    public int QueuedAppends { get; init; } = 4_096;

    /// <summary>Bytes of event data that may wait. A single append may be larger while no other waits.</summary>
    public long QueuedBytes { get; init; } = 64L << 20;

    /// <summary>Stream heads kept in memory, about; those of older streams are read again when needed.</summary>
    public int CachedStreams { get; init; } = 100_000;

    /// <summary>How long an idempotency key is kept, by the recorded-at of the appends.</summary>
    public Duration KeyLifetime { get; init; } = Duration.FromDays(30);

    /// <summary>
    /// Hear of appends by other processes with LISTEN. False behind a pool that hands a connection on after each
    /// transaction; then <see cref="PollInterval"/> alone says how late they are seen.
    /// </summary>
    public bool Listen { get; init; } = true;

    /// <summary>How often a process asks for the newest position when nothing is heard.</summary>
    public Duration PollInterval { get; init; } = Duration.FromSeconds(1);

    /// <summary>
    /// How long an append or a read tries to reach a server that is away, before it fails. Subscriptions never give up.
    /// </summary>
    public Duration Patience { get; init; } = Duration.FromSeconds(5);
}
