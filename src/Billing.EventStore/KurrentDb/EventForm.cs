using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Billing.EventStore.KurrentDb.Protocol;
using Billing.EventStore.Port;
using Google.Protobuf;

namespace Billing.EventStore.KurrentDb;

/// <summary>
/// How an event lies on the server. Its data are the event's data, byte for byte, its type the event's type. Its custom
/// metadata are one JSON object with these properties in this order, without spaces, those that are absent left out:
/// <c>id</c> (the event's id), <c>first</c> (place of the first event of its append), <c>place</c>, <c>stream</c>,
/// <c>version</c>, <c>actor</c>, <c>$correlationId</c>, <c>$causationId</c> (the names that the server's own projections
/// look for), <c>recordedAtTicks</c> (Unix ticks of 100 ns), <c>idempotencyKey</c>, <c>bodyHash</c>,
/// <c>confidentialKey</c>, <c>confidential</c> (Base64), <c>link</c> (hexadecimal).
/// </summary>
internal static class EventForm
{
    private const string Json = "application/json";

    public static ProposedMessage Proposed(
        BookDraft.Planned planned, Guid physicalId, EventMetadata metadata)
    {
        var form = new ArrayBufferWriter<byte>(800 + 2 * planned.Event.Confidential.Length);
        using (var json = new Utf8JsonWriter(form)) Write(json, planned, metadata);
        return new ProposedMessage
        {
            Id = Wire.Uuid(physicalId),
            Metadata = { ["type"] = planned.Event.Type, ["content-type"] = Json },
            CustomMetadata = UnsafeByteOperations.UnsafeWrap(form.WrittenMemory),
            Data = UnsafeByteOperations.UnsafeWrap(planned.Event.Data),
        };
    }

    /// <summary>The bytes that the server counts against its limit.</summary>
    public static int Size(ProposedMessage message) =>
        message.Data.Length + message.CustomMetadata.Length + 2 * message.Metadata["type"].Length;

    /// <summary>At least <see cref="Size"/> of all events of the request, told before their place is known.</summary>
    public static long MostBytes(AppendRequest request)
    {
        const int fixedBytes = 640, mostBytesPerCharacter = 6;
        var texts = request.Metadata.Actor.Length + (request.Metadata.IdempotencyKey?.Length ?? 0)
            + (request.Metadata.BodyHash?.Length ?? 0);
        long bytes = 0;
        foreach (var write in request.Writes)
            foreach (var @event in write.Events)
                bytes += @event.Data.Length + 4L * ((@event.Confidential.Length + 2) / 3) + fixedBytes
                    + mostBytesPerCharacter * (texts + write.Stream.Length + @event.Type.Length);
        return bytes;
    }

    /// <exception cref="EventStoreException">The event is not of this form: another program wrote it.</exception>
    public static FiledEvent Filed(ReadResp.Types.ReadEvent.Types.RecordedEvent recorded, string streamPrefix)
    {
        var stream = recorded.StreamIdentifier.StreamName.ToStringUtf8();
        try
        {
            var book = new BookId(Guid.ParseExact(stream.AsSpan(streamPrefix.Length), "D"));
            var parts = EventParts.Read(recorded.CustomMetadata.Span);
            if (parts.Place != checked((long)recorded.StreamRevision + 1)) throw new FormatException("its place is another");
            if (recorded.CommitPosition > long.MaxValue)
                throw new FormatException("the server does not tell its position; servers from 23.10 on do");
            return new FiledEvent(parts.First, new StoredEvent(
                (long)recorded.CommitPosition, book, parts.Place, parts.Stream, parts.Version, parts.Id,
                recorded.Metadata["type"], recorded.Data.Memory, parts.Confidential, parts.ConfidentialKey, parts.Metadata, parts.Link));
        }
        catch (Exception cause) when (cause is FormatException or JsonException or ArgumentException or KeyNotFoundException
            or InvalidOperationException)
        {
            var revision = recorded.StreamRevision.ToString(CultureInfo.InvariantCulture);
            throw new EventStoreException(
                $"Event {revision} of the server's stream {stream} was not written by this program, so the book can't be read: "
                + $"{cause.Message}. Look at that event with the server's own tools.", cause);
        }
    }

    private static void Write(Utf8JsonWriter json, BookDraft.Planned planned, EventMetadata metadata)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, planned.Event.Id);
        json.WriteNumber("first"u8, planned.First);
        json.WriteNumber("place"u8, planned.Place);
        json.WriteString("stream"u8, planned.Stream);
        json.WriteNumber("version"u8, planned.Version);
        json.WriteString("actor"u8, metadata.Actor);
        json.WriteString("$correlationId"u8, metadata.CorrelationId);
        json.WriteString("$causationId"u8, metadata.CausationId);
        json.WriteNumber("recordedAtTicks"u8, metadata.RecordedAt.ToUnixTimeTicks());
        if (metadata.IdempotencyKey is { } key) json.WriteString("idempotencyKey"u8, key);
        if (metadata.BodyHash is { } hash) json.WriteString("bodyHash"u8, hash);
        if (planned.Event.ConfidentialKey is { } sealing) json.WriteString("confidentialKey"u8, sealing);
        if (!planned.Event.Confidential.IsEmpty) json.WriteBase64String("confidential"u8, planned.Event.Confidential.Span);
        json.WriteString("link"u8, Convert.ToHexStringLower(planned.Link));
        json.WriteEndObject();
    }
}

/// <summary>A stored event and the place of the first event of its append.</summary>
internal readonly record struct FiledEvent(long First, StoredEvent Stored);
