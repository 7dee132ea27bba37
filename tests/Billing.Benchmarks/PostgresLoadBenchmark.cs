using System.Diagnostics;
using Billing.EventStore.Postgres;
using Billing.EventStore.Sealing;
using Billing.TestSupport.Postgres;
using Npgsql;

namespace Billing.Benchmarks;

/// <summary>The state of a stream as a command loads it from PostgreSQL, against the raw read of the same rows.</summary>
internal sealed class PostgresLoadBenchmark : IBenchmark
{
    private const string Rows = """
        SELECT position, book_key, place, stream_key, version, recorded_at_ticks, id, correlation_id, causation_id, type, actor,
            idempotency_key, body_hash, data, confidential, link
        FROM events
        WHERE stream_key = (SELECT stream_key FROM streams WHERE name = $2
            AND book_key = (SELECT book_key FROM books WHERE id = $1))
        ORDER BY version
        """;

    public string Name => "load";

    public string Store => "postgres";

    public string Heading(BenchOptions options) =>
        $"""
        load: the state of a week from its {LoadWorkload.EventsPerStream} events, PostgreSQL on the server that the tests find, one
        caller, nothing of it cached by us, the rows in the server's cache.
        Shape: {LoadWorkload.Streams} weeks, written in turns; of each {LoadWorkload.EventsPerStream} events about two thirds are
        entries with a note, sealed for their client, the rest timers, corrections, removals, billings and a hand-in.
        Limit: one prepared SELECT of the same rows over one connection, each column taken.
        {LoadWorkload.Streams} weeks a sample, {Rounds(options)} rounds, interleaved; the ratio is the median of the rounds' ratios.
        """;

    public async Task<IReadOnlyList<BenchCase>> Run(BenchOptions options)
    {
        var server = await PostgresServer.ForBenchmarks();
        var schema = $"bench_{Guid.CreateVersion7():N}";
        try
        {
            using var keys = LoadBenchmark.Keys(options);
            await using var store = new SealedEventStore(
                await PostgresEventStore.Open(server, new PostgresStoreOptions { Schema = schema }), keys);
            await LoadWorkload.Fill(store);
            await using var raw = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server) { SearchPath = schema });
            await LoadBenchmark.WarmUp(store);
            var samples = await BenchRounds.Interleave(
                Rounds(options),
                () => Task.CompletedTask,
                new("raw read", () => RawMicrosecondsPerStream(raw)),
                new("load", () => LoadBenchmark.MicrosecondsPerStream(store)));
            return [BenchCase.Of("state from 100 events", "µs", samples[1], samples[0], 2.5, 1.7, lowerIsBetter: true)];
        }
        finally
        {
            await using var source = NpgsqlDataSource.Create(server);
            await using var drop = source.CreateCommand($"DROP SCHEMA IF EXISTS {schema} CASCADE");
            await drop.ExecuteNonQueryAsync();
        }
    }

    private static int Rounds(BenchOptions options) => options.Quick ? 11 : 31;

    private static async Task<double> RawMicrosecondsPerStream(NpgsqlDataSource source)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(Rows, connection)
        {
            Parameters = { new() { Value = LoadWorkload.Book.Value }, new() { Value = "" } },
        };
        await command.PrepareAsync();
        var clock = Stopwatch.StartNew();
        foreach (var week in LoadWorkload.Weeks)
        {
            command.Parameters[1].Value = week.StreamName;
            await using var row = await command.ExecuteReaderAsync();
            var (count, sum) = (0, 0L);
            while (await row.ReadAsync())
            {
                count++;
                for (var column = 0; column < 6; column++) sum += row.GetInt64(column);
                for (var column = 6; column < 9; column++) sum += row.GetGuid(column).GetHashCode() & 1;
                for (var column = 9; column < 13; column++) sum += row.IsDBNull(column) ? 0 : row.GetString(column).Length;
                for (var column = 13; column < 16; column++) sum += row.GetFieldValue<byte[]>(column).Length;
            }
            if (count != LoadWorkload.EventsPerStream || sum == 0) throw new InvalidOperationException($"{count} rows were read.");
        }
        return clock.Elapsed.TotalMicroseconds / LoadWorkload.Weeks.Count;
    }
}
