using System.Buffers.Binary;
using System.Security.Cryptography;
using NodaTime;

namespace Billing.Domain.Retainers;

/// <summary>Periods grant by themselves, so that no event gives their lots an id: it follows from retainer and day.</summary>
public static class PeriodLots
{
    /// <summary>A name-based id, version 8 of RFC 9562: the start of SHA-256 over the retainer's id and the day.</summary>
    public static Guid IdOf(Guid retainerId, LocalDate from)
    {
        Span<byte> name = stackalloc byte[20];
        retainerId.TryWriteBytes(name, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(name[16..], (from.Year * 10_000) + (from.Month * 100) + from.Day);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(name, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
