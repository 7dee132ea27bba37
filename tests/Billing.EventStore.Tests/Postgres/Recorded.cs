using Billing.EventStore.Port;

namespace Billing.EventStore.Tests.Postgres;

/// <summary>What was seen of a store, and whether it is whole.</summary>
internal static class Recorded
{
    /// <summary>Follows until the given position has come.</summary>
    public static Task<List<StoredEvent>> Follow(IEventStore store, long until, long after = 0) =>
        Follow(store, e => e.Position >= until, after);

    /// <summary>Follows until that event has come.</summary>
    public static async Task<List<StoredEvent>> Follow(IEventStore store, Func<StoredEvent, bool> isLast, long after = 0)
    {
        var seen = new List<StoredEvent>();
        await foreach (var batch in store.Subscribe(after, TestContext.Current.CancellationToken))
        {
            seen.AddRange(batch);
            if (batch.Any(isLast)) break;
        }
        return seen;
    }

    /// <summary>Positions rise; in each book places have no gap and the chain holds; in each stream versions have no gap.</summary>
    public static void AssertWhole(IReadOnlyList<StoredEvent> feed)
    {
        Assert.Equal(feed.Select(e => e.Position).Distinct().Order(), feed.Select(e => e.Position));
        foreach (var book in feed.GroupBy(e => e.Book))
        {
            ReadOnlyMemory<byte> previous = Chain.Origin;
            long place = 0;
            foreach (var stored in book)
            {
                Assert.Equal(++place, stored.Place);
                Assert.Equal(Chain.Expected(previous.Span, stored), stored.Link.ToArray());
                previous = stored.Link;
            }
        }
        foreach (var stream in feed.GroupBy(e => (e.Book, e.Stream)))
            Assert.Equal(Enumerable.Range(1, stream.Count()).Select(n => (long)n), stream.Select(e => e.Version));
    }
}
