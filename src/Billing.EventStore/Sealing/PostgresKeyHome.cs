using System.Data.Common;
using Billing.EventStore.Port;
using Npgsql;

namespace Billing.EventStore.Sealing;

/// <summary>A schema of its own, so that a dump of the events holds no keys. What was erased leaves the table's file at once.</summary>
public sealed class PostgresKeyHome : SqlKeyHome
{
    private const string Schema = "billing_keys";

    /// <summary>So that of several processes that start at once one lays the table out.</summary>
    private const long LayoutLock = 0x62696c6c6b657973;

    private readonly NpgsqlDataSource source;

    private PostgresKeyHome(NpgsqlDataSource source) => this.source = source;

    /// <summary>Opens the schema, or lays it out.</summary>
    /// <exception cref="EventStoreException">The server can't be reached, or a newer program wrote the schema.</exception>
    public static PostgresKeyHome Open(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = Schema };
        if (settings.Host?.Contains(',', StringComparison.Ordinal) == true) settings.TargetSessionAttributes ??= "primary";
        var home = new PostgresKeyHome(NpgsqlDataSource.Create(settings));
        try
        {
            home.Use(Prepare);
            return home;
        }
        catch
        {
            home.Dispose();
            throw;
        }
    }

    public override void Dispose() => source.Dispose();

    /// <summary>
    /// An update leaves the row of before in the file. So the table gets another file, with the rows that hold now; VACUUM FULL would keep
    /// the one of before for as long as anybody reads in the same database.
    /// </summary>
    protected override void Overwrite() => Use(connection =>
    {
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            "LOCK TABLE keys IN ACCESS EXCLUSIVE MODE; CREATE TEMP TABLE kept ON COMMIT DROP AS SELECT * FROM keys; "
            + "TRUNCATE keys; INSERT INTO keys SELECT * FROM kept";
        command.ExecuteNonQuery();
        transaction.Commit();
        return true;
    });

    protected override T Use<T>(Func<DbConnection, T> work)
    {
        try
        {
            using var connection = source.OpenConnection();
            return work(connection);
        }
        catch (NpgsqlException failure)
        {
            throw new EventStoreException($"The keys in the schema {Schema} can't be used: {failure.Message}", failure);
        }
    }

    private static bool Prepare(DbConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        Run(FormattableString.Invariant($"SELECT pg_advisory_xact_lock({LayoutLock})"));
        Run($"CREATE SCHEMA IF NOT EXISTS {Schema}; CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY)");
        var version = Run("SELECT max(version) FROM schema_version") as int? ?? 0;
        if (version > SchemaVersion)
            throw new EventStoreException($"The schema {Schema} was written by a newer program; use that one.");
        if (version == 0)
            Run(FormattableString.Invariant($"{Layout("bigint", "bytea")} INSERT INTO schema_version VALUES ({SchemaVersion})"));
        transaction.Commit();
        return true;

        object? Run(string sql)
        {
            using var command = connection.CreateCommand();
            (command.CommandText, command.Transaction) = (sql, transaction);
            return command.ExecuteScalar();
        }
    }
}
