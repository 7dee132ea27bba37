using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Billing.EventStore.Port;

/// <summary>
/// The hash chain of a book. A link is SHA-256 over the previous link (32 zero bytes before the first event) followed by
/// the event's canonical form: book and event id (16 bytes each, big-endian), place and version (int64, big-endian), then
/// stream, type, actor, correlation and causation id, recorded-at (int64 Unix ticks of 100 ns), idempotency key, body
/// hash, confidential key id, data and confidential part. Text is UTF-8; each text or byte field is preceded by its
/// length (int32, big-endian), −1 where it is absent. The position is left out: it belongs to the store, not the book.
/// </summary>
public static class Chain
{
    public const int LinkLength = 32;

    private const int UsualBytes = 2048, MostKeptBytes = 65_536;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? room;

    /// <summary>The link that precedes a book's first event.</summary>
    public static ReadOnlyMemory<byte> Origin { get; } = new byte[LinkLength];

    public static byte[] Link(
        ReadOnlySpan<byte> previous, BookId book, long place, string stream, long version, NewEvent @event, EventMetadata metadata)
    {
        // One for each thread that writes or verifies, since every event needs it for a moment.
        var form = room ??= new ArrayBufferWriter<byte>(UsualBytes);
        form.ResetWrittenCount();
        form.Write(previous);
        Write(form, book.Value);
        Write(form, @event.Id);
        Write(form, place);
        Write(form, version);
        Write(form, stream);
        Write(form, @event.Type);
        Write(form, metadata.Actor);
        Write(form, metadata.CorrelationId);
        Write(form, metadata.CausationId);
        Write(form, metadata.RecordedAt.ToUnixTimeTicks());
        Write(form, metadata.IdempotencyKey);
        Write(form, metadata.BodyHash);
        Write(form, @event.ConfidentialKey?.ToString("D"));
        Write(form, @event.Data.Span);
        Write(form, @event.Confidential.Span);
        var link = SHA256.HashData(form.WrittenSpan);
        if (form.Capacity > MostKeptBytes) room = null;
        return link;
    }

    /// <summary>The link that a stored event ought to have after the given one.</summary>
    public static byte[] Expected(ReadOnlySpan<byte> previous, StoredEvent stored) => Link(
        previous, stored.Book, stored.Place, stored.Stream, stored.Version,
        new NewEvent(stored.Id, stored.Type, stored.Data, stored.Confidential, stored.ConfidentialKey), stored.Metadata);

    private static void Write(ArrayBufferWriter<byte> form, Guid value)
    {
        value.TryWriteBytes(form.GetSpan(16), bigEndian: true, out _);
        form.Advance(16);
    }

    private static void Write(ArrayBufferWriter<byte> form, long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(form.GetSpan(8), value);
        form.Advance(8);
    }

    private static void Write(ArrayBufferWriter<byte> form, string? value)
    {
        BinaryPrimitives.WriteInt32BigEndian(form.GetSpan(4), value is null ? -1 : Encoding.UTF8.GetByteCount(value));
        form.Advance(4);
        if (value is not null) Encoding.UTF8.GetBytes(value, form);
    }

    private static void Write(ArrayBufferWriter<byte> form, ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteInt32BigEndian(form.GetSpan(4), value.Length);
        form.Advance(4);
        form.Write(value);
    }
}
