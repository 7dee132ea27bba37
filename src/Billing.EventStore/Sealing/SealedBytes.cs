using System.Security.Cryptography;

namespace Billing.EventStore.Sealing;

/// <summary>
/// AES-256-GCM: a byte 1 for the form, a nonce of 96 random bits, a tag of 128, and what is sealed. A nonce may come again with a
/// chance of one in 2³² after four thousand million of them under one key; a client has far fewer events.
/// </summary>
internal static class SealedBytes
{
    private const byte Form = 1;
    private const int NonceBytes = 12, TagBytes = 16, HeadBytes = 1 + NonceBytes + TagBytes;

    /// <param name="context">What it belongs to: it opens with the same only.</param>
    public static byte[] Seal(byte[] key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context)
    {
        var whole = new byte[HeadBytes + plain.Length];
        whole[0] = Form;
        var nonce = whole.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(nonce, plain, whole.AsSpan(HeadBytes), whole.AsSpan(1 + NonceBytes, TagBytes), context);
        return whole;
    }

    /// <summary>Null where it was sealed with another key, for another context, or altered since.</summary>
    public static byte[]? TryOpen(byte[] key, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> context)
    {
        if (whole.Length < HeadBytes || whole[0] != Form) return null;
        var plain = new byte[whole.Length - HeadBytes];
        try
        {
            using var cipher = new AesGcm(key, TagBytes);
            cipher.Decrypt(whole.Slice(1, NonceBytes), whole[HeadBytes..], whole.Slice(1 + NonceBytes, TagBytes), plain, context);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
