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
        using var cipher = Cipher(key);
        return Seal(cipher, plain, context);
    }

    /// <param name="context">What it belongs to: it opens with the same only.</param>
    public static byte[] Seal(AesGcm cipher, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context)
    {
        var whole = new byte[HeadBytes + plain.Length];
        whole[0] = Form;
        var nonce = whole.AsSpan(1, NonceBytes);
        RandomStock.Fill(nonce);
        cipher.Encrypt(nonce, plain, whole.AsSpan(HeadBytes), whole.AsSpan(1 + NonceBytes, TagBytes), context);
        return whole;
    }

    /// <summary>For one thread at a time.</summary>
    public static AesGcm Cipher(byte[] key) => new(key, TagBytes);

    /// <summary>How long what was sealed is.</summary>
    public static int PlainLength(ReadOnlySpan<byte> whole) => Math.Max(0, whole.Length - HeadBytes);

    /// <summary>Null where it was sealed with another key, for another context, or altered since.</summary>
    public static byte[]? TryOpen(byte[] key, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> context)
    {
        using var cipher = Cipher(key);
        var plain = new byte[PlainLength(whole)];
        return TryOpen(cipher, whole, context, plain) ? plain : null;
    }

    /// <summary>False where it was sealed with another key, for another context, or altered since.</summary>
    /// <param name="plain">Of <see cref="PlainLength"/>.</param>
    public static bool TryOpen(AesGcm cipher, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> context, Span<byte> plain)
    {
        if (whole.Length < HeadBytes || whole[0] != Form) return false;
        try
        {
            cipher.Decrypt(whole.Slice(1, NonceBytes), whole[HeadBytes..], whole.Slice(1 + NonceBytes, TagBytes), plain, context);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }
}
