using Billing.EventStore.Port;
using Billing.EventStore.Postgres;
using Billing.EventStore.Tests.Conformance;
using NodaTime;
using Npgsql;

namespace Billing.EventStore.Tests.Postgres;

public sealed class WriterTests : IAsyncDisposable
{
    private readonly EventSchema schema = new();
    private readonly BookId book = Given.Book();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => schema.DisposeAsync();

    [Theory]
    [InlineData(4, 1L << 30, 10)]
    [InlineData(1_000, 4_000, 1_000)]
    public async Task A_full_queue_answers_busy_and_drains_when_the_lock_is_free(int appends, long bytes, int eventBytes)
    {
        await using var store = await schema.Open(o => o with { QueuedAppends = appends, QueuedBytes = bytes });
        var accepted = new List<Task<AppendOutcome>>();
        await using (var other = await schema.Connect())
        {
            await HoldLock(other);
            for (var busy = 0; busy < 3;)
            {
                var n = accepted.Count;
                var append = store.Append(
                    Given.Append(book, new StreamAppend($"s-{n}", 0, [Given.Event(new string('1', eventBytes))])), Stop).AsTask();
                if (append.IsCompleted) Assert.IsType<AppendOutcome.Busy>(await append);
                if (append.IsCompleted) busy++;
                else accepted.Add(append);
            }
        }

        Assert.All(await Task.WhenAll(accepted), o => Assert.IsType<AppendOutcome.Appended>(o));
        Assert.InRange(accepted.Count, 4, 16);
        Assert.Equal(accepted.Count, (await store.ReadBook(book, 0, 100, Stop)).Count);
        Assert.IsType<AppendOutcome.Appended>(await store.Append(Given.Append(book, "after-1", 0), Stop));
    }

    [Fact]
    public async Task Appends_that_wait_for_the_lock_become_one_transaction()
    {
        await using var store = await schema.Open();
        List<Task<AppendOutcome>> waiting;
        await using (var other = await schema.Connect())
        {
            await HoldLock(other);
            waiting = [.. Enumerable.Range(0, 100).Select(n => store.Append(Given.Append(book, $"s-{n}", 0), Stop).AsTask())];
        }

        Assert.All(await Task.WhenAll(waiting), o => Assert.IsType<AppendOutcome.Appended>(o));
        Assert.Equal(1L, await schema.Run("SELECT count(DISTINCT xmin::text) FROM events"));
    }

    [Fact]
    public async Task A_server_with_another_isolation_level_as_default_does_not_bring_stale_heads()
    {
        const string options = "-c default_transaction_isolation=serializable -c synchronous_commit=off";
        await using var one = await schema.Open(settings: s => s.Options = options);
        await using var two = await schema.Open(settings: s => s.Options = options);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => Task.Run(
            async () => await (n % 2 == 0 ? one : two).Append(Given.Append(book, "s-1", StreamAppend.AnyVersion), Stop), Stop)));

        Assert.All(outcomes, o => Assert.IsType<AppendOutcome.Appended>(o));
        Recorded.AssertWhole(await one.ReadFeed(0, 1_000, Stop));
    }

    [Fact]
    public async Task A_group_that_breaks_leaves_nothing_behind_and_the_writer_goes_on()
    {
        await using var store = await schema.Open();
        await Append(store, Given.Append(book, "invoice-1", 0));
        await schema.Run("""
            CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''the disk is broken''; END';
            CREATE TRIGGER broken BEFORE INSERT ON events FOR EACH ROW WHEN (NEW.version = 3) EXECUTE FUNCTION broken()
            """);

        var failure = await Assert.ThrowsAsync<EventStoreException>(() => Append(store, Given.Append(book, "invoice-1", 1, 3)));
        Assert.Contains("the disk is broken", failure.Message, StringComparison.Ordinal);

        await schema.Run("DROP TRIGGER broken ON events");
        var next = Assert.IsType<AppendOutcome.Appended>(await Append(store, Given.Append(book, "invoice-1", 1, 3)));
        Assert.Equal((4L, 4L), (next.Position, next.Place));
        Recorded.AssertWhole(await store.ReadFeed(0, 10, Stop));
    }

    [Fact]
    public async Task Keys_are_kept_thirty_days_and_then_forgotten_while_event_ids_are_not()
    {
        await using var store = await schema.Open();
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
        await using var store = await schema.Open();
        for (var n = 0; n < 200; n++) await Append(store, KeyedAt($"old-{n}", 0));

        await Append(store, KeyedAt("new-0", 40));
        Assert.Equal(137L, await schema.Run("SELECT count(*) FROM idempotency_keys"));
        for (var n = 1; n < 4; n++) await Append(store, KeyedAt($"new-{n}", 40));
        Assert.Equal(4L, await schema.Run("SELECT count(*) FROM idempotency_keys"));
        Assert.Equal(204L, await schema.Run("SELECT count(*) FROM events"));
    }

    [Fact]
    public async Task A_closed_store_refuses_calls_and_ends_its_subscriptions()
    {
        var store = await schema.Open();
        var following = Recorded.Follow(store, 1);
        await store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => following);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Append(store, Given.Append(book, "invoice-1", 0)));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.ReadFeed(0, 1, Stop));
    }

    /// <summary>Until the connection is closed.</summary>
    private async Task HoldLock(NpgsqlConnection connection)
    {
        await using var take = new NpgsqlCommand($"SELECT pg_advisory_lock({WritingLock.Key(schema.Name)})", connection);
        await take.ExecuteNonQueryAsync(Stop);
    }

    private AppendRequest KeyedAt(string key, int day)
    {
        var request = Given.Append(book, "s-" + key, StreamAppend.AnyVersion).Keyed(key);
        return request with { Metadata = request.Metadata with { RecordedAt = Given.Morning + Duration.FromDays(day) } };
    }

    private static async Task<AppendOutcome> Append(PostgresEventStore store, AppendRequest request) =>
        await store.Append(request, Stop);
}
