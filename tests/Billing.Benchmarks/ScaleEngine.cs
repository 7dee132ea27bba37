using System.Globalization;
using Billing.EventStore.Port;
using Billing.EventStore.Postgres;
using Billing.EventStore.Sqlite;
using Billing.Projections.Postgres;
using Billing.Projections.Sqlite;
using Billing.Projections.Storage;
using Billing.TestSupport.Postgres;
using Npgsql;

namespace Billing.Benchmarks;

/// <summary>A kind of database that the two stores of <see cref="ScaleBenchmark"/> are made in.</summary>
/// <param name="Store">As <c>--store</c> names it.</param>
/// <param name="QuickEvents">As many as fit into a quick run.</param>
internal sealed record ScaleEngine(string Store, string Words, int QuickEvents, Func<BenchOptions, int, Task<ScaleHome>> MakeHome)
{
    public static ScaleEngine Sqlite { get; } = new(
        BenchCommand.EmbeddedStore, "SQLite, events and read models in files of their own", 1_000_000,
        (options, events) => Task.FromResult<ScaleHome>(new SqliteScaleHome(options.Folder, events)));

    public static ScaleEngine Postgres { get; } = new(
        "postgres", "events and read models on one PostgreSQL server, the one that the tests find", 200_000,
        async (_, events) => new PostgresScaleHome(await PostgresServer.ForBenchmarks(), events));
}

/// <summary>Where one store of so many events lies; opened anew for each measurement, and gone when disposed.</summary>
internal abstract class ScaleHome(int events) : IAsyncDisposable
{
    public int Events => events;

    public abstract Task<IEventStore> OpenStore();

    public abstract ReadDatabase OpenReadModels();

    /// <summary>After filling, before measuring: what a database in use has had done to it long ago.</summary>
    public abstract Task Settle();

    public abstract Task<(long Streams, long Mebibytes)> Measure();

    public abstract ValueTask DisposeAsync();
}

internal sealed class SqliteScaleHome(string folder, int events) : ScaleHome(events)
{
    private string Path => System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Events}.db"));

    public override Task<IEventStore> OpenStore() => Task.FromResult<IEventStore>(SqliteEventStore.Open(Path));

    public override ReadDatabase OpenReadModels() => SqliteReadDatabase.Open(Path + ".read");

    public override Task Settle() => Task.CompletedTask;

    public override Task<(long Streams, long Mebibytes)> Measure()
    {
        using var database = Database.Open(Path, forWriting: false);
        return Task.FromResult((database.ReadNumber("SELECT count(*) FROM streams"), new FileInfo(Path).Length >> 20));
    }

    /// <summary>The folder goes with the run.</summary>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

internal sealed class PostgresScaleHome(string server, int events) : ScaleHome(events)
{
    private readonly string schema = $"bench_{Guid.CreateVersion7():N}", readSchema = $"bench_{Guid.CreateVersion7():N}";

    public override async Task<IEventStore> OpenStore() =>
        await PostgresEventStore.Open(server, new PostgresStoreOptions { Schema = schema });

    public override ReadDatabase OpenReadModels() =>
        PostgresReadDatabase.Open(server, new PostgresReadOptions { Schema = readSchema });

    public override async Task Settle()
    {
        await Ask("VACUUM ANALYZE");
        await Ask("CHECKPOINT");
    }

    public override async Task<(long Streams, long Mebibytes)> Measure() =>
        ((long)(await Ask($"SELECT count(*) FROM {schema}.streams"))!,
            (long)(await Ask(
                $"SELECT sum(pg_total_relation_size(format('%I.%I', schemaname, tablename)::regclass))::bigint >> 20 FROM pg_tables WHERE schemaname = '{schema}'"))!);

    public override async ValueTask DisposeAsync() => await Ask($"DROP SCHEMA IF EXISTS {schema}, {readSchema} CASCADE");

    private async Task<object?> Ask(string sql)
    {
        await using var connection = new NpgsqlConnection(server + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync();
    }
}
