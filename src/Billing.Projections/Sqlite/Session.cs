using SQLitePCL;

namespace Billing.Projections.Sqlite;

/// <summary>One connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class Session : IDisposable
{
    private const int BusyMilliseconds = 5_000;

    private readonly sqlite3 handle;
    private readonly Dictionary<string, Statement> statements = new(StringComparer.Ordinal);

    /// <exception cref="ReadDatabaseException">The file can't be opened.</exception>
    public Session(string path, bool forWriting)
    {
        Batteries_V2.Init();
        var access = forWriting ? raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE : raw.SQLITE_OPEN_READONLY;
        var code = raw.sqlite3_open_v2(path, out handle, access | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code == raw.SQLITE_OK) code = raw.sqlite3_busy_timeout(handle, BusyMilliseconds);
        if (code == raw.SQLITE_OK) return;
        var failure = Failure(code);
        handle.Dispose();
        throw failure;
    }

    public void Execute(string sql)
    {
        if (raw.sqlite3_exec(handle, sql) is var code && code != raw.SQLITE_OK) throw Failure(code);
    }

    /// <summary>The same for a statement that comes again and again: its text is read once.</summary>
    public void ExecutePrepared(string sql)
    {
        var statement = Prepare(sql);
        try
        {
            statement.Step();
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>Ends a transaction that failed; SQLite may have ended it by itself.</summary>
    public void TryRollBack() => _ = raw.sqlite3_exec(handle, "ROLLBACK");

    /// <summary>The statement of this text, prepared once. Whoever takes it resets it after use.</summary>
    public Statement Prepare(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
            statements.Add(sql, statement = new Statement(handle, sql));
        return statement;
    }

    /// <summary>Every row of a query, read at once, so that no snapshot stays open while somebody thinks.</summary>
    public List<T> Rows<T>(string sql, Func<Statement, T> read, params ReadOnlySpan<SqlValue> parameters)
    {
        var statement = Prepare(sql);
        try
        {
            foreach (var parameter in parameters) statement.Add(parameter);
            var rows = new List<T>();
            while (statement.Step()) rows.Add(read(statement));
            return rows;
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>The first row of a query, or the default where there is none.</summary>
    public T? Row<T>(string sql, Func<Statement, T> read, params ReadOnlySpan<SqlValue> parameters)
    {
        var statement = Prepare(sql);
        try
        {
            foreach (var parameter in parameters) statement.Add(parameter);
            return statement.Step() ? read(statement) : default;
        }
        finally
        {
            statement.Reset();
        }
    }

    public void Dispose()
    {
        foreach (var statement in statements.Values) statement.Dispose();
        handle.Dispose();
    }

    private ReadDatabaseException Failure(int code) => new(code, raw.sqlite3_errmsg(handle).utf8_to_string());
}
