using Billing.EventStore.Port;

namespace Billing.EventStore.Tests.Conformance;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task A_subscription_passes_from_stored_to_live_events_without_gap_or_repeat()
    {
        const int writers = 6, appendsEach = 60, eventsEach = 2;
        var books = Enumerable.Range(0, writers).Select(_ => Given.Book()).ToList();
        const int total = (1 + writers * appendsEach) * eventsEach;
        await Appended(Given.Append(books[0], "before-1", 0, eventsEach));
        var early = Follow(0, total);

        var writing = books.Select((book, n) => Task.Run(
            async () =>
            {
                for (var i = 0; i < appendsEach; i++)
                    await Appended(Given.Append(book, Name("invoice", n), i * eventsEach, eventsEach));
            },
            Stop)).ToList();
        var followers = new List<(int Skipped, Task<List<StoredEvent>> Seen)> { (0, early) };
        while (writing.Exists(w => !w.IsCompleted) && followers.Count < 40)
        {
            var stored = await Feed();
            var skipped = stored.Count * followers.Count / 40;
            followers.Add((skipped, Follow(skipped == 0 ? 0 : stored[skipped - 1].Position, total - skipped)));
            await Task.Yield();
        }
        await Task.WhenAll(writing);

        var feed = await Feed();
        Assert.Equal(total, feed.Count);
        foreach (var (skipped, seen) in followers)
            Assert.Equal(feed.Skip(skipped).Select(e => e.Id), (await seen).Select(e => e.Id));
    }

    [Fact]
    public async Task A_subscription_from_the_head_sees_only_what_is_new()
    {
        var book = Given.Book();
        var before = await Appended(Given.Append(book, "invoice-1", 0, 3));
        var following = Follow(before.Position, 2);

        await Appended(Given.Append(book, "invoice-1", 3, 2));

        Assert.Equal([4L, 5L], (await following).Select(e => e.Place));
    }

    [Fact]
    public async Task A_subscription_catches_up_on_a_long_history()
    {
        var book = Given.Book();
        for (var n = 0; n < 25; n++) await Appended(Given.Append(book, "invoice-1", n * 100, 100));
        var after = (await Book(book))[499].Position;

        Assert.Equal(Enumerable.Range(501, 2_000).Select(n => (long)n), (await Follow(after, 2_000)).Select(e => e.Place));
    }

    [Fact]
    public async Task Cancelling_ends_a_waiting_subscription()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await using var following = Store.Subscribe(0, stopping.Token).GetAsyncEnumerator(Stop);
        var next = following.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task Giving_up_on_an_append_leaves_it_to_a_retry_to_find_out()
    {
        var book = Given.Book();
        using var givingUp = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var requests = Enumerable.Range(0, 100).Select(n => Given.Append(book, Name("invoice", n), 0, 2)).ToList();
        var tries = requests.Select(r => Task.Run(async () => await Store.Append(r, givingUp.Token), Stop)).ToList();
        await tries[0];
        await givingUp.CancelAsync();
        foreach (var attempt in tries)
        {
            try
            {
                Assert.IsType<AppendOutcome.Appended>(await attempt);
            }
            catch (OperationCanceledException)
            {
                // It may have been stored or not; the retry below must make it certain either way.
            }
        }

        foreach (var request in requests) await Appended(request);

        Assert.Equal(200, (await Book(book)).Count);
        AssertWhole(await Book(book));
    }

    /// <summary>Follows until so many events have come. Starts reading before this method returns.</summary>
    private async Task<List<StoredEvent>> Follow(long after, int count)
    {
        var seen = new List<StoredEvent>();
        if (count <= 0) return seen;
        await foreach (var batch in Store.Subscribe(after, Stop))
        {
            Assert.NotEmpty(batch);
            seen.AddRange(batch);
            if (seen.Count >= count) break;
        }
        return seen;
    }
}
