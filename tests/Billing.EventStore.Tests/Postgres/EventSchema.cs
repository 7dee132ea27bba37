using Billing.EventStore.Postgres;
using Billing.TestSupport.Postgres;
using Npgsql;

namespace Billing.EventStore.Tests.Postgres;

/// <summary>A schema of its own for one test's events, on the server that the tests share.</summary>
internal sealed class EventSchema : IAsyncDisposable
{
    private string? server;

    public string Name { get; } = $"test_{Guid.CreateVersion7():N}";

    /// <summary>Which server: the one that the tests share, unless a test brings its own.</summary>
    public Func<Task<string>> Find { private get; init; } = PostgresServer.ForTests;

    /// <summary>Opens a node. Its connections can be told from others by the application's name, which is the schema's.</summary>
    public async Task<PostgresEventStore> Open(
        Func<PostgresStoreOptions, PostgresStoreOptions>? change = null, Action<NpgsqlConnectionStringBuilder>? settings = null)
    {
        var connection = new NpgsqlConnectionStringBuilder(await Server()) { ApplicationName = Name };
        settings?.Invoke(connection);
        var options = new PostgresStoreOptions { Schema = Name };
        return await PostgresEventStore.Open(
            connection.ConnectionString, change is null ? options : change(options), TestContext.Current.CancellationToken);
    }

    /// <summary>A connection beside the store's, in the same schema.</summary>
    public async Task<NpgsqlConnection> Connect()
    {
        var connection = new NpgsqlConnection($"{await Server()};Search Path={Name};Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    public async Task<object?> Run(string sql)
    {
        await using var connection = await Connect();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await Run($"DROP SCHEMA IF EXISTS {Name} CASCADE");
    }

    private async Task<string> Server() => server ??= await Find();
}
