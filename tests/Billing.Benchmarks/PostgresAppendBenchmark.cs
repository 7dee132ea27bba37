using Billing.EventStore.Port;
using Billing.EventStore.Postgres;
using Billing.TestSupport.Postgres;
using Npgsql;

namespace Billing.Benchmarks;

/// <summary>Durable appends on PostgreSQL, by one node and by two, against one locked transaction per append.</summary>
internal sealed class PostgresAppendBenchmark : IBenchmark
{
    private const int Callers = 64;
    private const int Preloaded = 100_000;

    public string Name => "append --store postgres";

    public string Heading(BenchOptions options) =>
        $"""
        append: PostgreSQL, synchronous_commit=on, on the server that the tests find, started with fsync where it is
        started here. The store and the limit write to tables of the same form, each with {Preloaded:#,0} events before.
        Load: closed loop, {Callers} callers; with two nodes half of them at each, two stores in this process.
        Shape: one event of about 300 bytes of JSON an append, at the caller's own expected version;
        {AppendWorkload.EventsPerStream} events to a stream before the caller opens the next, in one of
        {AppendWorkload.Books} books; ids time-ordered, no idempotency key.
        Limit: as many callers, each with a connection of its own: lock, check and insert in one round trip and one
        transaction an append, prepared, without a hash chain.
        {Rounds(options)} rounds, interleaved; values are medians, the ratio is the median of the rounds' ratios.
        """;

    public async Task<IReadOnlyList<BenchCase>> Run(BenchOptions options)
    {
        var duration = TimeSpan.FromSeconds(options.Quick ? 0.7 : 3);
        var server = await PostgresServer.ForBenchmarks();
        var (ours, naive) = ($"bench_{Guid.CreateVersion7():N}", $"bench_{Guid.CreateVersion7():N}");
        try
        {
            foreach (var schema in new[] { ours, naive })
            {
                await using var store = await Open(server, schema);
                await AppendLoad.Preload(store, Preloaded);
            }
            var samples = await BenchRounds.Interleave(
                Rounds(options),
                () => Run(server, "CHECKPOINT"),
                new("a transaction each", () => PostgresLimits.LockedTransactions(server, naive, Callers, duration)),
                new("one node", () => Answers(server, ours, 1, duration)),
                new("two nodes", () => Answers(server, ours, 2, duration)));
            return
            [
                BenchCase.Of($"{Callers} callers, one writing node", "appends/s", samples[1], samples[0], 6, 12),
                BenchCase.Of($"{Callers} callers, two writing nodes", "appends/s", samples[2], samples[0], 4, 9),
            ];
        }
        finally
        {
            await Run(server, $"DROP SCHEMA IF EXISTS {ours} CASCADE; DROP SCHEMA IF EXISTS {naive} CASCADE");
        }
    }

    private static int Rounds(BenchOptions options) => options.Quick ? 5 : 7;

    private static async Task<double> Answers(string server, string schema, int nodes, TimeSpan duration)
    {
        var stores = new List<IEventStore>();
        for (var n = 0; n < nodes; n++) stores.Add(await Open(server, schema));
        try
        {
            return await AppendLoad.Answers(stores, Callers, duration);
        }
        finally
        {
            foreach (var store in stores) await store.DisposeAsync();
        }
    }

    private static Task<PostgresEventStore> Open(string server, string schema) =>
        PostgresEventStore.Open(server, new PostgresStoreOptions { Schema = schema });

    private static async Task Run(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
