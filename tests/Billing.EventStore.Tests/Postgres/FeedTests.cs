using Billing.EventStore.Port;
using Billing.EventStore.Tests.Conformance;
using Npgsql;

namespace Billing.EventStore.Tests.Postgres;

/// <summary>
/// The order in which a sequence gives numbers is not the order in which transactions commit. Who reads "all after the
/// last one that I saw" can pass by a number whose transaction commits later, and never comes back for it.
/// </summary>
public sealed class FeedTests : IAsyncDisposable
{
    private const int Writers = 4, AppendsEach = 40;

    private readonly EventSchema schema = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => schema.DisposeAsync();

    [Fact]
    public async Task A_reader_of_a_plain_sequence_passes_by_what_commits_late()
    {
        await (await schema.Open()).DisposeAsync();
        await schema.Run("CREATE TABLE naive (position bigserial PRIMARY KEY)");
        await using var early = await schema.Connect();
        await using var slow = await early.BeginTransactionAsync(Stop);
        await Execute(early, "INSERT INTO naive DEFAULT VALUES");
        await schema.Run("INSERT INTO naive DEFAULT VALUES");

        await using var reading = await schema.Connect();
        var seen = await PositionsAfter(reading, "naive", 0);
        await slow.CommitAsync(Stop);
        seen.AddRange(await PositionsAfter(reading, "naive", seen[^1]));

        Assert.Equal([2L], seen);
        Assert.Equal(2L, await schema.Run("SELECT count(*) FROM naive"));
    }

    [Fact]
    public async Task With_several_writers_and_delayed_commits_a_plain_sequence_skips_and_the_store_does_not()
    {
        await (await schema.Open()).DisposeAsync();
        await schema.Run("CREATE TABLE naive (position bigserial PRIMARY KEY)");
        foreach (var table in new[] { "naive", "events" }) await DelayCommits(table);

        var skippedByNaive = await Skipped("naive", _ => InsertPlainly());
        var skippedByOurs = await Skipped("events", AppendFromANode);

        Assert.NotEmpty(skippedByNaive);
        Assert.Empty(skippedByOurs);
    }

    /// <summary>Half of the commits take a few milliseconds longer than the others, after their position is given.</summary>
    private async Task DelayCommits(string table) => await schema.Run($"""
        CREATE FUNCTION delay_{table}() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN PERFORM pg_sleep(0.008 * (NEW.position % 2)); RETURN NULL; END';
        CREATE CONSTRAINT TRIGGER delay AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION delay_{table}()
        """);

    /// <summary>The positions that a reader who goes on after the last one it saw has never seen in the end.</summary>
    private async Task<List<long>> Skipped(string table, Func<int, Task> write)
    {
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(n => Task.Run(() => write(n), Stop)));
        await using var reading = await schema.Connect();
        var seen = new List<long> { 0 };
        while (true)
        {
            var over = writing.IsCompleted;
            var page = await PositionsAfter(reading, table, seen[^1]);
            seen.AddRange(page);
            if (over && page.Count == 0) break;
        }
        await writing;
        return [.. (await PositionsAfter(reading, table, 0)).Except(seen)];
    }

    private async Task InsertPlainly()
    {
        await using var connection = await schema.Connect();
        for (var n = 0; n < AppendsEach; n++) await Execute(connection, "INSERT INTO naive DEFAULT VALUES");
    }

    private async Task AppendFromANode(int number)
    {
        await using var node = await schema.Open();
        var book = Given.Book();
        for (var n = 0; n < AppendsEach; n++)
            Assert.IsType<AppendOutcome.Appended>(await node.Append(Given.Append(book, $"invoice-{number}", n), Stop));
    }

    private static async Task<List<long>> PositionsAfter(NpgsqlConnection connection, string table, long position)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT position FROM {table} WHERE position > {position} ORDER BY position", connection);
        await using var row = await command.ExecuteReaderAsync(Stop);
        var positions = new List<long>();
        while (await row.ReadAsync(Stop)) positions.Add(row.GetInt64(0));
        return positions;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
