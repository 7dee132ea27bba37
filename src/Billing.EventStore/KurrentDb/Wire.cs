using System.Buffers.Binary;
using Billing.EventStore.KurrentDb.Protocol;
using Google.Protobuf;

namespace Billing.EventStore.KurrentDb;

/// <summary>How the protocol writes ids and names.</summary>
internal static class Wire
{
    public static Protocol.Empty Empty { get; } = new();

    public static Google.Protobuf.WellKnownTypes.Empty WellKnownEmpty { get; } = new();

    /// <summary>Two big-endian halves.</summary>
    public static UUID Uuid(Guid value)
    {
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

    public static Guid Guid(UUID? uuid)
    {
        if (uuid?.Structured is not { } halves)
            return System.Guid.TryParse(uuid?.String, out var parsed) ? parsed : default;
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, halves.MostSignificantBits);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], halves.LeastSignificantBits);
        return new Guid(bytes, bigEndian: true);
    }

    public static StreamIdentifier Stream(string name) => new() { StreamName = ByteString.CopyFromUtf8(name) };
}
