using Npgsql;

namespace Billing.TestSupport.Postgres;

/// <summary>A database of its own on the server that the tests share, dropped afterwards with whoever is still connected.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly string server;
    private readonly string name;

    private PostgresDatabase(string server, string name) => (this.server, this.name) = (server, name);

    public string ConnectionString => new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;

    /// <summary>The test is skipped where there is no server, or where its user may not create databases.</summary>
    public static async Task<PostgresDatabase> Create()
    {
        var database = new PostgresDatabase(await PostgresServer.ForTests().ConfigureAwait(false), $"test_{Guid.CreateVersion7():N}");
        try
        {
            await database.Run($"CREATE DATABASE {database.name} ENCODING 'UTF8' TEMPLATE template0").ConfigureAwait(false);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            Require.Missing("the user that BILLING_TEST_POSTGRES names may not create databases");
        }
        return database;
    }

    public async ValueTask DisposeAsync() => await Run($"DROP DATABASE IF EXISTS {name} WITH (FORCE)").ConfigureAwait(false);

    private async Task Run(string sql)
    {
        var connection = new NpgsqlConnection($"{server};Pooling=false");
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync().ConfigureAwait(false);
            var command = new NpgsqlCommand(sql, connection);
            await using (command.ConfigureAwait(false)) await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
    }
}
