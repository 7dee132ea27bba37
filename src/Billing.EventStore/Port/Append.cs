using NodaTime;

namespace Billing.EventStore.Port;

/// <summary>The log of one business: the unit of atomicity, of the hash chain, of export and erasure.</summary>
public readonly record struct BookId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}

/// <param name="Id">Chosen before the first try, so that a retry is recognised.</param>
/// <param name="Type">Name in the event catalogue, such as <c>time-entry-logged.v1</c>.</param>
/// <param name="Data">UTF-8 JSON, stored byte for byte.</param>
/// <param name="Confidential">
/// UTF-8 JSON of the properties marked confidential, or those bytes sealed with <paramref name="ConfidentialKey"/>.
/// Empty where the event has none.
/// </param>
/// <param name="ConfidentialKey">Which key sealed the confidential part; null while it is plain.</param>
public sealed record NewEvent(
    Guid Id, string Type, ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Confidential = default, Guid? ConfidentialKey = null)
{
    /// <summary>
    /// Whose key a store that seals takes for a confidential part that is still plain; null leaves it plain. It is not stored.
    /// </summary>
    public KeyOwner? Owner { get; init; }

    /// <summary>
    /// What the bytes were made of, where the codec made them: it, and they, change no more. It is not stored.
    /// </summary>
    internal object? Event { get; init; }

    /// <summary>The confidential part before it was sealed. It is not stored.</summary>
    internal ReadOnlyMemory<byte> Unsealed { get; init; }
}

/// <summary>Of whom something tells, and so whose key seals it.</summary>
/// <param name="ClientId">Null for the practice itself.</param>
public readonly record struct KeyOwner(Guid? ClientId, KeyUse Use);

/// <summary>What is erased apart.</summary>
public enum KeyUse
{
    /// <summary>Contact data, notes of work, drafts, quotes and mails: whatever no law asks to be kept.</summary>
    Contact,

    /// <summary>Issued documents and vouchers, which the law asks to be kept for years.</summary>
    Documents,
}

/// <summary>Who wrote an event and on what occasion.</summary>
/// <param name="Actor">Member, share link or process that acted, such as <c>member:0199…</c>.</param>
/// <param name="CorrelationId">Shared by everything that one request from outside led to.</param>
/// <param name="CausationId">The request or event that led directly to this append.</param>
/// <param name="RecordedAt">When it was recorded, which may be later than when it happened.</param>
/// <param name="IdempotencyKey">At most one append of a book carries a given key, for at least 30 days.</param>
/// <param name="BodyHash">SHA-256 of what was asked under that key, in lower-case hexadecimal.</param>
public sealed record EventMetadata(
    string Actor, Guid CorrelationId, Guid CausationId, Instant RecordedAt, string? IdempotencyKey = null, string? BodyHash = null);

/// <param name="ExpectedVersion">
/// The version that the stream must have: 0 for one that does not exist yet. <see cref="AnyVersion"/> skips the check.
/// </param>
public sealed record StreamAppend(string Stream, long ExpectedVersion, IReadOnlyList<NewEvent> Events)
{
    public const long AnyVersion = -1;
}

/// <summary>A stream that was only read for the decision and must still have the version that was read.</summary>
public sealed record StreamCheck(string Stream, long ExpectedVersion);

/// <summary>Each stream occurs at most once among writes and checks; a write has at least one event.</summary>
public sealed record AppendRequest(
    BookId Book, IReadOnlyList<StreamAppend> Writes, IReadOnlyList<StreamCheck> Checks, EventMetadata Metadata);

/// <summary>How an append ended. An outcome is a value; exceptions are left for broken stores.</summary>
public abstract record AppendOutcome
{
    private AppendOutcome() { }

    /// <param name="Position">Global position of the last event.</param>
    /// <param name="Place">Place in the book of the last event.</param>
    /// <param name="Versions">The new version of each stream written, in the order of the request.</param>
    /// <param name="Repeated">True where this very append (same event ids) had been stored before.</param>
    public sealed record Appended(long Position, long Place, IReadOnlyList<long> Versions, bool Repeated) : AppendOutcome;

    /// <summary>A stream has another version than expected; nothing was written.</summary>
    public sealed record Conflict(string Stream, long ExpectedVersion, long ActualVersion) : AppendOutcome;

    /// <summary>The idempotency key is taken by another append of this book; nothing was written.</summary>
    public sealed record KeyTaken(string IdempotencyKey) : AppendOutcome;

    /// <summary>The queue is full; nothing was written. Try again after a moment.</summary>
    public sealed record Busy : AppendOutcome;
}

/// <param name="BodyHash">Hash of the request that used the key first.</param>
/// <param name="Events">The events it wrote, in order.</param>
public sealed record KeyedAppend(string BodyHash, IReadOnlyList<StoredEvent> Events);
