namespace Billing.EventStore.Port;

/// <summary>An event as it lies in the store. Immutable.</summary>
/// <param name="Position">Global position: strictly increasing over all books, from 1.</param>
/// <param name="Place">Place in its book: 1, 2, 3 … without a gap.</param>
/// <param name="Version">Version of its stream that this event made: 1 for the first.</param>
/// <param name="Link">
/// SHA-256 over the previous link of the book and the canonical form of this event (<see cref="Chain"/>), 32 bytes.
/// </param>
public sealed record StoredEvent(
    long Position,
    BookId Book,
    long Place,
    string Stream,
    long Version,
    Guid Id,
    string Type,
    ReadOnlyMemory<byte> Data,
    ReadOnlyMemory<byte> Confidential,
    Guid? ConfidentialKey,
    EventMetadata Metadata,
    ReadOnlyMemory<byte> Link)
{
    /// <summary>What was appended, where this process has just written it; null for what was read.</summary>
    internal NewEvent? Written { get; init; }

    /// <summary>What the bytes decode to, where it is known.</summary>
    internal object? Event => Written?.Event;
}
