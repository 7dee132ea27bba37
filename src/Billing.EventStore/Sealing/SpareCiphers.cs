using System.Security.Cryptography;

namespace Billing.EventStore.Sealing;

/// <summary>
/// Ciphers that were used of late, so that few keys are set up for each event anew; making one takes longer than sealing with it. A fixed
/// number of them, one in each slot: keys that share a slot drive each other out. Safe for use by several threads.
/// </summary>
internal sealed class SpareCiphers
{
    private const int Slots = 1_024;

    private readonly KeyedCipher?[] spare = new KeyedCipher?[Slots];

    /// <summary>The caller's alone until it is given back.</summary>
    /// <param name="bytes">Of the key, as they are now.</param>
    public KeyedCipher Take(Guid keyId, byte[] bytes)
    {
        if (Interlocked.Exchange(ref Slot(keyId), null) is not { } found) return new KeyedCipher(keyId, bytes, SealedBytes.Cipher(bytes));
        if (found.KeyId == keyId && ReferenceEquals(found.Bytes, bytes)) return found;
        found.Cipher.Dispose();
        return new KeyedCipher(keyId, bytes, SealedBytes.Cipher(bytes));
    }

    public void Give(KeyedCipher used) => Interlocked.Exchange(ref Slot(used.KeyId), used)?.Cipher.Dispose();

    /// <summary>Lets go of all. One that is in use comes back, and serves nobody whose key has other bytes.</summary>
    public void Clear()
    {
        for (var i = 0; i < Slots; i++) Interlocked.Exchange(ref spare[i], null)?.Cipher.Dispose();
    }

    private ref KeyedCipher? Slot(Guid keyId) => ref spare[keyId.GetHashCode() & (Slots - 1)];
}

/// <summary>A key's cipher, for one thread at a time.</summary>
internal sealed record KeyedCipher(Guid KeyId, byte[] Bytes, AesGcm Cipher);
