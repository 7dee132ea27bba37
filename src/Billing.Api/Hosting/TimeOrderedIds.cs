using System.Buffers.Binary;
using System.Security.Cryptography;
using NodaTime;

namespace Billing.Api.Hosting;

/// <summary>
/// Makes UUIDs of version 7 (RFC 9562, 5.7): milliseconds since 1970, then 74 random bits. Random bytes are fetched from the
/// operating system some hundred ids at a time, since every fetch is a call into its kernel.
/// </summary>
public sealed class TimeOrderedIds(IClock clock)
{
    private const int IdBytes = 16;
    private const int RandomBytes = 10;
    private const int IdsPerFetch = 256;

    [ThreadStatic]
    private static byte[]? fetched;

    [ThreadStatic]
    private static int used;

    public Guid Next()
    {
        Span<byte> id = stackalloc byte[IdBytes];
        BinaryPrimitives.WriteInt64BigEndian(id, clock.GetCurrentInstant().ToUnixTimeMilliseconds() << 16);
        TakeRandom(id[(IdBytes - RandomBytes)..]);
        id[6] = (byte)(0x70 | (id[6] & 0x0f));
        id[8] = (byte)(0x80 | (id[8] & 0x3f));
        return new Guid(id, bigEndian: true);
    }

    private static void TakeRandom(Span<byte> target)
    {
        if (fetched is null || used == fetched.Length)
        {
            fetched ??= new byte[RandomBytes * IdsPerFetch];
            RandomNumberGenerator.Fill(fetched);
            used = 0;
        }
        var taken = fetched.AsSpan(used, RandomBytes);
        taken.CopyTo(target);
        taken.Clear();
        used += RandomBytes;
    }
}
