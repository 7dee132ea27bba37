using System.Security.Cryptography;
using Billing.EventStore.Sealing;

namespace Billing.EventStore.Tests.Sealing;

public sealed class SpareCiphersTests
{
    private static readonly byte[] Context = [7];
    private readonly SpareCiphers _ciphers = new();

    [Fact]
    public void A_cipher_that_was_given_back_serves_again_and_one_in_use_serves_nobody_else()
    {
        var (key, bytes) = (Guid.NewGuid(), RandomNumberGenerator.GetBytes(32));

        var first = _ciphers.Take(key, bytes);
        var second = _ciphers.Take(key, bytes);
        Assert.NotSame(first, second);
        _ciphers.Give(first);
        Assert.Same(first, _ciphers.Take(key, bytes));
    }

    [Fact]
    public void A_key_with_other_bytes_gets_another_cipher()
    {
        var (key, before, after) = (Guid.NewGuid(), RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        _ciphers.Give(_ciphers.Take(key, before));

        var sealedBytes = SealedBytes.Seal(_ciphers.Take(key, after).Cipher, [1, 2, 3], Context);

        Assert.Equal([1, 2, 3], SealedBytes.TryOpen(after, sealedBytes, Context));
        Assert.Null(SealedBytes.TryOpen(before, sealedBytes, Context));
    }

    [Fact]
    public void What_was_let_go_of_serves_no_more()
    {
        var (key, bytes) = (Guid.NewGuid(), RandomNumberGenerator.GetBytes(32));
        var used = _ciphers.Take(key, bytes);
        _ciphers.Give(used);

        _ciphers.Clear();

        Assert.NotSame(used, _ciphers.Take(key, bytes));
        Assert.Throws<ObjectDisposedException>(() => SealedBytes.Seal(used.Cipher, [1], Context));
    }

    /// <summary>More keys than slots, so that they drive each other out while others seal.</summary>
    [Fact]
    public void Many_threads_seal_and_open_with_many_keys_at_once()
    {
        var keys = Enumerable.Range(0, 3_000).Select(_ => (Id: Guid.NewGuid(), Bytes: RandomNumberGenerator.GetBytes(32))).ToArray();

        Parallel.For(0, 60_000, i =>
        {
            var (id, bytes) = keys[i * 7 % keys.Length];
            var cipher = _ciphers.Take(id, bytes);
            var whole = SealedBytes.Seal(cipher.Cipher, BitConverter.GetBytes(i), Context);
            _ciphers.Give(cipher);
            Assert.Equal(BitConverter.GetBytes(i), SealedBytes.TryOpen(bytes, whole, Context));
        });
    }
}
