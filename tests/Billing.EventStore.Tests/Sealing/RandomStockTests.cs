using Billing.EventStore.Sealing;

namespace Billing.EventStore.Tests.Sealing;

public sealed class RandomStockTests
{
    private const int NonceBytes = 12;

    [Fact]
    public void No_bytes_are_given_out_twice_on_any_thread_over_many_fetches()
    {
        var given = Enumerable.Range(0, 20_000).AsParallel().Select(_ =>
        {
            var nonce = new byte[NonceBytes];
            RandomStock.Fill(nonce);
            return Convert.ToHexString(nonce);
        }).ToHashSet();

        Assert.Equal(20_000, given.Count);
    }

    [Fact]
    public void Every_byte_asked_for_is_filled_however_the_lengths_fall_on_a_fetchs_end()
    {
        // One byte in 256 is 0 by chance; eight in a row are one in 2^64.
        for (var length = 8; length <= 4_096; length += 61)
        {
            var bytes = new byte[length];
            RandomStock.Fill(bytes);
            Assert.False(bytes.AsSpan(0, 8).IndexOfAnyExcept((byte)0) < 0, $"{length} bytes begin with none");
            Assert.False(bytes.AsSpan(length - 8).IndexOfAnyExcept((byte)0) < 0, $"{length} bytes end with none");
        }
    }

    [Fact]
    public void More_than_a_fetch_has_is_refused()
    {
        Assert.Throws<ArgumentException>(() => RandomStock.Fill(new byte[4_097]));
    }
}
