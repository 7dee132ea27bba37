using Billing.EventStore.Port;

namespace Billing.Projections.Running;

/// <summary>An event with where it lies, as the projections take it.</summary>
/// <param name="Book">The number by which the tables know the book.</param>
internal readonly record struct Fact(long Book, StoredEvent Stored)
{
    private const int GuidLength = 36;

    /// <summary>The id at the end of the stream's name, for streams that are named by one.</summary>
    public Guid StreamId => Guid.ParseExact(Stored.Stream.AsSpan(Stored.Stream.Length - GuidLength), "D");

    public string Stream => Stored.Stream;

    public long Version => Stored.Version;
}
