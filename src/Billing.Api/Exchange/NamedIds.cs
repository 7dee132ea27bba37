using System.Security.Cryptography;
using System.Text;

namespace Billing.Api.Exchange;

/// <summary>
/// Ids worked out from what they stand for (UUID version 8, RFC 9562, over SHA-256), so that importing the same row again
/// makes the same id and so nothing new.
/// </summary>
public static class NamedIds
{
    public static Guid Of(Guid scope, params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(scope.ToByteArray(bigEndian: true));
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
        var digest = hash.GetHashAndReset().AsSpan(0, 16);
        digest[6] = (byte)(digest[6] & 0x0F | 0x80);
        digest[8] = (byte)(digest[8] & 0x3F | 0x80);
        return new Guid(digest, bigEndian: true);
    }
}
