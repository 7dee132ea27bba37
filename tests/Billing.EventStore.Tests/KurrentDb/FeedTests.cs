using Billing.EventStore.KurrentDb;
using Billing.EventStore.Port;
using Billing.EventStore.Tests.Conformance;

namespace Billing.EventStore.Tests.KurrentDb;

/// <summary>Positions are the server's commit positions, and the feed is a filtered read of all that the server has.</summary>
public sealed class FeedTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_feed_can_be_taken_up_after_every_event_even_within_one_append()
    {
        await using var served = await ServedBook.Start();
        var store = await served.Open();
        for (var n = 0; n < 3; n++)
            await store.Append(
                Given.Append(
                    served.Book,
                    new StreamAppend(ServedBook.Name("invoice", n), 0, Given.Events(3)),
                    new StreamAppend("numbering-a", n, Given.Events(1))),
                Stop);
        var feed = await store.ReadFeed(0, int.MaxValue, Stop);

        Assert.Equal(12, feed.Count);
        Assert.Equal(feed.Select(e => e.Position).Distinct().Order(), feed.Select(e => e.Position));
        for (var read = 0; read < feed.Count; read++)
        {
            var after = feed[read].Position;
            var rest = feed.Skip(read + 1).Select(e => e.Id).ToList();
            Assert.Equal(rest, (await store.ReadFeed(after, int.MaxValue, Stop)).Select(e => e.Id));
            Assert.Equal(rest.Take(2), (await store.ReadFeed(after, 2, Stop)).Select(e => e.Id));
            Assert.Equal(rest, await Follow(store, after, rest.Count));
        }
    }

    [Fact]
    public async Task Streams_book_feed_and_answers_tell_the_same_position_of_an_event()
    {
        await using var served = await ServedBook.Start();
        var store = await served.Open();
        var requests = Enumerable.Range(0, 40).Select(n => Given.Append(served.Book, ServedBook.Name("invoice", n), 0, 1 + n % 2)).ToList();
        var outcomes = await Task.WhenAll(requests.Select(r => Task.Run(async () => await store.Append(r, Stop), Stop)));

        var feed = (await store.ReadFeed(0, int.MaxValue, Stop)).ToDictionary(e => e.Id, e => e.Position);
        foreach (var (request, outcome) in requests.Zip(outcomes))
        {
            var last = request.Writes[0].Events[^1].Id;
            Assert.Equal(feed[last], Assert.IsType<AppendOutcome.Appended>(outcome).Position);
            var read = await store.ReadStream(served.Book, request.Writes[0].Stream, 1, 9, ReadDirection.Forwards, Stop);
            Assert.Equal(feed[last], read[^1].Position);
            Assert.Equal(feed[last], Assert.IsType<AppendOutcome.Appended>(await store.Append(request, Stop)).Position);
        }
        Assert.Equal(feed, (await store.ReadBook(served.Book, 0, 99, Stop)).ToDictionary(e => e.Id, e => e.Position));
    }

    [Fact]
    public async Task A_subscription_outlives_cut_connections_without_gap_or_repeat()
    {
        const int appends = 200;
        await using var served = await ServedBook.Start();
        var (writer, reader) = (await served.Open(), await served.Open());
        var following = Follow(reader, 0, appends);
        for (var n = 0; n < appends; n++)
        {
            await ServedBook.UntilStored(writer, Given.Append(served.Book, "invoice-1", n));
            if (n % 25 == 24) served.Server.CutConnections();
        }

        Assert.Equal((await writer.ReadFeed(0, int.MaxValue, Stop)).Select(e => e.Id), await following);
    }

    [Fact]
    public async Task Events_of_other_programs_are_passed_over_and_a_subscription_still_goes_on_after_them()
    {
        await using var served = await ServedBook.Start();
        var store = await served.Open();
        await store.Append(Given.Append(served.Book, "invoice-1", 0), Stop);
        for (var n = 0; n < 2_500; n++) served.Server.WriteForeign("orders-1", "order-placed", "{}");
        var following = Follow(store, 0, 2);
        served.Server.CutConnections();

        await ServedBook.UntilStored(store, Given.Append(served.Book, "invoice-1", 1));

        Assert.Equal(2, (await following).Count);
        Assert.Equal(2, (await store.ReadFeed(0, 99, Stop)).Count);
        Assert.Equal((await store.ReadBook(served.Book, 0, 9, Stop))[^1].Position, await store.HeadPosition(Stop));
    }

    [Fact]
    public async Task A_position_that_the_server_never_gave_is_refused_in_words()
    {
        await using var served = await ServedBook.Start();
        var store = await served.Open();
        var appended = Assert.IsType<AppendOutcome.Appended>(await store.Append(Given.Append(served.Book, "invoice-1", 0), Stop));

        foreach (Func<Task> read in new Func<Task>[]
        {
            async () => await store.ReadFeed(appended.Position - 1, 9, Stop),
            () => Follow(store, appended.Position - 1, 1),
        })
        {
            var failure = await Assert.ThrowsAsync<EventStoreException>(read);
            Assert.Contains("position", failure.Message, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_closed_store_ends_its_subscriptions()
    {
        await using var served = await ServedBook.Start();
        var store = await served.Open();
        var following = Follow(store, 0, 1);

        await store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => following);
    }

    private static async Task<List<Guid>> Follow(KurrentEventStore store, long after, int count)
    {
        var seen = new List<Guid>();
        if (count == 0) return seen;
        await foreach (var batch in store.Subscribe(after, Stop))
        {
            seen.AddRange(batch.Select(e => e.Id));
            if (seen.Count >= count) break;
        }
        return seen;
    }
}
