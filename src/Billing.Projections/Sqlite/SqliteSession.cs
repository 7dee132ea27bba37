using Billing.Projections.Storage;
using SQLitePCL;

namespace Billing.Projections.Sqlite;

/// <summary>One connection to a SQLite file.</summary>
internal sealed class SqliteSession : Session
{
    private const int BusyMilliseconds = 5_000;

    private readonly sqlite3 handle;
    private readonly Dictionary<string, SqliteStatement> statements = new(StringComparer.Ordinal);

    /// <exception cref="ReadDatabaseException">The file can't be opened.</exception>
    public SqliteSession(string path, bool forWriting)
    {
        Batteries_V2.Init();
        var access = forWriting ? raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE : raw.SQLITE_OPEN_READONLY;
        var code = raw.sqlite3_open_v2(path, out handle, access | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code == raw.SQLITE_OK) code = raw.sqlite3_busy_timeout(handle, BusyMilliseconds);
        // As the event store's own: a limit that is bound plans nothing anew.
        if (code == raw.SQLITE_OK) code = raw.sqlite3_db_config(handle, raw.SQLITE_DBCONFIG_ENABLE_QPSG, 1, out _);
        if (code == raw.SQLITE_OK) return;
        var failure = SqliteStatement.Failure(handle, code);
        handle.Dispose();
        throw failure;
    }

    public override void Execute(string sql)
    {
        if (raw.sqlite3_exec(handle, sql) is var code && code != raw.SQLITE_OK) throw SqliteStatement.Failure(handle, code);
    }

    /// <summary>The same for a statement that comes again and again: its text is read once.</summary>
    public void ExecutePrepared(string sql) => Prepare(sql).Run();

    public override Statement Prepare(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
            statements.Add(sql, statement = new SqliteStatement(handle, sql));
        return statement;
    }

    /// <summary>An upsert costs what an insert costs; a replace would look for the row once more.</summary>
    public override Command PrepareUpsert(TableLayout table)
    {
        var marks = string.Join(", ", Enumerable.Repeat("?", table.Columns.Count()));
        return Prepare($"INSERT INTO {table.Name} ({table.ColumnList}) VALUES ({marks}) {table.OnConflict}");
    }

    public override Command PrepareDelete(TableLayout table) =>
        Prepare($"DELETE FROM {table.Name} WHERE {table.KeyCondition}");

    public override void Create(TableLayout table) => Execute(table.Definition(
        type => type switch { SqlType.Number => "INTEGER", SqlType.Id => "BLOB", _ => "TEXT" }, " STRICT"));

    public override void Create(TableIndex index) => Execute(index.Definition(index.Whole));

    public override IReadOnlyList<string> TableNames() => Rows(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", row => row.Text());

    /// <summary>Free pages keep what stood in them. What readers still hold of the log goes with a later one of its checkpoints.</summary>
    public override Func<bool> Shrink(IReadOnlyCollection<string> tables) => () =>
    {
        Execute("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
        return true;
    };

    public override void Begin() => Execute("BEGIN IMMEDIATE");

    public override void Commit() => Execute("COMMIT");

    /// <summary>
    /// The log is emptied too, as far as readers let it be: it holds pages many times over, and what failed for want of room may
    /// find it there.
    /// </summary>
    public override void TryRollBack()
    {
        _ = raw.sqlite3_exec(handle, "ROLLBACK");
        _ = raw.sqlite3_exec(handle, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    public override void Dispose()
    {
        foreach (var statement in statements.Values) statement.Dispose();
        handle.Dispose();
    }
}
