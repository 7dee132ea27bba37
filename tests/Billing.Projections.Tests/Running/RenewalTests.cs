using System.Diagnostics;
using System.Text;
using Billing.Domain.Clients;
using Billing.EventStore.Codec;
using Billing.EventStore.Memory;
using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Billing.Projections.Running;
using Billing.Projections.Storage;
using Billing.Projections.Tests.Given;
using Billing.Projections.Tests.Postgres;
using Billing.TestSupport;
using Npgsql;

namespace Billing.Projections.Tests.Running;

/// <summary>After an erasure the rows of its book, and of no other, are made anew.</summary>
public abstract class RenewalTests : IAsyncDisposable
{
    private protected const string Word = "ZqErasedAtOnce";
    private static readonly BookId Other = new(Ids.Of(1, 2));
    private static readonly TimeSpan MostFreeing = TimeSpan.FromSeconds(60);
    private static readonly KeyOwner Contact = new(Ids.Acme, KeyUse.Contact);

    private readonly string folder = Directory.CreateTempSubdirectory("billing-renewal-").FullName;
    private readonly ReadModels models;
    private readonly KeyRing keys;
    private readonly SealedEventStore store;
    private ReadDatabase database;
    private ProjectionRunner runner;

    private protected RenewalTests(ReadModels models)
    {
        this.models = models;
        keys = OpenKeys();
        store = new SealedEventStore(new MemoryEventStore(), keys);
        database = models.Open();
        runner = new ProjectionRunner(store, database, keys: keys);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Renewed_rows_are_those_that_a_replay_gives_and_other_books_are_not_touched(int seed)
    {
        await AppendHistory(Practice.Book, seed);
        await AppendHistory(Other, seed + 50);
        await runner.CatchUp(Stop);
        var before = runner.DumpRows();
        // A mark that no replay would make.
        database.Writer.Execute("UPDATE clients SET name = 'untouched' WHERE book = (SELECT book FROM books ORDER BY book DESC LIMIT 1)");

        keys.Erase(Practice.Book, Contact, Practice.Now);
        runner.NoticeErasure();
        Assert.Equal(0, runner.Position);
        await AppendHistory(Practice.Book, seed + 100);
        await runner.CatchUp(Stop);

        var renewed = runner.DumpRows();
        Assert.Contains(renewed, row => IsClientOf(row, 2) && row.Contains("untouched", StringComparison.Ordinal));
        Assert.Equal(await store.HeadPosition(Stop), runner.Position);
        await runner.Rebuild(Stop);
        Assert.NotEqual(before, runner.DumpRows());
        Assert.Equal(runner.DumpRows().Where(row => !IsClientOf(row, 2)), renewed.Where(row => !IsClientOf(row, 2)));
    }

    [Fact]
    public async Task Nothing_is_read_by_position_until_the_book_is_renewed_and_no_word_stays_in_the_database()
    {
        await AppendClient();
        await using var running = new Following(runner);
        var head = await store.HeadPosition(Stop);
        Assert.True(await runner.WaitFor(head, TimeSpan.FromSeconds(20), Stop));
        Assert.True(IsWordInDatabase());

        keys.Erase(Practice.Book, Contact, Practice.Now);
        runner.NoticeErasure();
        Assert.True(await runner.WaitFor(head, TimeSpan.FromSeconds(20), Stop));

        Assert.DoesNotContain(runner.DumpRows(), row => row.Contains(Word, StringComparison.Ordinal));
        await UntilWordIsGone();
    }

    [Fact]
    public async Task An_erasure_that_came_while_nobody_ran_is_made_good_before_anything_is_read()
    {
        await AppendAndErase();
        Reopen();
        Assert.Equal(0, runner.Position);
        await using var running = new Following(runner);

        Assert.True(await runner.WaitFor(await store.HeadPosition(Stop), TimeSpan.FromSeconds(20), Stop));
        Assert.DoesNotContain(runner.DumpRows(), row => row.Contains(Word, StringComparison.Ordinal));
        await UntilWordIsGone();
    }

    [Fact]
    public async Task A_renewal_that_fails_lets_nobody_read_what_is_gone_and_is_made_good_later()
    {
        await AppendAndErase();
        using (new FailingCommits(database))
        {
            await runner.CatchUp(Stop);
            Assert.Contains(
                FailingCommits.Reason, Assert.IsType<ProjectionHealth.Halted>(runner.Health).Reason, StringComparison.Ordinal);
            Assert.Equal(0, runner.Position);
        }

        await runner.CatchUp(Stop);

        Assert.Equal(await store.HeadPosition(Stop), runner.Position);
        Assert.DoesNotContain(runner.DumpRows(), row => row.Contains(Word, StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        Close();
        await store.DisposeAsync();
        keys.Dispose();
        models.Dispose();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected ReadModels Models => models;

    private protected ProjectionRunner Runner => runner;

    /// <summary>The client is added and can be read, and then erased.</summary>
    private protected async Task AppendAndErase()
    {
        await AppendClient();
        await runner.CatchUp(Stop);
        keys.Erase(Practice.Book, Contact, Practice.Now);
    }

    /// <summary>Another node's, over the same events and read models.</summary>
    private protected Node Beside(ReadModels.Schema schema, KeyRing? heard = null) => new(store, schema, keys: heard ?? keys);

    /// <summary>The keys as another process has them, which hears of an erasure only when it asks.</summary>
    private protected KeyRing OpenKeys() => new(SqliteKeyHome.Open(Path.Combine(folder, "keys.db")), master: null, Guid.CreateVersion7);

    /// <summary>As a server does that is started again.</summary>
    private protected void Reopen()
    {
        Close();
        database = models.Open();
        runner = new ProjectionRunner(store, database, keys: keys);
    }

    private protected async Task UntilWordIsGone()
    {
        var clock = Stopwatch.StartNew();
        while (IsWordInDatabase())
        {
            Assert.True(clock.Elapsed < MostFreeing, "What was erased is still in the database's files.");
            await Task.Delay(50, Stop);
        }
    }

    /// <summary>Whether its bytes are anywhere in what holds the clients.</summary>
    private protected abstract bool IsWordInDatabase();

    private static bool IsClientOf(string row, int book) => row.StartsWith($"clients|{book}|", StringComparison.Ordinal);

    private void Close()
    {
        runner.Dispose();
        database.Dispose();
    }

    private Task AppendClient() => Append(
        Practice.Book, $"client-{Ids.Acme:D}", new ClientEvent.ClientAdded(Ids.Acme, Word, null, null, "USD", 30, Practice.Now), Contact);

    /// <summary>Every third event is sealed for the client that is erased.</summary>
    private protected async Task AppendHistory(BookId book, int seed)
    {
        foreach (var (index, (stream, @event)) in RandomHistory.Of(seed, 100).Index())
            await Append(book, stream, @event, index % 3 == 0 ? Contact : null);
    }

    private async Task Append(BookId book, string stream, object @event, KeyOwner? owner)
    {
        var written = EventCodec.Encode(Guid.CreateVersion7(), @event) with { Owner = owner };
        var metadata = new EventMetadata("member:test", Guid.CreateVersion7(), Guid.CreateVersion7(), Practice.Now);
        Assert.IsType<AppendOutcome.Appended>(await store.Append(
            new AppendRequest(book, [new StreamAppend(stream, StreamAppend.AnyVersion, [written])], [], metadata), Stop));
    }
}

public sealed class RenewalOnSqlite() : RenewalTests(ReadModels.In(ReadModelsIn.Sqlite))
{
    private protected override bool IsWordInDatabase() => Models.Files.Any(
        file => OpenFile.Bytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Word)) >= 0);
}

/// <summary>Beside others, who hold snapshots as on a busy server.</summary>
public sealed class RenewalOnPostgres() : RenewalTests(new ReadModels.Schema())
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ReadModels.Schema Schema => (ReadModels.Schema)Models;

    /// <summary>Such as a backup's, which may last for hours.</summary>
    [Theory]
    [InlineData("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1", false)]
    [InlineData("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1", true)]
    [InlineData("BEGIN; SELECT pg_current_xact_id()", false)]
    public async Task While_somebody_reads_an_older_state_all_goes_on_and_the_files_are_freed_after_it(string open, bool restarts)
    {
        await using var other = new NpgsqlConnection(Schema.Server);
        await other.OpenAsync(Stop);
        await new NpgsqlCommand(open, other).ExecuteNonQueryAsync(Stop);
        await AppendAndErase();

        await using (var running = new Following(Runner))
        {
            Assert.True(await Runner.WaitFor(1, TimeSpan.FromSeconds(20), Stop));
            await Task.Delay(TimeSpan.FromSeconds(2), Stop);
            Assert.DoesNotContain(Runner.DumpRows(), row => row.Contains(Word, StringComparison.Ordinal));
            Assert.True(IsWordInDatabase());
            if (!restarts)
            {
                await new NpgsqlCommand("COMMIT", other).ExecuteNonQueryAsync(Stop);
                await UntilWordIsGone();
                return;
            }
        }
        Reopen();
        await using var again = new Following(Runner);
        Assert.True(await Runner.WaitFor(1, TimeSpan.FromSeconds(20), Stop));
        await new NpgsqlCommand("COMMIT", other).ExecuteNonQueryAsync(Stop);
        await UntilWordIsGone();
    }

    [Fact]
    public async Task What_is_not_freed_yet_can_be_read_on_another_node()
    {
        await using var other = new NpgsqlConnection(Schema.Server);
        await other.OpenAsync(Stop);
        await new NpgsqlCommand("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1", other).ExecuteNonQueryAsync(Stop);
        await AppendAndErase();
        await using var running = new Following(Runner);
        Assert.True(await Runner.WaitFor(1, TimeSpan.FromSeconds(20), Stop));

        await using var standby = Beside(Schema);
        standby.Run();
        Assert.True(await standby.Runner.WaitFor(1, TimeSpan.FromSeconds(20), Stop));

        Assert.IsType<ProjectionHealth.Standby>(standby.Runner.Health);
        Assert.True(IsWordInDatabase());
    }

    [Fact]
    public async Task A_node_that_has_not_heard_of_an_erasure_reads_the_rows_that_were_made_after_it()
    {
        using var before = OpenKeys();
        await AppendAndErase();
        await using var running = new Following(Runner);
        Assert.True(await Runner.WaitFor(1, TimeSpan.FromSeconds(20), Stop));

        await using var standby = Beside(Schema, before);
        standby.Run();

        Assert.True(await standby.Runner.WaitFor(1, TimeSpan.FromSeconds(20), Stop));
        Assert.Equal(0, before.Erasures);
    }

    /// <summary>The planner's samples of what stood in a column are made anew with the file.</summary>
    [Fact]
    public async Task No_word_stays_in_the_statistics_of_the_server()
    {
        await AppendHistory(Practice.Book, seed: 11);
        await AppendAndErase();
        Schema.Run("ANALYZE clients");
        Assert.True(IsWordInStatistics());

        await using var running = new Following(Runner);
        await UntilWordIsGone();

        Assert.False(IsWordInStatistics());
    }

    /// <summary>In the table's file as the server has it, rows that nobody can read any more and all.</summary>
    private protected override bool IsWordInDatabase()
    {
        Schema.Run("CHECKPOINT");
        return Schema.Run($"SELECT position('{Word}'::bytea IN pg_read_binary_file(pg_relation_filepath('clients')))") is > 0;
    }

    private bool IsWordInStatistics() => Schema.Run(
        $"SELECT count(*) FROM pg_stats WHERE schemaname = '{Schema.Name}' AND concat(most_common_vals, histogram_bounds) LIKE '%{Word}%'") is > 0L;
}
