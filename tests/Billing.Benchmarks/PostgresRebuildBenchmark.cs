using System.Diagnostics;
using Billing.EventStore.Postgres;
using Billing.Projections.Postgres;
using Billing.TestSupport.Postgres;
using Npgsql;

namespace Billing.Benchmarks;

/// <summary>All read models from the first event on in PostgreSQL, against a bare scan of the events on the same server.</summary>
internal sealed class PostgresRebuildBenchmark : IBenchmark
{
    public string Name => "rebuild";

    public string Store => "postgres";

    public string Heading(BenchOptions options) =>
        $"""
        rebuild: every read model from position 0 into an empty schema (synchronous_commit=off), indexes included; events
        and read models on one PostgreSQL server, the one that the tests find, with two cores for it and this program.
        {RebuildHistory.Events(options):#,0} events or a little more. {RebuildHistory.Shape}
        Limit: one prepared SELECT over the events table in the order of the positions that looks at position, type and both
        parts of each event. {RebuildHistory.Rounds(options)} rounds, interleaved; the ratio is the median of the rounds' ratios.
        """;

    public async Task<IReadOnlyList<BenchCase>> Run(BenchOptions options)
    {
        var server = await PostgresServer.ForBenchmarks();
        var schema = $"bench_{Guid.CreateVersion7():N}";
        try
        {
            await using var store = await PostgresEventStore.Open(server, new PostgresStoreOptions { Schema = schema });
            var history = new RebuildHistory(store);
            await history.Fill(RebuildHistory.Events(options));
            if (!options.Json) Console.WriteLine(history.Mix + Environment.NewLine);
            await Run(server, $"VACUUM ANALYZE {schema}.events");
            var samples = await BenchRounds.Interleave(
                RebuildHistory.Rounds(options),
                () => Run(server, "CHECKPOINT"),
                new("bare scan", () => Scan(server, schema, history.Stored)),
                new("rebuild", () => Rebuild(server, history)));
            return [BenchCase.Of($"{history.Stored:#,0} events", "events/s", samples[1], samples[0], 0.09, 0.30)];
        }
        finally
        {
            await Run(server, $"DROP SCHEMA IF EXISTS {schema} CASCADE");
        }
    }

    private static async Task<double> Scan(string server, string schema, long stored)
    {
        await using var connection = new NpgsqlConnection($"{server};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            $"SELECT position, type, data, confidential FROM {schema}.events ORDER BY position", connection);
        await command.PrepareAsync();
        var clock = Stopwatch.StartNew();
        var (count, bytes) = (0L, 0L);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            if (rows.GetInt64(0) != ++count) throw new InvalidOperationException("A position is missing.");
            bytes += rows.GetString(1).Length + rows.GetFieldValue<byte[]>(2).Length + rows.GetFieldValue<byte[]>(3).Length;
        }
        if (count != stored || bytes == 0) throw new InvalidOperationException($"{count} events were scanned, {stored} stored.");
        return count / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> Rebuild(string server, RebuildHistory history)
    {
        var options = new PostgresReadOptions { Schema = $"bench_{Guid.CreateVersion7():N}" };
        try
        {
            using var database = PostgresReadDatabase.Open(server, options);
            return await history.Rebuild(database);
        }
        finally
        {
            await Run(server, $"DROP SCHEMA IF EXISTS {options.Schema} CASCADE");
        }
    }

    private static async Task Run(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }
}
