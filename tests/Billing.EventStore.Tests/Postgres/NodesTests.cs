using Billing.EventStore.Port;
using Billing.EventStore.Postgres;
using Billing.EventStore.Tests.Conformance;
using NodaTime;

namespace Billing.EventStore.Tests.Postgres;

/// <summary>Several nodes on one database: several stores, each with its own connections, queue and memory.</summary>
public sealed class NodesTests : IAsyncLifetime
{
    private const int Count = 3;

    private readonly EventSchema schema = new();
    private readonly BookId book = Given.Book();
    private PostgresEventStore[] nodes = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        nodes = await Task.WhenAll(Enumerable.Range(0, Count).Select(_ => schema.Open(o => o with { CachedStreams = 50 })));

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes) await node.DisposeAsync();
        await schema.DisposeAsync();
    }

    [Fact]
    public async Task Of_several_nodes_at_the_same_version_exactly_one_wins()
    {
        for (var version = 0; version < 30; version++)
        {
            var outcomes = await Task.WhenAll(nodes.SelectMany(node => Enumerable.Range(0, 4).Select(_ =>
                Task.Run(async () => await node.Append(Given.Append(book, "invoice-1", version), Stop), Stop))));

            Assert.Single(outcomes.OfType<AppendOutcome.Appended>());
            Assert.All(
                outcomes.OfType<AppendOutcome.Conflict>(),
                c => Assert.Equal(new AppendOutcome.Conflict("invoice-1", version, version + 1), c));
        }
        Recorded.AssertWhole(await nodes[0].ReadFeed(0, 1_000, Stop));
    }

    [Fact]
    public async Task Writing_at_once_leaves_no_gap_a_whole_chain_and_the_same_feed_for_all()
    {
        const int callers = 8, appends = 40;
        var books = Enumerable.Range(0, 4).Select(_ => Given.Book()).ToList();
        const long total = Count * callers * appends * 2;
        var following = nodes.Select(node => Recorded.Follow(node, total)).ToList();

        await Task.WhenAll(nodes.SelectMany((node, n) => Enumerable.Range(0, callers).Select(caller => Task.Run(
            async () =>
            {
                for (var version = 0; version < appends; version++)
                    Assert.IsType<AppendOutcome.Appended>(await node.Append(
                        Given.Append(
                            books[caller % books.Count],
                            new StreamAppend($"invoice-{n}-{caller}", version, Given.Events(1)),
                            new StreamAppend("numbering-a", StreamAppend.AnyVersion, Given.Events(1))),
                        Stop));
            },
            Stop))));

        var feed = await nodes[0].ReadFeed(0, int.MaxValue, Stop);
        Assert.Equal(Enumerable.Range(1, (int)total).Select(n => (long)n), feed.Select(e => e.Position));
        Recorded.AssertWhole(feed);
        Assert.All(feed.Chunk(2), pair => Assert.Equal("numbering-a", pair[1].Stream));
        foreach (var seen in await Task.WhenAll(following)) Assert.Equal(feed.Select(e => e.Id), seen.Select(e => e.Id));
    }

    [Fact]
    public async Task A_node_knows_the_keys_the_events_and_the_versions_of_the_others()
    {
        var request = Given.Append(book, "invoice-1", 0, 2).Keyed("k-1");
        Assert.IsType<AppendOutcome.Conflict>(await nodes[1].Append(Given.Append(book, "invoice-1", 5), Stop));
        Assert.IsType<AppendOutcome.Appended>(await nodes[0].Append(request, Stop));

        Assert.True(Assert.IsType<AppendOutcome.Appended>(await nodes[1].Append(request, Stop)).Repeated);
        Assert.Equal(
            new AppendOutcome.KeyTaken("k-1"), await nodes[1].Append(Given.Append(book, "invoice-2", 0).Keyed("k-1"), Stop));
        Assert.Equal(
            new AppendOutcome.Conflict("invoice-1", 0, 2), await nodes[1].Append(Given.Append(book, "invoice-1", 0), Stop));
        Assert.Equal(2, await nodes[2].HeadPosition(Stop));
        Assert.IsType<AppendOutcome.Appended>(await nodes[2].Append(Given.Append(book, "invoice-1", 2), Stop));
        Recorded.AssertWhole(await nodes[1].ReadFeed(0, 10, Stop));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1_500)]
    public async Task A_node_neither_refuses_nor_accepts_by_what_it_remembers(int eventsOfTheOther)
    {
        var (mine, other) = (nodes[0], nodes[1]);
        for (var round = 0L; round < 3; round++)
        {
            var (engagement, client) = ($"engagement-{round}", $"client-{round}");
            Assert.Equal(
                new AppendOutcome.Conflict(engagement, 7, 0),
                await mine.Append(Given.Append(book, $"timesheet-{round}", 0).Checking(engagement, 7).Checking(client, 0), Stop));
            Assert.IsType<AppendOutcome.Appended>(
                await other.Append(Given.Append(book, engagement, 0, eventsOfTheOther), Stop));

            Assert.Equal(
                new AppendOutcome.Conflict(engagement, 0, eventsOfTheOther),
                await mine.Append(Given.Append(book, $"timesheet-{round}", 0).Checking(engagement, 0), Stop));
            Assert.IsType<AppendOutcome.Appended>(
                await mine.Append(Given.Append(book, engagement, eventsOfTheOther).Checking(client, 0), Stop));
        }
        Recorded.AssertWhole(await other.ReadFeed(0, int.MaxValue, Stop));
    }

    [Theory]
    [InlineData(true, 3_600_000)]
    [InlineData(false, 10)]
    public async Task A_subscription_hears_of_another_node_or_else_asks(bool listen, int pollMilliseconds)
    {
        await using var listener = await schema.Open(
            o => o with { Listen = listen, PollInterval = Duration.FromMilliseconds(pollMilliseconds) });
        for (var n = 0; n < 5; n++)
        {
            var next = Recorded.Follow(listener, n + 1, n);
            await nodes[0].Append(Given.Append(book, "invoice-1", n), Stop);
            Assert.Equal(n + 1, Assert.Single(await next).Position);
        }
    }
}
