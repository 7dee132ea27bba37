using Billing.EventStore.Port;

namespace Billing.EventStore.Tests.Conformance;

public abstract partial class StoreConformance
{
    [Theory]
    [InlineData(1, 10, ReadDirection.Forwards, new long[] { 1, 2, 3, 4, 5 })]
    [InlineData(0, 2, ReadDirection.Forwards, new long[] { 1, 2 })]
    [InlineData(3, 2, ReadDirection.Forwards, new long[] { 3, 4 })]
    [InlineData(5, 9, ReadDirection.Forwards, new long[] { 5 })]
    [InlineData(6, 9, ReadDirection.Forwards, new long[0])]
    [InlineData(1, 0, ReadDirection.Forwards, new long[0])]
    [InlineData(long.MaxValue, 2, ReadDirection.Backwards, new long[] { 5, 4 })]
    [InlineData(long.MaxValue, 99, ReadDirection.Backwards, new long[] { 5, 4, 3, 2, 1 })]
    [InlineData(3, 2, ReadDirection.Backwards, new long[] { 3, 2 })]
    [InlineData(1, 2, ReadDirection.Backwards, new long[] { 1 })]
    [InlineData(0, 2, ReadDirection.Backwards, new long[0])]
    public async Task A_stream_reads_from_a_version_either_way(long from, int limit, ReadDirection direction, long[] versions)
    {
        var book = Given.Book();
        await Appended(Given.Append(book, "invoice-1", 0, 2));
        await Appended(Given.Append(book, "invoice-2", 0, 7));
        await Appended(Given.Append(book, "invoice-1", 2, 3));

        var read = await Store.ReadStream(book, "invoice-1", from, limit, direction, Stop);

        Assert.Equal(versions, read.Select(e => e.Version));
        Assert.All(read, e => Assert.Equal("invoice-1", e.Stream));
    }

    [Fact]
    public async Task What_does_not_exist_reads_as_empty()
    {
        var book = Given.Book();
        Assert.Empty(await Stream(book, "invoice-1"));
        Assert.Empty(await Feed());
        var only = await Appended(Given.Append(book, "invoice-1", 0));

        Assert.Empty(await Stream(book, "invoice-2"));
        Assert.Empty(await Stream(Given.Book(), "invoice-1"));
        Assert.Empty(await Book(Given.Book()));
        Assert.Empty(await Store.ReadBook(book, 1, 10, Stop));
        Assert.Empty(await Store.ReadFeed(only.Position, 10, Stop));
        Assert.Empty(await Store.ReadStream(book, "invoice-2", long.MaxValue, 10, ReadDirection.Backwards, Stop));
    }

    [Fact]
    public async Task Paging_through_stream_book_and_feed_finds_every_event_once_in_order()
    {
        var (one, other) = (Given.Book(), Given.Book());
        for (var n = 0; n < 30; n++)
        {
            await Appended(Given.Append(one, "invoice-1", StreamAppend.AnyVersion, 40));
            await Appended(Given.Append(other, "invoice-1", StreamAppend.AnyVersion, 50));
        }

        var stream = await Pages((after, limit) =>
            Store.ReadStream(one, "invoice-1", after + 1, limit, ReadDirection.Forwards, Stop), e => e.Version);
        var book = await Pages((after, limit) => Store.ReadBook(other, after, limit, Stop), e => e.Place);
        var feed = await Pages((after, limit) => Store.ReadFeed(after, limit, Stop), e => e.Position);

        Assert.Equal(1_200, stream.Count);
        AssertWhole(stream);
        Assert.Equal(1_500, book.Count);
        AssertWhole(book);
        Assert.Equal(2_700, feed.Count);
        Assert.Equal(await Book(one), feed.Where(e => e.Book == one), ById);
        Assert.Equal(book, feed.Where(e => e.Book == other), ById);
        Assert.Equal(stream.Reverse(), await Store.ReadStream(
            one, "invoice-1", long.MaxValue, int.MaxValue, ReadDirection.Backwards, Stop), ById);
    }

    [Fact]
    public async Task Positions_rise_over_all_books_and_places_count_each_book()
    {
        var (one, other) = (Given.Book(), Given.Book());
        await Appended(Given.Append(one, "invoice-1", 0, 2));
        await Appended(Given.Append(other, "invoice-1", 0, 1));
        await Appended(Given.Append(one, "invoice-2", 0, 1));
        await Appended(Given.Append(other, "invoice-2", 0, 2));

        var feed = await Feed();

        Assert.Equal([1L, 2, 1, 3, 2, 3], feed.Select(e => e.Place));
        Assert.Equal(feed.Select(e => e.Position).Distinct().Order(), feed.Select(e => e.Position));
        Assert.Equal(feed[^1].Position, await Store.HeadPosition(Stop));
    }

    [Fact]
    public async Task A_cancelled_call_is_refused_before_it_starts()
    {
        var book = Given.Book();
        var cancelled = new CancellationToken(canceled: true);
        Func<Task>[] calls =
        [
            async () => await Store.Append(Given.Append(book, "invoice-1", 0), cancelled),
            async () => await Store.ReadStream(book, "invoice-1", 1, 1, ReadDirection.Forwards, cancelled),
            async () => await Store.ReadBook(book, 0, 1, cancelled),
            async () => await Store.ReadFeed(0, 1, cancelled),
            async () => await Store.HeadPosition(cancelled),
            async () => await Store.ReadBooks(null, 1, cancelled),
            async () => await Store.FindByIdempotencyKey(book, "k", cancelled),
        ];

        foreach (var call in calls) await Assert.ThrowsAnyAsync<OperationCanceledException>(call);
        Assert.Empty(await Book(book));
    }

    private static IEqualityComparer<StoredEvent> ById { get; } =
        EqualityComparer<StoredEvent>.Create((a, b) => (a?.Id, a?.Position) == (b?.Id, b?.Position), e => e.Id.GetHashCode());

    private static async Task<IReadOnlyList<StoredEvent>> Pages(
        Func<long, int, ValueTask<IReadOnlyList<StoredEvent>>> read, Func<StoredEvent, long> cursor)
    {
        var all = new List<StoredEvent>();
        for (var limit = 1; ; limit = limit % 97 + 13)
        {
            var page = await read(all.Count == 0 ? 0 : cursor(all[^1]), limit);
            Assert.True(page.Count <= limit);
            if (page.Count == 0) return all;
            all.AddRange(page);
        }
    }
}
