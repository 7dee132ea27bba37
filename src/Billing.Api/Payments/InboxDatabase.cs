using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Billing.Api.Payments;

/// <summary>
/// Where the inbox lies, and what else is no part of the books, such as webhooks. What both databases do not say alike is here.
/// </summary>
internal abstract class InboxDatabase : IDisposable
{
    /// <summary>Takes the parameters <c>@now</c> and <c>@limit</c>.</summary>
    protected const string Oldest = "FROM notice WHERE state = 'new' AND due_at <= @now ORDER BY arrival LIMIT @limit";

    protected const string Columns = "event_id, type, session_id, payment_intent_id, payout_id, attempts, customer_id, account";

    /// <summary>Type of a column that counts by itself.</summary>
    public abstract string Counter { get; }

    /// <summary>The notices that are due; where several nodes ask, each is given to one of them until <c>@later</c>.</summary>
    public abstract string Due { get; }

    /// <summary>Makes the tables where they are missing.</summary>
    public abstract void LayOut(string sql);

    /// <summary>Adds a column to a table that an older program may have laid out without it.</summary>
    public abstract void AddColumn(string table, string column, string type);

    public abstract void Dispose();

    /// <summary>How many rows it changed.</summary>
    public int Execute(string sql, params (string, object?)[] parameters) => Use(connection =>
    {
        using var command = Command(connection, sql, parameters);
        return command.ExecuteNonQuery();
    });

    public IReadOnlyList<T> Rows<T>(string sql, Func<DbDataReader, T> read, params (string, object?)[] parameters) => Use(connection =>
    {
        using var command = Command(connection, sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    });

    public abstract T Use<T>(Func<DbConnection, T> work);

    private static DbCommand Command(DbConnection connection, string sql, (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            if (value is null) parameter.DbType = DbType.String;
            command.Parameters.Add(parameter);
        }
        return command;
    }
}

/// <summary>A file of its own, for one process.</summary>
internal sealed class SqliteInbox : InboxDatabase
{
    private readonly SqliteConnection _connection;
    private readonly Lock _gate = new();

    public SqliteInbox(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        LayOut("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
    }

    public override string Counter => "INTEGER";

    public override string Due => $"SELECT {Columns} {Oldest}";

    public override void LayOut(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public override void AddColumn(string table, string column, string type)
    {
        var isThere = Rows($"SELECT 1 FROM pragma_table_info('{table}') WHERE name = '{column}'", _ => true).Count > 0;
        if (!isThere) LayOut($"ALTER TABLE {table} ADD COLUMN {column} {type}");
    }

    public override T Use<T>(Func<DbConnection, T> work)
    {
        lock (_gate) return work(_connection);
    }

    public override void Dispose() => _connection.Dispose();
}

/// <summary>A schema of its own, shared by all nodes.</summary>
internal sealed class PostgresInbox : InboxDatabase
{
    private const string Schema = "billing_inbox";

    private readonly NpgsqlDataSource _source;

    public PostgresInbox(string connectionString) =>
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = Schema });

    public override string Counter => "BIGINT GENERATED ALWAYS AS IDENTITY";

    public override string Due => $"""
        UPDATE notice SET due_at = @later
        WHERE event_id IN (SELECT event_id {Oldest} FOR UPDATE SKIP LOCKED) RETURNING {Columns}
        """;

    /// <summary>Names what is wrong with a connection string; null where nothing is.</summary>
    public static string? Fault(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString).Host is null
                ? "Billing:Postgres names no host; it has the form Host=…;Database=…;Username=…;Password=…."
                : null;
        }
        catch (ArgumentException e)
        {
            return $"Billing:Postgres is no connection string: {e.Message}";
        }
    }

    /// <summary>Nodes that start at the same moment take turns: what is sent together is one transaction.</summary>
    /// <exception cref="NpgsqlException">The server can't be reached, or refuses.</exception>
    public override void LayOut(string sql)
    {
        using var command = _source.CreateCommand(
            $"SELECT pg_advisory_xact_lock(hashtext('{Schema}')); CREATE SCHEMA IF NOT EXISTS {Schema}; {sql}");
        command.ExecuteNonQuery();
    }

    public override void AddColumn(string table, string column, string type) =>
        LayOut($"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {column} {type}");

    public override T Use<T>(Func<DbConnection, T> work)
    {
        using var connection = _source.OpenConnection();
        return work(connection);
    }

    public override void Dispose() => _source.Dispose();
}
