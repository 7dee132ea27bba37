using System.Data;
using System.Diagnostics;
using Billing.Projections.Storage;
using Npgsql;

namespace Billing.Projections.Postgres;

/// <summary>
/// One connection to the server, made when it is first needed and again after it broke. With a lease it writes: rows of
/// tables travel together when the transaction is committed, and it is committed only while the lease's term lasts.
/// </summary>
internal sealed class PostgresSession(NpgsqlDataSource source, PostgresLease? lease) : Session
{
    /// <summary>At once: what is written meanwhile waits.</summary>
    private static readonly TimeSpan MostShrinking = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, PostgresStatement> statements = new(StringComparer.Ordinal);
    private readonly List<HeldRows> held = [];
    private NpgsqlConnection? connection;
    private NpgsqlTransaction? transaction;

    public NpgsqlConnection Connection => connection ??= source.OpenConnection();

    public override void Execute(string sql) => Guarded(() =>
    {
        using var command = new NpgsqlCommand(sql, Connection);
        return command.ExecuteNonQuery();
    });

    public override Statement Prepare(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
            statements.Add(sql, statement = new PostgresStatement(this, sql));
        return statement;
    }

    public override Command PrepareUpsert(TableLayout table)
    {
        var arrays = Arrays([.. table.Columns]);
        return Hold(
            $"INSERT INTO {table.Name} ({table.ColumnList}) SELECT * FROM unnest({arrays}) {table.OnConflict}", [.. table.Columns]);
    }

    public override Command PrepareDelete(TableLayout table)
    {
        var same = string.Join(" AND ", table.Key.Select(c => $"t.{c.Name} = gone.{c.Name}"));
        return Hold(
            $"DELETE FROM {table.Name} t USING unnest({Arrays(table.Key)}) AS gone ({table.KeyList}) WHERE {same}", table.Key);
    }

    public override Statement? PrepareFetch(TableLayout table)
    {
        var same = string.Join(" AND ", table.Key.Select(c => $"t.{c.Name} = asked.{c.Name}"));
        var others = string.Join("", table.Others.Select(c => $", t.{c.Name}"));
        return new PostgresFetch(
            this,
            $"""
            SELECT asked.n{others} FROM unnest({Arrays(table.Key)}) WITH ORDINALITY AS asked ({table.KeyList}, n)
            JOIN {table.Name} t ON {same}
            """,
            table.Key);
    }

    public override void Create(TableLayout table) => Execute(table.Definition(Name, ""));

    public override void Create(TableIndex index) => Execute(index.Definition(index.OnWhat));

    public override IReadOnlyList<string> TableNames() => Rows(
        $"SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename <> '{PostgresLease.Table}'",
        row => row.Text());

    /// <summary>
    /// What was dropped is gone with its file; of deleted rows the bytes would stay in theirs, and samples of them in the planner's
    /// statistics. Readers of a table wait meanwhile. A deleted row that somebody's snapshot can see would be copied with the others.
    /// </summary>
    public override Func<bool> Shrink(IReadOnlyCollection<string> tables)
    {
        if (tables.Count == 0) return () => true;
        var deleted = Row("SELECT pg_current_xact_id()::xid::text", row => row.Text())!;
        var left = new Queue<string>(tables);
        return () =>
        {
            if (Row(PostgresHorizon.HeldBefore, row => row.Long(), deleted) != 0) return false;
            var clock = Stopwatch.StartNew();
            while (left.TryPeek(out var table))
            {
                if (clock.Elapsed > MostShrinking) return false;
                Execute($"VACUUM (FULL, ANALYZE) {table}");
                left.Dequeue();
            }
            return true;
        };
    }

    public override void Begin() => Guarded(() => transaction = Connection.BeginTransaction(IsolationLevel.ReadCommitted));

    /// <summary>All statements that follow see one state.</summary>
    public void BeginReading() => Guarded(() => transaction = Connection.BeginTransaction(IsolationLevel.RepeatableRead));

    /// <exception cref="LeaseLostException">The term of the lease is over.</exception>
    public override void Commit()
    {
        Guarded(() =>
        {
            if (lease is not null) Send(lease);
            transaction!.Commit();
            return 0;
        });
        transaction!.Dispose();
        transaction = null;
    }

    /// <summary>A connection that can't even roll back is let go.</summary>
    public override void TryRollBack()
    {
        foreach (var rows in held) rows.Forget();
        try
        {
            if (connection is { State: not ConnectionState.Open }) Disconnect();
            transaction?.Rollback();
        }
        catch (Exception e) when (PostgresFailure.IsOne(e) || e is InvalidOperationException)
        {
            Disconnect();
        }
        transaction = null;
    }

    public override void Dispose()
    {
        foreach (var statement in statements.Values) statement.Dispose();
        Disconnect();
    }

    private static string Name(SqlType type) => type switch
    {
        SqlType.Number => "bigint",
        SqlType.Id => "uuid",
        _ => "text COLLATE \"C\"",
    };

    private static string Arrays(IReadOnlyList<Column> columns) =>
        string.Join(", ", columns.Select((c, i) => $"${i + 1}::{PostgresStatement.DbType(c.Type).ToString().ToLowerInvariant()}[]"));

    private HeldRows Hold(string sql, IReadOnlyList<Column> columns)
    {
        var rows = new HeldRows(sql, columns);
        held.Add(rows);
        return rows;
    }

    /// <summary>
    /// The term is looked at last, under a lock of its row that lasts until the transaction has ended: whoever takes the
    /// lease waits for that, and finds all of it or nothing.
    /// </summary>
    private void Send(PostgresLease lease)
    {
        using var batch = new NpgsqlBatch(Connection, transaction);
        foreach (var rows in held) rows.MoveTo(batch);
        var fence = lease.Fence();
        batch.BatchCommands.Add(fence);
        batch.BatchCommands.Add(lease.News());
        batch.ExecuteNonQuery();
        if (fence.Rows == 0) throw new LeaseLostException();
    }

    private void Disconnect()
    {
        transaction = null;
        connection?.Dispose();
        connection = null;
    }

    private static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (PostgresFailure.IsOne(e))
        {
            throw PostgresFailure.Of(e);
        }
    }
}
