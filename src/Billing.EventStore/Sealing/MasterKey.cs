using Billing.EventStore.Port;

namespace Billing.EventStore.Sealing;

/// <summary>Wraps the keys of a ring, so that a copy of their home is of no use without it.</summary>
public sealed class MasterKey
{
    public const int Bytes = 32;

    private readonly byte[] key;

    private MasterKey(byte[] key) => this.key = key;

    /// <summary>Null where the text is not 32 bytes in base64.</summary>
    public static MasterKey? Parse(string base64)
    {
        var bytes = new byte[Bytes];
        var isKey = Convert.TryFromBase64String(base64, bytes, out var length) && length == Bytes;
        return isKey ? new MasterKey(bytes) : null;
    }

    internal byte[] Wrap(Guid keyId, byte[] bytes) => SealedBytes.Seal(key, bytes, keyId.ToByteArray(bigEndian: true));

    /// <exception cref="EventStoreException">Another master key wrapped it.</exception>
    internal byte[] Unwrap(Guid keyId, byte[] wrapped) =>
        SealedBytes.TryOpen(key, wrapped, keyId.ToByteArray(bigEndian: true)) ?? throw new EventStoreException(
            "The keys were wrapped by another master key: set Billing:Sealing:MasterKey to the one that they were made with.");
}
