using System.Text;
using Billing.Projections.Storage;
using SQLitePCL;

namespace Billing.Projections.Sqlite;

/// <summary>
/// A prepared statement straight over SQLite's own interface: a rebuild binds tens of millions of values, and a parameter
/// object for each costs more than the insert.
/// </summary>
internal sealed class SqliteStatement : Statement
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private readonly nint bound;
    private byte[] text = new byte[512];
    private int parameter;
    private int column;

    public SqliteStatement(sqlite3 database, string sql)
    {
        this.database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
        bound = statement.DangerousGetHandle();
    }

    public static ReadDatabaseException Failure(sqlite3 database, int code) =>
        new($"The read models' file failed (SQLite answered {code}: {raw.sqlite3_errmsg(database).utf8_to_string()}). It holds nothing "
            + "of its own: unless the disk is full, stop the server and delete read.db, read.db-wal and read.db-shm in the data "
            + "folder; it is made anew from the events.");

    public override void Add(long value) => Check(SqliteBinding.Number(bound, ++parameter, value));

    public override void Add(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        Check(SqliteBinding.Blob(bound, ++parameter, bytes));
    }

    public override void Add(string value)
    {
        // An empty span would bind null.
        if (value.Length == 0)
        {
            Check(raw.sqlite3_bind_text(statement, ++parameter, ""));
            return;
        }
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (text.Length < most) text = new byte[most];
        var length = Encoding.UTF8.GetBytes(value, text);
        Check(SqliteBinding.Text(bound, ++parameter, text.AsSpan(0, length)));
    }

    /// <summary>A statement begins with nothing bound, and each run binds every parameter or leaves it null.</summary>
    public override void AddNull(SqlType type) => Check(SqliteBinding.Null(bound, ++parameter));

    public override bool Step()
    {
        column = 0;
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW) return true;
        if (code != raw.SQLITE_DONE) Check(code);
        return false;
    }

    public override void Reset()
    {
        parameter = 0;
        _ = raw.sqlite3_reset(statement);
    }

    public override long Long() => raw.sqlite3_column_int64(statement, column++);

    public override Guid Id() => new(raw.sqlite3_column_blob(statement, column++), bigEndian: true);

    public override string Text() => Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column++));

    public override string Dump() => string.Join('|', Enumerable.Range(0, raw.sqlite3_column_count(statement)).Select(i =>
        raw.sqlite3_column_type(statement, i) switch
        {
            raw.SQLITE_NULL => "null",
            raw.SQLITE_BLOB => Convert.ToHexStringLower(raw.sqlite3_column_blob(statement, i)),
            _ => Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, i)),
        }));

    public override void Dispose() => statement.Dispose();

    protected override bool SkipsNull()
    {
        if (raw.sqlite3_column_type(statement, column) != raw.SQLITE_NULL) return false;
        column++;
        return true;
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) throw Failure(database, code);
    }
}
