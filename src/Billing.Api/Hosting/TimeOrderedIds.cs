using System.Buffers.Binary;
using Billing.EventStore.Sealing;
using NodaTime;

namespace Billing.Api.Hosting;

/// <summary>Makes UUIDs of version 7 (RFC 9562, 5.7): milliseconds since 1970, then 74 random bits.</summary>
public sealed class TimeOrderedIds(IClock clock)
{
    private const int IdBytes = 16;
    private const int RandomBytes = 10;

    public Guid Next()
    {
        Span<byte> id = stackalloc byte[IdBytes];
        BinaryPrimitives.WriteInt64BigEndian(id, clock.GetCurrentInstant().ToUnixTimeMilliseconds() << 16);
        RandomStock.Fill(id[(IdBytes - RandomBytes)..]);
        id[6] = (byte)(0x70 | (id[6] & 0x0f));
        id[8] = (byte)(0x80 | (id[8] & 0x3f));
        return new Guid(id, bigEndian: true);
    }
}
