using System.Data.Common;
using Billing.EventStore.Port;
using Billing.EventStore.Writing;
using Microsoft.Data.Sqlite;

namespace Billing.EventStore.Sealing;

/// <summary>
/// A SQLite file of its own, which only its user may read. What is erased is overwritten with zeros, and no log keeps it: the
/// journal is cut to nothing after each change.
/// </summary>
public sealed class SqliteKeyHome : SqlKeyHome
{
    private readonly Lock gate = new();
    private readonly SqliteConnection connection;
    private readonly string path;

    private SqliteKeyHome(SqliteConnection connection, string path) => (this.connection, this.path) = (connection, path);

    /// <summary>Opens the file, or makes it.</summary>
    /// <exception cref="EventStoreException">It can't be opened, is no file of keys, or a newer program wrote it.</exception>
    public static SqliteKeyHome Open(string path)
    {
        path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        PrivateFile.Make(path);
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false };
        var home = new SqliteKeyHome(new SqliteConnection(settings.ToString()), path);
        try
        {
            home.Use(connection => Prepare(connection, path));
            return home;
        }
        catch
        {
            home.Dispose();
            throw;
        }
    }

    public override void Dispose()
    {
        lock (gate) connection.Dispose();
    }

    /// <summary>The pages are by then: the connection deletes securely.</summary>
    protected override void Overwrite() { }

    protected override T Use<T>(Func<DbConnection, T> work)
    {
        lock (gate)
        {
            try
            {
                if (connection.State != System.Data.ConnectionState.Open) connection.Open();
                return work(connection);
            }
            catch (SqliteException failure)
            {
                throw new EventStoreException($"The keys in {path} can't be used: {failure.Message}", failure);
            }
        }
    }

    private static bool Prepare(DbConnection connection, string path)
    {
        Run("PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON");
        var version = (long)Run("PRAGMA user_version")!;
        if (version > SchemaVersion) throw new EventStoreException($"{path} was written by a newer program; use that one.");
        if (version == SchemaVersion) return true;
        if ((long)Run("SELECT count(*) FROM sqlite_schema")! > 0)
            throw new EventStoreException($"{path} is a SQLite database of another kind, and holds no keys.");
        Run(FormattableString.Invariant($"BEGIN IMMEDIATE; {Layout("integer", "blob")} PRAGMA user_version = {SchemaVersion}; COMMIT"));
        return true;

        object? Run(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return command.ExecuteScalar();
        }
    }
}
