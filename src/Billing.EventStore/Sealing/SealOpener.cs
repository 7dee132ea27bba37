using System.Buffers;
using System.Security.Cryptography;
using Billing.EventStore.Port;

namespace Billing.EventStore.Sealing;

/// <summary>
/// Opens the sealed parts of some events that are read together, each with its key's cipher, which is kept for all of them.
/// Used by one thread at a time; what was opened with <see cref="Open(BookId, string, VisitedEvent)"/> is there until the next.
/// </summary>
internal sealed class SealOpener(KeyRing keys) : IDisposable
{
    private const int FirstBytes = 512;

    /// <summary>By their ids; null for a key that is erased.</summary>
    private readonly Dictionary<Guid, KeyedCipher?> ciphers = [];

    private byte[] context = ArrayPool<byte>.Shared.Rent(FirstBytes), plain = ArrayPool<byte>.Shared.Rent(FirstBytes);

    /// <inheritdoc cref="EventSeal.Open(StoredEvent)"/>
    public StoredEvent Open(StoredEvent stored)
    {
        if (stored.ConfidentialKey is not { } id) return stored;
        if (Cipher(id) is not { } cipher) return stored.Written is null ? stored : stored with { Written = null };
        if (stored.Written is { Unsealed.IsEmpty: false } written)
            return stored with { Confidential = written.Unsealed, ConfidentialKey = null };
        var opened = new byte[SealedBytes.PlainLength(stored.Confidential.Span)];
        Open(cipher, Context(stored.Book, stored.Stream, stored.Id, stored.Type), stored.Confidential.Span, opened, stored.Position);
        return stored with { Confidential = opened, ConfidentialKey = null };
    }

    /// <inheritdoc cref="EventSeal.Open(StoredEvent)"/>
    public VisitedEvent Open(BookId book, string stream, VisitedEvent visited)
    {
        if (visited.ConfidentialKey is not { } id || Cipher(id) is not { } cipher) return visited;
        var opened = Room(ref plain, SealedBytes.PlainLength(visited.Confidential));
        Open(cipher, Context(book, stream, visited.Id, visited.Type), visited.Confidential, opened, visited.Position);
        return visited.Opened(opened);
    }

    public void Dispose()
    {
        foreach (var cipher in ciphers.Values)
            if (cipher is not null) keys.Ciphers.Give(cipher);
        ciphers.Clear();
        ArrayPool<byte>.Shared.Return(plain, clearArray: true);
        ArrayPool<byte>.Shared.Return(context);
    }

    private AesGcm? Cipher(Guid keyId)
    {
        if (!ciphers.TryGetValue(keyId, out var cipher))
            ciphers.Add(keyId, cipher = keys.Find(keyId).Bytes is { } bytes ? keys.Ciphers.Take(keyId, bytes) : null);
        return cipher?.Cipher;
    }

    private static void Open(AesGcm cipher, ReadOnlySpan<byte> context, ReadOnlySpan<byte> whole, Span<byte> plain, long position)
    {
        if (!SealedBytes.TryOpen(cipher, whole, context, plain))
            throw new EventStoreException(FormattableString.Invariant(
                $"The sealed part of the event at position {position} was altered, or is another event's."));
    }

    private ReadOnlySpan<byte> Context(BookId book, string stream, Guid id, string type) =>
        EventSeal.WriteContext(Room(ref context, EventSeal.MostContextBytes(stream, type)), book, stream, id, type);

    private static Span<byte> Room(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            buffer = ArrayPool<byte>.Shared.Rent(length);
        }
        return buffer.AsSpan(0, length);
    }
}
