using Billing.EventStore.Port;
using Billing.EventStore.Sqlite;
using Billing.EventStore.Tests.Conformance;

namespace Billing.EventStore.Tests.Sqlite;

/// <summary>The write-ahead log under readers that take their time.</summary>
public sealed class LogTests : IAsyncDisposable
{
    private const int LimitBytes = 1_000_000;
    private static readonly SqliteStoreOptions SmallLog = new() { CheckpointPages = 50, LogLimitBytes = LimitBytes };

    private readonly EventFile file = new();
    private readonly BookId book = Given.Book();
    private readonly string json = new('1', 50_000);
    private int appended;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private long LogBytes => new FileInfo(file.Path + "-wal").Length;

    public ValueTask DisposeAsync() => file.DisposeAsync();

    [Fact]
    public async Task The_log_grows_no_longer_than_a_held_reader_lives()
    {
        await using var store = SqliteEventStore.Open(file.Path, SmallLog);
        await Append(store, 1);
        using (var holding = Database.Open(file.Path, forWriting: false))
        {
            holding.Execute("BEGIN; SELECT count(*) FROM events;");
            await Append(store, 130);
            Assert.True(LogBytes > 4 * LimitBytes, $"The log has {LogBytes} bytes: the reader holds nothing.");
            Assert.Equal(131, await store.HeadPosition(Stop));
        }

        await Append(store, 130);

        Assert.True(LogBytes < 4 * LimitBytes, $"The log still has {LogBytes} bytes.");
        Assert.Equal(261, (await store.ReadBook(book, 0, 1_000, Stop)).Count);
    }

    [Fact]
    public async Task A_follower_that_does_not_ask_for_its_next_page_holds_nothing()
    {
        await using var store = SqliteEventStore.Open(file.Path, SmallLog);
        await Append(store, 10);
        await using var following = store.Subscribe(0, Stop).GetAsyncEnumerator(Stop);
        Assert.True(await following.MoveNextAsync());

        await Append(store, 300);

        Assert.True(LogBytes < 4 * LimitBytes, $"The log has {LogBytes} bytes.");
    }

    [Fact]
    public async Task A_reader_of_a_long_book_is_given_pages_that_are_each_a_snapshot_of_their_own()
    {
        await using var store = SqliteEventStore.Open(file.Path, SmallLog);
        await Append(store, 300);
        await using var reader = SqliteEventReader.Open(file.Path);
        var place = 0L;
        while (await reader.ReadBook(book, place, 50, Stop) is { Count: > 0 } page && place < 300)
        {
            place = page[^1].Place;
            await Append(store, 64);
            Assert.True(LogBytes < 5 * LimitBytes, $"The log has {LogBytes} bytes.");
        }
        Assert.Equal(300, place);
    }

    private async Task Append(SqliteEventStore store, int count)
    {
        for (var n = 0; n < count; n++)
            await store.Append(Given.Append(book, new StreamAppend("s-1", appended++, [Given.Event(json)])), Stop);
    }
}
