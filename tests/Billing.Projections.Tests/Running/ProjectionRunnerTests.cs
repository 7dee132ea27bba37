using System.Text;
using Billing.Domain.Clients;
using Billing.EventStore.Codec;
using Billing.EventStore.Memory;
using Billing.EventStore.Port;
using Billing.EventStore.Sqlite;
using Billing.Projections.Clients;
using Billing.Projections.Running;
using Billing.Projections.Tests.Given;

namespace Billing.Projections.Tests.Running;

public abstract class ProjectionRunnerTests(ReadModelsIn where)
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Histories_by_chance_hold_every_event_of_the_catalogue()
    {
        var seen = Enumerable.Range(1, 5).SelectMany(seed => RandomHistory.Of(seed, 400)).Select(e => e.Event.GetType());
        Assert.Empty(EventCatalogue.All.Newest.Select(e => e.Type).Except(seen));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Rebuilding_gives_the_rows_that_were_written_live(int seed)
    {
        await using var practice = new Practice(where);
        IReadOnlyList<string> live;
        await using (var running = new Following(practice.Runner))
        {
            var head = 0L;
            foreach (var part in Interleaved(seed)) head = await practice.Append(part.Book, [part.Event]);
            Assert.True(await practice.Runner.WaitFor(head, Long, Cancellation));
            while (practice.Runner.Health is ProjectionHealth.CatchingUp) await Task.Delay(1, Cancellation);
            Assert.IsType<ProjectionHealth.Live>(practice.Runner.Health);
            live = practice.Runner.DumpRows();

            await practice.Runner.Rebuild(Cancellation);
            Assert.Equal(live, practice.Runner.DumpRows());
            Assert.True(live.Count > 100);
        }
        await practice.Runner.Rebuild(Cancellation);
        Assert.Equal(live, practice.Runner.DumpRows());
    }

    [Fact]
    public async Task Counts_each_event_once_however_the_reading_is_cut_up()
    {
        await using var whole = new Practice(where);
        await using var pieces = new Practice(where);
        foreach (var part in Interleaved(7)) await whole.Append(part.Book, [part.Event]);
        await whole.CatchUp();
        await whole.CatchUp();
        foreach (var part in Interleaved(7))
        {
            var position = await pieces.Append(part.Book, [part.Event]);
            if (position % 7 == 0) await pieces.CatchUp();
            if (position % 50 == 0) pieces.Reopen();
        }
        await pieces.CatchUp();
        Assert.Equal(whole.Runner.DumpRows(), pieces.Runner.DumpRows());
    }

    [Fact]
    public async Task Goes_on_where_it_was_cut_off_and_not_where_it_had_read_to()
    {
        await using var practice = new Practice(where);
        foreach (var part in Interleaved(8)) await practice.Append(part.Book, [part.Event]);
        await practice.CatchUp();
        var (rows, head) = (practice.Runner.DumpRows(), practice.Runner.Position);

        // A batch that fails at its commit leaves neither rows nor checkpoint behind.
        await practice.Append(Practice.Book, $"client-{Ids.Acme:D}", Client("Acme"));
        using (new FailingCommits(practice.Database))
        {
            await practice.CatchUp();
            Assert.Contains(
                FailingCommits.Reason, Assert.IsType<ProjectionHealth.Halted>(practice.Runner.Health).Reason, StringComparison.Ordinal);
            Assert.Equal(head, practice.Runner.Position);
            Assert.Equal(rows, practice.Runner.DumpRows());
        }

        practice.Reopen();
        Assert.Equal(head, practice.Runner.Position);
        await practice.CatchUp();
        Assert.Equal(head + 1, practice.Runner.Position);
        Assert.Equal("Acme", new ClientQueries(practice.Database).Client(Practice.Book, Ids.Acme)?.Name);
    }

    [Fact]
    public async Task What_was_folded_but_not_committed_when_the_store_fails_is_folded_again()
    {
        await using var whole = new Practice(where);
        await using var practice = new Practice(where, new BreakingStore(new MemoryEventStore(), page: 2));
        foreach (var part in Interleaved(8))
        {
            await whole.Append(part.Book, [part.Event]);
            await practice.Append(part.Book, [part.Event]);
        }
        await practice.CatchUp();
        var halted = Assert.IsType<ProjectionHealth.Halted>(practice.Runner.Health);
        Assert.Equal((0, 1), (practice.Runner.Position, halted.Position));
        practice.Database.Writer.Begin();
        practice.Database.Writer.TryRollBack();

        await practice.CatchUp();
        await whole.CatchUp();
        Assert.True(whole.Runner.Position > 300);
        Assert.Equal(whole.Runner.DumpRows(), practice.Runner.DumpRows());
    }

    [Fact]
    public async Task Goes_on_by_itself_once_the_store_can_be_read_again()
    {
        await using var practice = new Practice(where, new BreakingStore(new MemoryEventStore(), page: 1));
        var head = await practice.Append(Practice.Book, $"client-{Ids.Acme:D}", Client("Acme"));

        await using var running = new Following(practice.Runner);
        while (!await practice.Runner.WaitFor(head, Long, Cancellation)) await Task.Delay(10, Cancellation);

        Assert.Equal("Acme", new ClientQueries(practice.Database).Client(Practice.Book, Ids.Acme)?.Name);
    }

    [Fact]
    public async Task Rows_that_are_ahead_of_the_events_are_made_anew()
    {
        await using var practice = new Practice(where);
        await practice.Append(Practice.Book, $"client-{Ids.Acme:D}", Client("Acme"));
        await practice.Append(Practice.Book, $"client-{Ids.Zenith:D}", Client("Zenith"));
        await practice.CatchUp();
        await using var shorter = new Practice(where);
        await shorter.Append(Practice.Book, $"client-{Ids.Zenith:D}", Client("Zenith"));
        await shorter.CatchUp();

        using var runner = new ProjectionRunner(shorter.Store, practice.Database);
        await runner.CatchUp(Cancellation);

        Assert.Equal(1, runner.Position);
        Assert.Equal(shorter.Runner.DumpRows(), runner.DumpRows());
    }

    [Fact]
    public async Task Halts_at_an_unknown_event_names_it_and_keeps_what_came_before()
    {
        await using var practice = new Practice(where);
        await practice.Append(Practice.Book, $"client-{Ids.Acme:D}", Client("Acme"));
        var unknown = await practice.Append(
            Practice.Book, "client-x", [new NewEvent(Guid.CreateVersion7(), "client-cloned.v7", Encoding.UTF8.GetBytes("{}"))]);
        await practice.Append(Practice.Book, $"client-{Ids.Zenith:D}", Client("Zenith"));

        await practice.Runner.Run(Cancellation);
        var halted = Assert.IsType<ProjectionHealth.Halted>(practice.Runner.Health);
        Assert.Equal((unknown, "client-cloned.v7"), (halted.Position, halted.EventName));
        Assert.Contains("client-cloned.v7", halted.Reason, StringComparison.Ordinal);
        Assert.Equal(unknown - 1, practice.Runner.Position);
        Assert.False(await practice.Runner.WaitFor(unknown, Long, Cancellation));
        Assert.NotNull(new ClientQueries(practice.Database).Client(Practice.Book, Ids.Acme));
        Assert.Null(new ClientQueries(practice.Database).Client(Practice.Book, Ids.Zenith));

        // Trying again comes no further and says the same.
        for (var i = 0; i < 2; i++)
        {
            await practice.CatchUp();
            Assert.Equal(halted, practice.Runner.Health);
        }
    }

    [Fact]
    public async Task Halts_at_an_event_that_is_no_json_without_quoting_from_it()
    {
        await using var practice = new Practice(where);
        var data = Encoding.UTF8.GetBytes("""{"name":"Secret" """);
        await practice.Append(Practice.Book, "client-x", [new NewEvent(Guid.CreateVersion7(), "client-added.v1", data)]);
        await practice.CatchUp();
        var halted = Assert.IsType<ProjectionHealth.Halted>(practice.Runner.Health);
        Assert.Equal(1, halted.Position);
        Assert.DoesNotContain("Secret", halted.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lays_tables_of_another_version_out_anew_and_replays()
    {
        await using var practice = new Practice(where);
        await practice.Append(Practice.Book, $"client-{Ids.Acme:D}", Client("Acme"));
        await practice.CatchUp();
        var rows = practice.Runner.DumpRows();
        practice.Database.Writer.Execute("UPDATE checkpoint SET schema = 'older'; DROP TABLE clients; CREATE TABLE gone (x BIGINT)");

        practice.Reopen();
        Assert.Equal(0, practice.Runner.Position);
        await practice.CatchUp();
        Assert.Equal(rows, practice.Runner.DumpRows());
    }

    [Fact]
    public async Task Tells_how_far_catching_up_has_come()
    {
        await using var practice = new Practice(where);
        for (var i = 0; i < 3; i++) await practice.Append(Practice.Book, $"client-{Ids.Of(3, i):D}", Client("Acme"));
        var told = new List<CatchUpProgress>();
        using var runner = new ProjectionRunner(practice.Store, practice.Database, new Listener(told));
        await runner.CatchUp(Cancellation);
        Assert.Equal((3, 3), (told[^1].Position, told[^1].Head));
        Assert.True(told[^1].EventsPerSecond > 0);
    }

    [Fact]
    public async Task Waiting_ends_when_the_event_can_be_read_and_not_before()
    {
        await using var practice = new Practice(where);
        Assert.False(await practice.Runner.WaitFor(1, TimeSpan.FromMilliseconds(20), Cancellation));
        var queries = new ClientQueries(practice.Database);
        await using (var running = new Following(practice.Runner))
        {
            for (var i = 1; i <= 50; i++)
            {
                var position = await practice.Append(
                    Practice.Book, $"client-{Ids.Of(3, i):D}", Client("Acme") with { ClientId = Ids.Of(3, i) });
                Assert.True(await practice.Runner.WaitFor(position, Long, Cancellation));
                Assert.NotNull(queries.Client(Practice.Book, Ids.Of(3, i)));
            }
        }
        Assert.IsType<ProjectionHealth.Stopped>(practice.Runner.Health);
    }

    [Fact]
    public async Task Reads_the_embedded_store_like_the_one_in_memory()
    {
        var folder = Directory.CreateTempSubdirectory("billing-events");
        await using var memory = new Practice(where);
        await using (var embedded = new Practice(where, SqliteEventStore.Open(Path.Combine(folder.FullName, "events.db"))))
        {
            foreach (var part in Interleaved(9))
            {
                await memory.Append(part.Book, [part.Event]);
                await embedded.Append(part.Book, [part.Event]);
            }
            await memory.CatchUp();
            await embedded.CatchUp();
            Assert.Equal(memory.Runner.DumpRows(), embedded.Runner.DumpRows());
        }
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_snapshot_of_a_book_shows_what_was_known_at_a_place()
    {
        await using var practice = new Practice(where);
        var stream = $"client-{Ids.Acme:D}";
        await practice.Append(Practice.Book, stream, Client("Acme"));
        await practice.Append(new BookId(Ids.Of(1, 2)), stream, Client("Other"));
        await practice.Append(Practice.Book, stream, new ClientEvent.ClientDescribed("Acme Ltd", null, null, Practice.Now));
        using var before = await BookSnapshot.Fill(practice.Store, Practice.Book, throughPlace: 1, Cancellation);
        using var after = await BookSnapshot.Fill(practice.Store, Practice.Book, throughPlace: 2, Cancellation);
        Assert.Equal("Acme", new ClientQueries(before.Database).Client(Practice.Book, Ids.Acme)?.Name);
        Assert.Equal("Acme Ltd", new ClientQueries(after.Database).Client(Practice.Book, Ids.Acme)?.Name);
    }

    /// <summary>Two businesses at once, with the same ids in both.</summary>
    private static IEnumerable<(BookId Book, (string, object) Event)> Interleaved(int seed)
    {
        var one = RandomHistory.Of(seed, 120).Select(e => (Practice.Book, e));
        var other = RandomHistory.Of(seed + 100, 120).Select(e => (new BookId(Ids.Of(1, 2)), e));
        return one.Zip(other, (a, b) => new[] { a, b }).SelectMany(pair => pair);
    }

    private static ClientEvent.ClientAdded Client(string name) => new(Ids.Acme, name, null, null, "USD", 30, Practice.Now);

    private sealed class Listener(List<CatchUpProgress> told) : IProgress<CatchUpProgress>
    {
        public void Report(CatchUpProgress value) => told.Add(value);
    }
}

public sealed class ProjectionRunnerOnSqlite() : ProjectionRunnerTests(ReadModelsIn.Sqlite);

public sealed class ProjectionRunnerOnPostgres() : ProjectionRunnerTests(ReadModelsIn.Postgres);
