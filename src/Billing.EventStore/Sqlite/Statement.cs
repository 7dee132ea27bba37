using System.Text;
using SQLitePCL;

namespace Billing.EventStore.Sqlite;

/// <summary>A prepared statement. Parameters count from 1, columns from 0, as SQLite counts them.</summary>
internal sealed class Statement(Database database, sqlite3_stmt prepared) : IDisposable
{
    private const int GuidBytes = 16;
    private const int StackBytes = 512;

    public Statement Bind(int parameter, long value)
    {
        database.Check(raw.sqlite3_bind_int64(prepared, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, string? value)
    {
        if (value is null) return BindNull(parameter);
        Span<byte> utf8 = stackalloc byte[StackBytes];
        return Encoding.UTF8.TryGetBytes(value, utf8, out var length)
            ? BindText(parameter, utf8[..length])
            : BindText(parameter, Encoding.UTF8.GetBytes(value));
    }

    /// <summary>Big-endian, so that time-ordered ids sort by their time.</summary>
    public Statement Bind(int parameter, Guid value)
    {
        Span<byte> bytes = stackalloc byte[GuidBytes];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return BindBytes(parameter, bytes);
    }

    public Statement Bind(int parameter, Guid? value) => value is { } id ? Bind(parameter, id) : BindNull(parameter);

    /// <summary>UTF-8 that stays as it is. Empty text is null, as an empty span has no address to bind.</summary>
    public Statement BindText(int parameter, ReadOnlySpan<byte> utf8)
    {
        database.Check(raw.sqlite3_bind_text(prepared, parameter, utf8));
        return this;
    }

    /// <summary>Empty bytes are null.</summary>
    public Statement BindBytes(int parameter, ReadOnlySpan<byte> bytes)
    {
        database.Check(raw.sqlite3_bind_blob(prepared, parameter, bytes));
        return this;
    }

    /// <summary>True where there is a row.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(prepared);
        if (code == raw.SQLITE_ROW) return true;
        if (code == raw.SQLITE_DONE) return false;
        try
        {
            database.Check(code);
        }
        finally
        {
            Reset();
        }
        return false;
    }

    /// <summary>Runs a statement that returns no row; it is ready to run again.</summary>
    public void Run()
    {
        Step();
        Reset();
    }

    /// <summary>Ends the read or write and with it its snapshot; what was bound stays bound.</summary>
    public void Reset() => _ = raw.sqlite3_reset(prepared);

    public long Number(int column) => raw.sqlite3_column_int64(prepared, column);

    /// <summary>Valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(prepared, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(prepared, column) == raw.SQLITE_NULL;

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public Guid Id(int column) => new(Bytes(column), bigEndian: true);

    public Guid? IdOrNull(int column) => IsNull(column) ? null : Id(column);

    public void Dispose() => prepared.Dispose();

    private Statement BindNull(int parameter)
    {
        database.Check(raw.sqlite3_bind_null(prepared, parameter));
        return this;
    }
}
