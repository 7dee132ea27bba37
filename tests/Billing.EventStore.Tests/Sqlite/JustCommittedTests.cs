using System.Text;
using Billing.Domain.Clients;
using Billing.EventStore.Codec;
using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Billing.EventStore.Sqlite;
using Billing.EventStore.Tests.Conformance;
using NodaTime.Text;

namespace Billing.EventStore.Tests.Sqlite;

/// <summary>Whoever follows is given what this process wrote out of memory, and sees what the file has.</summary>
public sealed class JustCommittedTests : IAsyncDisposable
{
    private readonly EventFile file = new();
    private readonly KeyRing keys;
    private readonly SealedEventStore store;
    private readonly BookId book = Given.Book();
    private readonly KeyOwner client = new(Guid.CreateVersion7(), KeyUse.Contact);

    public JustCommittedTests()
    {
        keys = new KeyRing(SqliteKeyHome.Open(file.Path + ".keys"), master: null, Guid.CreateVersion7);
        store = new SealedEventStore(SqliteEventStore.Open(file.Path), keys);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        keys.Dispose();
        await file.DisposeAsync();
    }

    [Fact]
    public async Task It_is_what_the_file_has()
    {
        await using var following = await Following();
        var late = Given.Morning.PlusNanoseconds(150);
        await Appended(Append(Added("Zoë")) with { Metadata = Given.Metadata("key", "ab12") with { RecordedAt = late } });
        await Appended(Append("client-2", Added(null), Added("Ada")));

        var given = await Next(following, 3);

        var read = await store.ReadFeed(1, 9, Stop);
        Assert.All(given, stored => Assert.NotNull(stored.Event));
        Assert.All(read, stored => Assert.Null(stored.Event));
        Assert.Equal(read.Select(Whole), given.Select(Whole));
        Assert.Equal(read.Select(EventCodec.Decode), given.Select(EventCodec.Decode));
        Assert.Contains("Zoë", Encoding.UTF8.GetString(given[0].Confidential.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_an_erasure_it_has_nothing_of_what_was_erased()
    {
        await using var following = await Following();
        await Appended(Append(Added("Zoë")));
        Assert.True(keys.Erase(book, client, Given.Morning));
        await Appended(Append("client-2", Added("Zoë")));

        var given = await Next(following, 2);

        Assert.Equal((await store.ReadFeed(1, 9, Stop)).Select(Whole), given.Select(Whole));
        Assert.All(given, stored => Assert.Null(((ClientEvent.ClientAdded)EventCodec.Decode(stored)).Name));
        Assert.NotNull(given[0].ConfidentialKey);
    }

    [Fact]
    public async Task What_was_refused_is_not_in_it()
    {
        await using var following = await Following();
        var first = Append(Added("Ada")).Keyed("key");
        await Appended(first);
        Assert.IsType<AppendOutcome.KeyTaken>(await store.Append(Append("client-2", Added("Bob"), Added("Bob")).Keyed("key"), Stop));
        Assert.True(Assert.IsType<AppendOutcome.Appended>(await store.Append(first, Stop)).Repeated);
        await Appended(Append("client-2", Added("Eve")));

        Assert.Equal((await store.ReadFeed(1, 9, Stop)).Select(Whole), (await Next(following, 2)).Select(Whole));
    }

    [Fact]
    public async Task Bytes_of_others_are_read_from_the_file_since_they_may_change()
    {
        await using var following = await Following();
        await Appended(Append(Added("Ada")));
        var buffer = "{\"n\":1}"u8.ToArray();
        var others = new NewEvent(Guid.CreateVersion7(), "client-added.v1", buffer, buffer);
        await Appended(Append("client-2", others, others with { Id = Guid.CreateVersion7() }));
        buffer.AsSpan().Clear();
        await Appended(Append("client-3", Added("Eve")));

        var given = await Next(following, 4);

        Assert.Equal((await store.ReadFeed(1, 9, Stop)).Select(Whole), given.Select(Whole));
        Assert.Equal([true, false, false], given.Take(3).Select(stored => stored.Event is not null));
    }

    [Fact]
    public async Task Several_who_follow_at_any_pace_see_every_event_once()
    {
        const int writers = 4, appendsEach = 150;
        var writing = Enumerable.Range(0, writers).Select(n => Task.Run(
            async () =>
            {
                for (var i = 0; i < appendsEach; i++) await Appended(Append($"client-{n}-{i}", Added("Ada"), Added("Eve")));
            },
            Stop)).ToList();
        const int all = writers * appendsEach * 2;
        var followers = Enumerable.Range(0, 3).Select(n => Task.Run(() => Follow(all, n), Stop)).ToList();
        await Task.WhenAll(writing);

        var feed = (await store.ReadFeed(0, all + 1, Stop)).Select(Whole).ToList();
        foreach (var seen in followers) Assert.Equal(feed, (await seen).Select(Whole));
    }

    [Theory]
    [InlineData(5, 1L << 20)]
    [InlineData(1_000, 100)]
    public void Whoever_falls_too_far_behind_reads_the_file(int mostEvents, long mostBytes)
    {
        var committed = new JustCommitted(mostEvents, mostBytes);
        committed.Add([Stored(1), Stored(2), Stored(3)]);
        Assert.Equal([2L], committed.TakeAfter(1, limit: 1)!.Select(e => e.Position));
        committed.Add([Stored(4), Stored(5), Stored(6), Stored(7), Stored(8)]);
        Assert.Null(committed.TakeAfter(2, limit: 9));

        committed.Add([Stored(9)]);

        Assert.Null(committed.TakeAfter(2, limit: 9));
        Assert.Equal([9L], committed.TakeAfter(8, limit: 9)!.Select(e => e.Position));
        Assert.Null(committed.TakeAfter(8, limit: 9));
    }

    [Fact]
    public void Nothing_is_kept_where_nobody_follows()
    {
        var committed = new JustCommitted();
        Assert.False(committed.IsFollowed);
        using (committed.Follow())
        {
            Assert.True(committed.IsFollowed);
            committed.Add([Stored(1)]);
        }
        Assert.False(committed.IsFollowed);
        Assert.Null(committed.TakeAfter(0, limit: 9));
    }

    private static StoredEvent Stored(long position) => new(
        position, Given.Book(), position, "client-1", position, Guid.CreateVersion7(), "client-added.v1", new byte[20], default, null,
        Given.Metadata(), new byte[32]);

    private static string Whole(StoredEvent stored) => string.Join(
        '|', stored.Position, stored.Book, stored.Place, stored.Stream, stored.Version, stored.Id, stored.Type,
        Encoding.UTF8.GetString(stored.Data.Span), Convert.ToHexString(stored.Confidential.Span), stored.ConfidentialKey,
        stored.Metadata, InstantPattern.ExtendedIso.Format(stored.Metadata.RecordedAt), Convert.ToHexString(stored.Link.Span));

    private NewEvent Added(string? name) => EventCodec.Encode(
        Guid.CreateVersion7(), new ClientEvent.ClientAdded(client.ClientId!.Value, name, null, null, "USD", 30, Given.Morning)) with
    {
        Owner = client,
    };

    private AppendRequest Append(params NewEvent[] events) => Append("client-1", events);

    private AppendRequest Append(string stream, params NewEvent[] events) =>
        Given.Append(book, new StreamAppend(stream, StreamAppend.AnyVersion, events));

    private async Task Appended(AppendRequest request) =>
        Assert.IsType<AppendOutcome.Appended>(await store.Append(request, Stop));

    /// <summary>Follows already: from here on what is committed is kept for it.</summary>
    private async Task<IAsyncEnumerator<IReadOnlyList<StoredEvent>>> Following()
    {
        await Appended(Append("practice", Added("Ada")));
        var following = store.Subscribe(0, Stop).GetAsyncEnumerator(Stop);
        Assert.True(await following.MoveNextAsync());
        Assert.Single(following.Current);
        return following;
    }

    private static async Task<List<StoredEvent>> Next(IAsyncEnumerator<IReadOnlyList<StoredEvent>> following, int count)
    {
        var seen = new List<StoredEvent>();
        while (seen.Count < count && await following.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1), Stop))
            seen.AddRange(following.Current);
        return seen;
    }

    private async Task<List<StoredEvent>> Follow(int count, int pace)
    {
        var seen = new List<StoredEvent>();
        await foreach (var page in store.Subscribe(0, Stop))
        {
            seen.AddRange(page);
            if (seen.Count >= count) break;
            if (pace > 0) await Task.Delay(pace, Stop);
        }
        return seen;
    }
}
