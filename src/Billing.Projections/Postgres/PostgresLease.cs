using System.Globalization;
using Billing.Projections.Storage;
using Npgsql;

namespace Billing.Projections.Postgres;

/// <summary>
/// The lease as a row: who has it, the number of the term, and until when by the server's clock. Numbers begin with the
/// time in milliseconds, so that they grow even where the schema was dropped in between.
/// </summary>
/// <param name="listeners">
/// Connections that no pool hands on: one that still listens and is not read from would hold the server's notices up.
/// </param>
internal sealed class PostgresLease(NpgsqlDataSource source, NpgsqlDataSource listeners, PostgresReadOptions options)
    : IWritingLease, IDisposable
{
    public const string Table = "lease";

    private static readonly string Span = "make_interval(secs => $1)";

    private readonly double seconds = options.LeaseTime.TotalSeconds;
    private long term;
    private NpgsqlConnection? listening;
    private bool hasHeard = true;

    /// <summary>This process, or this part of it.</summary>
    public Guid Holder { get; } = Guid.NewGuid();

    public TimeSpan Interval { get; } = options.LeaseInterval.ToTimeSpan();

    public static string WriterName(Guid holder) => $"billing read {holder:N}";

    /// <summary>Makes schema and row where they are missing; processes that come at the same moment take turns.</summary>
    public void Prepare() => Use(connection =>
    {
        using var command = new NpgsqlCommand(
            $"""
            BEGIN;
            SELECT pg_advisory_xact_lock(hashtext('{options.Schema} lease'));
            CREATE SCHEMA IF NOT EXISTS {options.Schema};
            CREATE TABLE IF NOT EXISTS {Table} (
                id integer PRIMARY KEY CHECK (id = 1), token bigint NOT NULL, holder uuid NOT NULL, expires_at timestamptz NOT NULL);
            INSERT INTO {Table} SELECT 1, extract(epoch FROM clock_timestamp()) * 1000, '{Guid.Empty}', clock_timestamp()
            ON CONFLICT DO NOTHING;
            COMMIT
            """,
            connection);
        return command.ExecuteNonQuery();
    });

    public bool Take()
    {
        try
        {
            return TryTake();
        }
        catch (ReadDatabaseException e) when (WasDropped(e))
        {
            Prepare();
            return TryTake();
        }
    }

    public bool Renew()
    {
        try
        {
            return Use(connection =>
            {
                using var command = new NpgsqlCommand(
                    $"UPDATE {Table} SET expires_at = clock_timestamp() + {Span} WHERE token = $2 AND holder = $3", connection);
                Bind(command.Parameters, seconds, term, Holder);
                return command.ExecuteNonQuery() == 1;
            });
        }
        catch (ReadDatabaseException e) when (WasDropped(e))
        {
            return false;
        }
    }

    public void Release()
    {
        try
        {
            Use(connection =>
            {
                using var command = new NpgsqlCommand(
                    $"UPDATE {Table} SET expires_at = clock_timestamp() WHERE token = $1 AND holder = $2", connection);
                Bind(command.Parameters, term, Holder);
                return command.ExecuteNonQuery();
            });
        }
        catch (ReadDatabaseException)
        {
            // Then it ends by itself.
        }
    }

    public async Task<long> NextPosition(Func<string, bool> reads, CancellationToken cancellationToken)
    {
        try
        {
            var connection = listening ??= await Listen(cancellationToken).ConfigureAwait(false);
            if (!hasHeard) await connection.WaitAsync(Interval, cancellationToken).ConfigureAwait(false);
            hasHeard = false;
            await using var command = new NpgsqlCommand("SELECT schema, position FROM checkpoint", connection);
            await using var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            var isThere = await rows.ReadAsync(cancellationToken).ConfigureAwait(false);
            return isThere && reads(Checkpoint.SchemaIn(rows.GetString(0))) ? rows.GetInt64(1) : 0;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable)
        {
            // Nobody has laid the tables out yet.
            return 0;
        }
        catch (Exception e) when (PostgresFailure.IsOne(e))
        {
            StopListening();
            throw PostgresFailure.Of(e);
        }
    }

    /// <summary>Answers a row, and locks it until the transaction ends, only while the term lasts.</summary>
    public NpgsqlBatchCommand Fence()
    {
        var command = new NpgsqlBatchCommand(
            $"SELECT 1 FROM {Table} WHERE token = $1 AND holder = $2 AND expires_at > clock_timestamp() FOR UPDATE");
        Bind(command.Parameters, term, Holder);
        return command;
    }

    /// <summary>Wakes those who follow, once the transaction is committed.</summary>
    public NpgsqlBatchCommand News() => new(string.Create(CultureInfo.InvariantCulture, $"NOTIFY {options.Schema}"));

    public void Dispose() => StopListening();

    /// <summary>
    /// Whoever had it may have stopped in the middle of a transaction. Its connection is ended first: it would hold the row
    /// for as long as it stands still.
    /// </summary>
    private bool TryTake() => Use(connection =>
    {
        using var look = new NpgsqlCommand($"SELECT token, holder, expires_at <= clock_timestamp() FROM {Table}", connection);
        long seen;
        Guid before;
        using (var row = look.ExecuteReader())
        {
            if (!row.Read()) return false;
            (seen, before, var isOver) = (row.GetInt64(0), row.GetGuid(1), row.GetBoolean(2));
            if (before != Holder && !isOver) return false;
        }
        if (before != Holder) EndConnectionsOf(before, connection);
        using var take = new NpgsqlCommand(
            $"""
            UPDATE {Table} SET token = token + 1, holder = $3, expires_at = clock_timestamp() + {Span}
            WHERE token = $2 AND (holder = $3 OR expires_at <= clock_timestamp()) RETURNING token
            """,
            connection);
        Bind(take.Parameters, seconds, seen, Holder);
        if (take.ExecuteScalar() is not long taken) return false;
        term = taken;
        StopListening();
        return true;
    });

    private static bool WasDropped(ReadDatabaseException e) => e.InnerException is PostgresException
    {
        SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName,
    };

    private static void EndConnectionsOf(Guid holder, NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND usename = current_user", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = WriterName(holder) });
        command.ExecuteNonQuery();
    }

    private async Task<NpgsqlConnection> Listen(CancellationToken cancellationToken)
    {
        var connection = await listeners.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        connection.Notification += (_, _) => hasHeard = true;
        await using var command = new NpgsqlCommand($"LISTEN {options.Schema}", connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        hasHeard = true;
        return connection;
    }

    private void StopListening()
    {
        listening?.Dispose();
        listening = null;
    }

    private T Use<T>(Func<NpgsqlConnection, T> work)
    {
        try
        {
            using var connection = source.OpenConnection();
            return work(connection);
        }
        catch (Exception e) when (PostgresFailure.IsOne(e))
        {
            throw PostgresFailure.Of(e);
        }
    }

    private static void Bind(NpgsqlParameterCollection parameters, params ReadOnlySpan<object> values)
    {
        foreach (var value in values) parameters.Add(new NpgsqlParameter { Value = value });
    }
}
