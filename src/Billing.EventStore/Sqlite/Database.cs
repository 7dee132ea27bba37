using SQLitePCL;

namespace Billing.EventStore.Sqlite;

/// <summary>
/// A connection, used by one thread at a time. It speaks to the native library directly: binding and reading columns as
/// bytes costs no boxing and no string.
/// </summary>
internal sealed class Database : IDisposable
{
    private const int BusyMilliseconds = 5_000;
    private const int CopiedAtOnce = 2_048;

    private readonly sqlite3 handle;
    private readonly List<Statement> statements = [];

    private Database(sqlite3 handle) => this.handle = handle;

    /// <exception cref="Failure">The file can't be opened or is no database.</exception>
    public static Database Open(string path, bool forWriting)
    {
        Batteries_V2.Init();
        var access = forWriting ? raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE : raw.SQLITE_OPEN_READONLY;
        var code = raw.sqlite3_open_v2(path, out var handle, access | raw.SQLITE_OPEN_NOMUTEX, null);
        var database = new Database(handle);
        try
        {
            database.Check(code);
            database.Check(raw.sqlite3_busy_timeout(handle, BusyMilliseconds));
            // Otherwise a statement with a limit is planned anew each time the limit is bound, as if it changed the plan.
            database.Check(raw.sqlite3_db_config(handle, raw.SQLITE_DBCONFIG_ENABLE_QPSG, 1, out _));
            // SQLite opens a file that this user may not write for reading, and would refuse only the first append.
            if (forWriting && raw.sqlite3_db_readonly(handle, "main") == 1)
                throw new Failure(raw.SQLITE_READONLY, "this user may not write it; let them read and write the file and its folder");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Prepared once and kept until the connection closes.</summary>
    public Statement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var prepared));
        var statement = new Statement(this, prepared);
        statements.Add(statement);
        return statement;
    }

    public void Execute(string sql) => Check(raw.sqlite3_exec(handle, sql));

    /// <summary>The first column of the first row, as a number; 0 where it is null or there is no row.</summary>
    public long ReadNumber(string sql) => ReadFirst(sql, row => row.Number(0));

    /// <summary>The first column of the first row, as text; null where there is no row.</summary>
    public string? ReadText(string sql) => ReadFirst(sql, row => row.Text(0));

    /// <summary>Pages that this connection has written into the log since it was last asked.</summary>
    public int TakePagesWritten()
    {
        Check(raw.sqlite3_db_status(handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1));
        return pages;
    }

    /// <summary>Moves the log into the database file, as far as the readers have come.</summary>
    /// <returns>Whether all of it is there now and on the disk.</returns>
    /// <exception cref="Failure">The disk did not take it.</exception>
    public bool Checkpoint()
    {
        var isFree = IsFree(raw.sqlite3_wal_checkpoint_v2(
            handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var inLog, out var moved));
        return isFree && moved == inLog;
    }

    /// <summary>Moves the log into the database file and empties it, unless readers hold on to it for too long.</summary>
    /// <exception cref="Failure">The disk did not take it.</exception>
    public void TryTruncateLog(int waitMilliseconds)
    {
        _ = raw.sqlite3_busy_timeout(handle, waitMilliseconds);
        _ = IsFree(raw.sqlite3_wal_checkpoint_v2(handle, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _));
        _ = raw.sqlite3_busy_timeout(handle, BusyMilliseconds);
    }

    /// <summary>Closing the last connection does not move the log.</summary>
    public void LeaveLogOnClosing() =>
        Check(raw.sqlite3_db_config(handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _));

    /// <summary>
    /// Copies all pages of one snapshot into the other database. The snapshot is held by a transaction around the steps, or
    /// each commit by the writer would make the copy begin again.
    /// </summary>
    public void CopyTo(Database target, IProgress<PagesCopied>? progress, CancellationToken cancellationToken)
    {
        Execute("BEGIN; SELECT count(*) FROM sqlite_schema;");
        using var copy = raw.sqlite3_backup_init(target.handle, "main", handle, "main");
        if (copy.IsInvalid) target.Check(raw.sqlite3_errcode(target.handle));
        int code;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            code = raw.sqlite3_backup_step(copy, CopiedAtOnce);
            var total = raw.sqlite3_backup_pagecount(copy);
            progress?.Report(new PagesCopied(total - raw.sqlite3_backup_remaining(copy), total));
        }
        while (code == raw.SQLITE_OK);
        copy.Dispose();
        if (code != raw.SQLITE_DONE) throw new Failure(code, raw.sqlite3_errstr(code).utf8_to_string());
        Execute("COMMIT");
    }

    public void Check(int code)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW) return;
        throw new Failure(raw.sqlite3_extended_errcode(handle), raw.sqlite3_errmsg(handle).utf8_to_string());
    }

    public void Dispose()
    {
        foreach (var statement in statements) statement.Dispose();
        handle.Dispose();
    }

    /// <summary>Nobody was in the way.</summary>
    private bool IsFree(int code)
    {
        if (code is raw.SQLITE_BUSY or raw.SQLITE_LOCKED) return false;
        Check(code);
        return true;
    }

    private T? ReadFirst<T>(string sql, Func<Statement, T> read)
    {
        Check(raw.sqlite3_prepare_v2(handle, sql, out var prepared));
        using var statement = new Statement(this, prepared);
        return statement.Step() ? read(statement) : default;
    }
}

/// <summary>How far a copy of a database file is.</summary>
public readonly record struct PagesCopied(int Done, int Total);
