using NodaTime;

namespace Billing.EventStore.KurrentDb;

/// <summary>A node's address.</summary>
public readonly record struct KurrentEndpoint(string Host, int Port)
{
    public override string ToString() => FormattableString.Invariant($"{Host}:{Port}");
}

/// <summary>
/// Where the server is and how much may wait for it. <see cref="KurrentConnectionString"/> reads the first half of it from
/// one line of text.
/// </summary>
public sealed record KurrentStoreOptions
{
    /// <summary>The node, or nodes of a cluster of which any tells the others.</summary>
    public required IReadOnlyList<KurrentEndpoint> Seeds { get; init; }

    /// <summary>Ask the seeds by gossip who leads. Without it the one seed is the server.</summary>
    public bool Discover { get; init; }

    public bool Tls { get; init; } = true;

    /// <summary>A file with the certificate of the servers' authority; null for those that the machine trusts.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>Null for a server that asks for nobody's name.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>How the server's logs call this process.</summary>
    public string ConnectionName { get; init; } = "billing";

    public int DiscoveryAttempts { get; init; } = 10;

    public TimeSpan DiscoveryInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan GossipTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the server may take over an append. Servers cut it to their own limit, 2 s by default.</summary>
    public TimeSpan AppendDeadline { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Calls that carry the appends, each those of many books. A call's messages pass one after the other through both
    /// ends, so that several calls use several cores; a book stays with its call.
    /// </summary>
    public int AppendCalls { get; init; } = 16;

    /// <summary>How long an append waits for its answer before it counts as lost.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A book's physical stream is this and the book's id. One server can hold several stores apart by it.</summary>
    public string StreamPrefix { get; init; } = "billing-book-";

    /// <summary>The server's <c>MaxAppendSize</c>: data and metadata of one append, 1 MiB in version 23.10.</summary>
    public int LargestAppendBytes { get; init; } = 1 << 20;

    /// <summary>Appends that may wait, over all books; one more is answered with <c>Busy</c>.</summary>
    public int QueuedAppends { get; init; } = 4_096;

    /// <summary>Bytes of event data that may wait. A single append may be larger while no other waits.</summary>
    public long QueuedBytes { get; init; } = 64L << 20;

    /// <summary>Books whose index is kept in memory, about; an older one is read again when it is needed.</summary>
    public int IndexedBooks { get; init; } = 1_000;

    /// <summary>Events in all indexes together, about, at some 150 bytes each.</summary>
    public long IndexedEvents { get; init; } = 2_000_000;

    /// <summary>How long an idempotency key is kept, by the recorded-at of the appends.</summary>
    public Duration KeyLifetime { get; init; } = Duration.FromDays(30);
}
