using Billing.Api.Commands;
using Billing.EventStore.Port;

namespace Billing.Api.Tests.Commands;

public sealed class StateCacheTests
{
    private static readonly BookId Book = new(new Guid("00000000-0000-0000-0000-000000000001"));

    [Fact]
    public void A_stream_that_is_in_use_outlives_a_scan_of_others()
    {
        var cache = new StateCache(mostStates: 100);
        cache.Put(Book, "hot", "state", 7);
        for (var i = 0; i < 10_000; i++)
        {
            cache.Put(Book, $"cold-{i}", "state", 1);
            if (i % 20 == 0) Assert.Equal(7, VersionOf(cache, "hot"));
        }
    }

    [Fact]
    public void No_more_states_are_kept_than_it_is_told()
    {
        var cache = new StateCache(mostStates: 100);
        for (var i = 0; i < 1_000; i++) cache.Put(Book, $"cold-{i}", "state", 1);

        Assert.InRange(Kept(cache, 1_000), 50, 100);
        Assert.Equal(1, VersionOf(cache, "cold-999"));
    }

    [Fact]
    public void Long_streams_are_kept_fewer()
    {
        var cache = new StateCache(mostStates: 100, mostEvents: 10_000);
        for (var i = 0; i < 1_000; i++) cache.Put(Book, $"cold-{i}", "state", 1_000);

        Assert.InRange(Kept(cache, 1_000), 5, 10);
    }

    [Fact]
    public void A_stream_counts_with_its_length_while_it_grows()
    {
        var cache = new StateCache(mostStates: 100, mostEvents: 10_000);
        for (var version = 1; version <= 2_000; version++)
            for (var i = 0; i < 10; i++) cache.Put(Book, $"cold-{i}", "state", version);

        Assert.InRange(Kept(cache, 10), 2, 5);
    }

    [Fact]
    public void A_stream_longer_than_all_that_may_be_kept_is_kept_still()
    {
        var cache = new StateCache(mostStates: 100, mostEvents: 10_000);
        for (var version = 50_000; version < 50_010; version++)
        {
            cache.Put(Book, "long", "state", version);
            cache.Put(Book, "short", "state", 1);
            Assert.Equal(version, VersionOf(cache, "long"));
        }
    }

    [Fact]
    public void An_older_state_never_takes_the_place_of_a_newer_one()
    {
        var cache = new StateCache(mostStates: 10);
        cache.Put(Book, "week", "newer", 5);
        cache.Put(Book, "week", "older", 4);
        Assert.Equal(5, VersionOf(cache, "week"));

        // Nor where the newer one has grown old.
        for (var i = 0; i < 5; i++) cache.Put(Book, $"cold-{i}", "state", 1);
        cache.Put(Book, "week", "older", 4);
        Assert.Equal(5, VersionOf(cache, "week"));
    }

    [Fact]
    public async Task Of_many_writers_at_once_the_newest_state_is_kept()
    {
        var cache = new StateCache(mostStates: 20);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() =>
        {
            for (var version = 1; version <= 2_000; version++)
            {
                cache.Put(Book, "week", version, version);
                cache.Put(Book, $"other-{writer}-{version % 5}", "state", 1);
                Assert.True(cache.TryGet(Book, "week", out var state, out var seen), "It was in use and is gone.");
                Assert.True(seen >= version && (int)state == seen, $"Wrote {version} and read {seen}.");
            }
        })));
        Assert.Equal(2_000, VersionOf(cache, "week"));
    }

    [Fact]
    public void What_is_dropped_is_gone_whether_young_or_old()
    {
        var cache = new StateCache(mostStates: 10);
        cache.Put(Book, "old", "state", 1);
        for (var i = 0; i < 5; i++) cache.Put(Book, $"cold-{i}", "state", 1);
        cache.Put(Book, "young", "state", 1);

        cache.Drop(Book, "old");
        cache.Drop(Book, "young");
        cache.Drop(Book, "never");

        Assert.Equal((0, 0), (VersionOf(cache, "old"), VersionOf(cache, "young")));
    }

    private static int Kept(StateCache cache, int streams) =>
        Enumerable.Range(0, streams).Count(i => VersionOf(cache, $"cold-{streams - 1 - i}") > 0);

    private static long VersionOf(StateCache cache, string stream) =>
        cache.TryGet(Book, stream, out _, out var version) ? version : 0;
}
