using Billing.EventStore.Copying;
using Billing.EventStore.KurrentDb;
using Billing.EventStore.Memory;
using Billing.EventStore.Port;
using Billing.EventStore.Sqlite;
using Billing.EventStore.Tests.Conformance;
using Billing.EventStore.Tests.Postgres;
using Billing.EventStore.Tests.Sqlite;
using Billing.EventStore.Tests.Verification;
using Billing.EventStore.Verification;
using Billing.KurrentStandIn;
using CsCheck;

namespace Billing.EventStore.Tests.Copying;

public sealed class BookCopyTests : IAsyncDisposable
{
    private readonly EventFile file = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => file.DisposeAsync();

    [Fact]
    public async Task A_copied_book_is_the_same_in_everything_but_its_positions()
    {
        await using var written = await WrittenBook.Write();
        await using var source = SqliteEventReader.Open(written.Path);
        await using var target = SqliteEventStore.Open(file.Path);

        var copied = await BookCopy.Run(source, target, written.Book, null, Stop);

        Assert.Equal((12L, 12L), (copied.Copied, copied.Place));
        await AssertSame(source, target, written.Book);
        var keyed = await target.FindByIdempotencyKey(written.Book, "k-1", Stop);
        Assert.Equal([4L, 5, 6], keyed!.Events.Select(e => e.Place));
        Assert.Empty(await target.ReadBook(written.Other, 0, 10, Stop));
    }

    [Fact]
    public async Task A_copy_runs_from_engine_to_engine_and_back_to_the_same_links()
    {
        await using var written = await WrittenBook.Write();
        await using var source = SqliteEventReader.Open(written.Path);
        await using var memory = new MemoryEventStore();
        await using var back = SqliteEventStore.Open(file.Path);

        await BookCopy.Run(source, memory, written.Book, null, Stop);
        await BookCopy.Run(memory, back, written.Book, null, Stop);

        await AssertSame(source, back, written.Book);
    }

    [Fact]
    public async Task A_book_goes_through_every_engine_and_comes_back_with_the_same_links()
    {
        await using var written = await WrittenBook.Write();
        await using var source = SqliteEventReader.Open(written.Path);
        await using var schema = new EventSchema();
        await using var postgres = await schema.Open();
        await using var server = await KurrentStandInServer.Start();
        await using var kurrent = await KurrentEventStore.Open(KurrentConnectionString.Parse(server.ConnectionString), Stop);
        await using var back = SqliteEventStore.Open(file.Path);

        await BookCopy.Run(source, postgres, written.Book, null, Stop);
        await BookCopy.Run(postgres, kurrent, written.Book, null, Stop);
        await BookCopy.Run(kurrent, back, written.Book, null, Stop);

        await AssertSame(source, back, written.Book);
        Assert.Equal([written.Book], await StoreVerifier.Books(kurrent, Stop).ToListAsync(Stop));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(11)]
    public async Task A_copy_that_stopped_goes_on_where_it_stopped_and_doubles_nothing(int place)
    {
        await using var written = await WrittenBook.Write();
        await using var source = SqliteEventReader.Open(written.Path);
        await using var target = SqliteEventStore.Open(file.Path);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => BookCopy.Run(source, target, written.Book, new StopAt(place, stopping), stopping.Token));
        var before = (await target.ReadBook(written.Book, 0, 100, Stop)).Count;
        Assert.InRange(before, place, 11);

        var resumed = await BookCopy.Run(source, target, written.Book, null, Stop);
        var again = await BookCopy.Run(source, target, written.Book, null, Stop);

        Assert.Equal((12L - before, 0L), (resumed.Copied, again.Copied));
        await AssertSame(source, target, written.Book);
    }

    [Fact]
    public async Task What_the_source_adds_during_and_after_a_copy_is_brought_by_the_next()
    {
        var book = Given.Book();
        await using var source = new MemoryEventStore();
        await using var target = SqliteEventStore.Open(file.Path);
        await source.Append(Given.Append(book, "s-1", 0, 3), Stop);
        await BookCopy.Run(source, target, book, null, Stop);
        await source.Append(Given.Append(book, "s-1", 3, 2).Keyed("late"), Stop);

        Assert.Equal((2L, 5L), await BookCopy.Run(source, target, book, null, Stop) is var c ? (c.Copied, c.Place) : default);
        await AssertSame(source, target, book);
    }

    [Fact]
    public async Task A_target_whose_book_has_other_events_is_refused_and_left_as_it_is()
    {
        await using var written = await WrittenBook.Write();
        await using var source = SqliteEventReader.Open(written.Path);
        await using var target = SqliteEventStore.Open(file.Path);
        await target.Append(Given.Append(written.Book, "a", 0, 2), Stop);

        var refusal = await Assert.ThrowsAsync<EventStoreException>(() => BookCopy.Run(source, target, written.Book, null, Stop));

        Assert.Contains("2 events that are not the source's first 2", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await target.ReadBook(written.Book, 0, 10, Stop)).Count);
    }

    [Fact]
    public async Task A_target_that_is_ahead_of_the_source_is_refused()
    {
        await using var written = await WrittenBook.Write();
        await using var source = SqliteEventReader.Open(written.Path);
        await using var target = SqliteEventStore.Open(file.Path);
        await BookCopy.Run(source, target, written.Book, null, Stop);
        await target.Append(Given.Append(written.Book, "d", 0), Stop);

        await Assert.ThrowsAsync<EventStoreException>(() => BookCopy.Run(source, target, written.Book, null, Stop));
    }

    [Fact]
    public async Task An_altered_event_of_the_source_never_gets_into_the_target()
    {
        await using var written = await WrittenBook.Write();
        written.Change("UPDATE events SET data = '{}' WHERE {at 8}");
        await using var source = SqliteEventReader.Open(written.Path);
        await using var target = SqliteEventStore.Open(file.Path);

        var refusal = await Assert.ThrowsAsync<EventStoreException>(() => BookCopy.Run(source, target, written.Book, null, Stop));

        Assert.Contains("does not hold at place 8 of the source", refusal.Message, StringComparison.Ordinal);
        Assert.InRange((await target.ReadBook(written.Book, 0, 100, Stop)).Count, 1, 7);
    }

    [Fact]
    public async Task Any_history_is_copied_to_the_same_links()
    {
        var steps = from stream in Gen.Int[0, 2]
                    from second in Gen.Int[3, 4].Nullable(0.6)
                    from events in Gen.Int[1, 3]
                    from keyed in Gen.Bool
                    from sameMetadata in Gen.Bool
                    select (stream, second, events, keyed, sameMetadata);
        await steps.Array[1, 30].SampleAsync(
            async history =>
            {
                var book = Given.Book();
                await using var source = new MemoryEventStore();
                await using var target = new MemoryEventStore();
                var metadata = Given.Metadata();
                for (var n = 0; n < history.Length; n++)
                {
                    var step = history[n];
                    var writes = new List<StreamAppend> { Any(step.stream, step.events) };
                    if (step.second is { } second) writes.Add(Any(second, 1));
                    if (!step.sameMetadata) metadata = Given.Metadata(step.keyed ? FormattableString.Invariant($"k-{n}") : null, "ab");
                    var key = metadata.IdempotencyKey is not null && step.sameMetadata ? null : metadata.IdempotencyKey;
                    await source.Append(new AppendRequest(book, writes, [], metadata with { IdempotencyKey = key }), Stop);
                }

                await BookCopy.Run(source, target, book, null, Stop);

                await AssertSame(source, target, book);
            },
            iter: 200,
            threads: 1);
    }

    private static StreamAppend Any(int stream, int events) =>
        new(FormattableString.Invariant($"s-{stream}"), StreamAppend.AnyVersion, Given.Events(events));

    private static async Task AssertSame(IEventReader one, IEventReader other, BookId book)
    {
        var (expected, actual) = (await one.ReadBook(book, 0, 10_000, Stop), await other.ReadBook(book, 0, 10_000, Stop));
        Assert.Equal(expected.Select(Told), actual.Select(Told));
    }

    private static string Told(StoredEvent e) => FormattableString.Invariant(
        $"{e.Place} {e.Stream} {e.Version} {e.Id} {e.Type} {e.Metadata} {Convert.ToHexString(e.Data.Span)} {Convert.ToHexString(e.Link.Span)}");

    private sealed class StopAt(long place, CancellationTokenSource stopping) : IProgress<long>
    {
        public void Report(long value)
        {
            if (value >= place) stopping.Cancel();
        }
    }
}
