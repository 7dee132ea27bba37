using System.Diagnostics;
using Npgsql;

namespace Billing.Benchmarks;

/// <summary>What a server does when each append is a transaction of its own.</summary>
internal static class PostgresLimits
{
    private const string AddStream = """
        INSERT INTO streams (stream_key, book_key, name) SELECT $1, 1, $2 WHERE $3 = 0
        """;

    private const string AddEvent = """
        INSERT INTO events (
            position, book_key, place, stream_key, version, recorded_at_ticks, id, correlation_id, causation_id, type, actor,
            link, confidential, data)
        SELECT p.last + 1, -1, p.last + 1, $1, $2 + 1, $3, $4, $5, $6, $7, $8, $9, '', $10
        FROM (SELECT max(position) AS last FROM events) p
        WHERE $2 = (SELECT coalesce(max(version), 0) FROM events WHERE stream_key = $1)
        """;

    /// <summary>Answered appends a second.</summary>
    public static async Task<double> LockedTransactions(string server, string schema, int callers, TimeSpan duration)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server)
        {
            SearchPath = schema,
            MaxPoolSize = callers,
            MaxAutoPrepare = 10,
            AutoPrepareMinUsages = 2,
            Options = "-c enable_seqscan=off -c jit=off",
        });
        var streams = await NewestStream(source);
        var connections = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => source.OpenConnectionAsync().AsTask()));
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(connections.Select(connection => Task.Run(async () =>
        {
            var (workload, stream, answered) = (new AppendWorkload(), 0L, 0);
            while (clock.Elapsed < duration)
            {
                if (workload.Next.Version == 0) stream = Interlocked.Increment(ref streams);
                await Append(connection, workload, stream);
                workload.Advance();
                answered++;
            }
            return answered;
        })));
        var rate = counts.Sum() / clock.Elapsed.TotalSeconds;
        foreach (var connection in connections) await connection.DisposeAsync();
        return rate;
    }

    private static async Task Append(NpgsqlConnection connection, AppendWorkload workload, long stream)
    {
        var ((name, version), @event, metadata) = (workload.Next, workload.Event(0), workload.Metadata());
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("SELECT pg_advisory_xact_lock(1)"),
                With(AddStream, stream, name, (long)version),
                With(
                    AddEvent, stream, (long)version, metadata.RecordedAt.ToUnixTimeTicks(), @event.Id, metadata.CorrelationId,
                    metadata.CausationId, @event.Type, metadata.Actor, new byte[32], @event.Data),
            },
        };
        if (version > 0) batch.BatchCommands.RemoveAt(1);
        await batch.ExecuteNonQueryAsync();
        if (batch.BatchCommands[^1].RecordsAffected != 1) throw new InvalidOperationException("An append found another version.");
    }

    private static NpgsqlBatchCommand With(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private static async Task<long> NewestStream(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("SELECT max(stream_key) FROM streams");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
