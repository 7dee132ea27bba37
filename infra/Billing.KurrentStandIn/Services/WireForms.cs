using System.Buffers.Binary;
using System.Globalization;
using Billing.KurrentStandIn.Log;
using Billing.KurrentStandIn.Protocol;
using Google.Protobuf;
using Google.Protobuf.Collections;
using static Billing.KurrentStandIn.Protocol.ReadResp.Types;

namespace Billing.KurrentStandIn.Services;

/// <summary>Between what goes over the wire and what is stored.</summary>
internal static class WireForms
{
    private const string Type = "type", ContentType = "content-type", Created = "created", Json = "application/json";
    private static readonly long UnixEpochTicks = DateTime.UnixEpoch.Ticks;

    public static Proposed Proposed(UUID? id, MapField<string, string> metadata, ByteString customMetadata, ByteString data)
    {
        if (!metadata.TryGetValue(Type, out var type)) throw Refusals.MissingMetadata(Type);
        if (!metadata.TryGetValue(ContentType, out var contentType)) throw Refusals.MissingMetadata(ContentType);
        var guid = Guid(id);
        return guid == default
            ? throw Refusals.Invalid("An event without an id.")
            : new Proposed(guid, type, contentType == Json, data, customMetadata);
    }

    public static Guid Guid(UUID? uuid)
    {
        if (uuid is null) return default;
        if (uuid.ValueCase == UUID.ValueOneofCase.String) return System.Guid.Parse(uuid.String);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, uuid.Structured?.MostSignificantBits ?? 0);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], uuid.Structured?.LeastSignificantBits ?? 0);
        return new Guid(bytes, bigEndian: true);
    }

    public static UUID Uuid(Guid value, bool asText)
    {
        if (asText) return new UUID { String = value.ToString("D") };
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return new UUID
        {
            Structured = new UUID.Types.Structured
            {
                MostSignificantBits = BinaryPrimitives.ReadInt64BigEndian(bytes),
                LeastSignificantBits = BinaryPrimitives.ReadInt64BigEndian(bytes[8..]),
            },
        };
    }

    public static ReadResp Event(LogRecord record, bool idAsText) => new()
    {
        Event = new ReadEvent
        {
            CommitPosition = (ulong)record.Position,
            Event = new ReadEvent.Types.RecordedEvent
            {
                Id = Uuid(record.Event.Id, idAsText),
                StreamIdentifier = Stream(record.Stream),
                StreamRevision = (ulong)record.Revision,
                CommitPosition = (ulong)record.Position,
                PreparePosition = (ulong)record.Position,
                Data = record.Event.Data,
                CustomMetadata = record.Event.Metadata,
                Metadata =
                {
                    [Type] = record.Event.Type,
                    [Created] = (record.CreatedTicks - UnixEpochTicks).ToString(CultureInfo.InvariantCulture),
                    [ContentType] = record.Event.IsJson ? Json : "application/octet-stream",
                },
            },
        },
    };

    public static StreamIdentifier Stream(string name) => new() { StreamName = ByteString.CopyFromUtf8(name) };

    public static string Name(StreamIdentifier? stream) =>
        stream is { StreamName.Length: > 0 } ? stream.StreamName.ToStringUtf8() : throw Refusals.Invalid("No stream is named.");
}
