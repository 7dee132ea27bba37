using Billing.EventStore.Port;
using Billing.EventStore.Sqlite;
using Billing.EventStore.Tests.Conformance;
using NodaTime;

namespace Billing.EventStore.Tests.Sqlite;

public sealed class WriterTests : IAsyncDisposable
{
    private readonly EventFile file = new();
    private readonly BookId book = Given.Book();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => file.DisposeAsync();

    [Theory]
    [InlineData(4, 1L << 30, 10)]
    [InlineData(1_000, 4_000, 1_000)]
    public async Task A_full_queue_answers_busy_and_drains_when_the_writer_goes_on(int appends, long bytes, int eventBytes)
    {
        await using var store = SqliteEventStore.Open(
            file.Path, new SqliteStoreOptions { QueuedAppends = appends, QueuedBytes = bytes });
        var accepted = new List<Task<AppendOutcome>>();
        using (var other = Database.Open(file.Path, forWriting: true))
        {
            other.Execute("BEGIN IMMEDIATE");
            for (var busy = 0; busy < 3;)
            {
                var n = accepted.Count;
                var append = store.Append(
                    Given.Append(book, new StreamAppend($"s-{n}", 0, [Given.Event(new string('1', eventBytes))])), Stop).AsTask();
                if (append.IsCompleted) Assert.IsType<AppendOutcome.Busy>(await append);
                if (append.IsCompleted) busy++;
                else accepted.Add(append);
            }
            other.Execute("COMMIT");
        }

        Assert.All(await Task.WhenAll(accepted), o => Assert.IsType<AppendOutcome.Appended>(o));
        Assert.InRange(accepted.Count, 4, 16);
        Assert.Equal(accepted.Count, (await store.ReadBook(book, 0, 100, Stop)).Count);
        Assert.IsType<AppendOutcome.Appended>(await store.Append(Given.Append(book, "after-1", 0), Stop));
    }

    [Fact]
    public async Task One_append_may_be_larger_than_the_queue()
    {
        await using var store = SqliteEventStore.Open(file.Path, new SqliteStoreOptions { QueuedBytes = 10 });
        var large = Given.Append(book, new StreamAppend("s-1", 0, [Given.Event(new string('1', 1_000))]));
        Assert.IsType<AppendOutcome.Appended>(await store.Append(large, Stop));
    }

    [Fact]
    public async Task A_change_by_someone_else_fails_one_group_and_is_seen_by_the_next()
    {
        await using var store = SqliteEventStore.Open(file.Path);
        await Append(store, Given.Append(book, "invoice-1", 0));
        using (var other = Database.Open(file.Path, forWriting: true))
            other.Execute("""
                INSERT INTO events SELECT position + 1, book_key, place + 1, stream_key, version + 1, randomblob(16), type, actor,
                    correlation_id, causation_id, recorded_at_ticks, idempotency_key, body_hash, link, confidential_key,
                    confidential, data FROM events
                """);

        await Assert.ThrowsAsync<EventStoreException>(() => Append(store, Given.Append(book, "invoice-1", 1)));

        Assert.Equal(
            new AppendOutcome.Conflict("invoice-1", 1, 2), await Append(store, Given.Append(book, "invoice-1", 1)));
        var next = Assert.IsType<AppendOutcome.Appended>(await Append(store, Given.Append(book, "invoice-1", 2)));
        Assert.Equal((3L, 3L), (next.Position, next.Place));
    }

    [Theory]
    [InlineData("ROLLBACK", 1)]
    [InlineData("ROLLBACK", 3)]
    [InlineData("ABORT", 1)]
    public async Task A_group_that_breaks_leaves_nothing_behind_and_the_writer_goes_on(string reaction, int events)
    {
        await using var store = SqliteEventStore.Open(file.Path);
        await Append(store, Given.Append(book, "invoice-1", 0));
        using (var other = Database.Open(file.Path, forWriting: true))
            other.Execute($"""
                CREATE TRIGGER broken BEFORE INSERT ON events WHEN new.version = {events + 1}
                BEGIN SELECT RAISE({reaction}, 'the disk is broken'); END
                """);

        var failure = await Assert.ThrowsAsync<EventStoreException>(
            () => Append(store, Given.Append(book, "invoice-1", 1, events)));
        Assert.Contains(file.Path, failure.Message, StringComparison.Ordinal);

        using (var other = Database.Open(file.Path, forWriting: true)) other.Execute("DROP TRIGGER broken");
        var next = Assert.IsType<AppendOutcome.Appended>(await Append(store, Given.Append(book, "invoice-1", 1, events)));
        Assert.Equal((1L + events, 1L + events), (next.Position, next.Place));
        Assert.Equal(1 + events, await store.HeadPosition(Stop));
    }

    [Fact]
    public async Task Keys_are_kept_thirty_days_and_then_forgotten_while_event_ids_are_not()
    {
        await using var store = SqliteEventStore.Open(file.Path);
        var first = KeyedAt("k-1", 0);
        await Append(store, first);

        await Append(store, KeyedAt("k-2", 30));
        Assert.NotNull(await store.FindByIdempotencyKey(book, "k-1", Stop));
        await Append(store, KeyedAt("k-3", 31));
        Assert.Null(await store.FindByIdempotencyKey(book, "k-1", Stop));
        Assert.NotNull(await store.FindByIdempotencyKey(book, "k-2", Stop));

        Assert.True(Assert.IsType<AppendOutcome.Appended>(await Append(store, first)).Repeated);
        Assert.False(Assert.IsType<AppendOutcome.Appended>(await Append(store, KeyedAt("k-1", 31))).Repeated);
    }

    [Fact]
    public async Task Pruning_keeps_up_in_small_steps()
    {
        await using var store = SqliteEventStore.Open(file.Path);
        for (var n = 0; n < 200; n++) await Append(store, KeyedAt($"old-{n}", 0));

        await Append(store, KeyedAt("new-0", 40));
        Assert.Equal(137, Count("idempotency_keys"));
        for (var n = 1; n < 4; n++) await Append(store, KeyedAt($"new-{n}", 40));
        Assert.Equal(4, Count("idempotency_keys"));
        Assert.Equal(204, Count("events"));
    }

    [Fact]
    public async Task The_log_starts_anew_when_it_has_outgrown_its_limit()
    {
        await using var store = SqliteEventStore.Open(
            file.Path, new SqliteStoreOptions { CheckpointPages = 1_000_000, LogLimitBytes = 1_000_000 });
        var json = new string('1', 100_000);
        for (var n = 0; n < 200; n++) await Append(store, Given.Append(book, new StreamAppend("s-1", n, [Given.Event(json)])));

        Assert.InRange(new FileInfo(file.Path + "-wal").Length, 1, 13_000_000);
        Assert.Equal(200, await store.HeadPosition(Stop));
    }

    [Fact]
    public async Task A_page_full_of_large_events_is_cut_and_the_read_goes_on()
    {
        await using var store = SqliteEventStore.Open(file.Path);
        var json = new string('1', 1 << 20);
        for (var n = 0; n < 4; n++)
            await Append(store, Given.Append(book, new StreamAppend("s-1", n * 5, [.. Repeat(5, () => Given.Event(json))])));

        Assert.Equal(20, (await store.ReadFeed(0, int.MaxValue, Stop)).Count);
        Assert.Equal(19, (await store.ReadStream(book, "s-1", 1, 19, ReadDirection.Forwards, Stop)).Count);
        await foreach (var page in store.Subscribe(0, Stop))
        {
            Assert.InRange(page.Count, 1, 9);
            if (page[^1].Position == 20) break;
        }
    }

    private AppendRequest KeyedAt(string key, int day)
    {
        var request = Given.Append(book, "s-" + key, StreamAppend.AnyVersion).Keyed(key);
        return request with { Metadata = request.Metadata with { RecordedAt = Given.Morning + Duration.FromDays(day) } };
    }

    private static async Task<AppendOutcome> Append(SqliteEventStore store, AppendRequest request) =>
        await store.Append(request, Stop);

    private static IEnumerable<T> Repeat<T>(int count, Func<T> make) => Enumerable.Range(0, count).Select(_ => make());

    private long Count(string table)
    {
        using var database = Database.Open(file.Path, forWriting: false);
        return database.ReadNumber($"SELECT count(*) FROM {table}");
    }
}
