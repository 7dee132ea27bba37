using System.Text;
using Billing.Domain.Values;
using NodaTime;
using SQLitePCL;

namespace Billing.Projections.Sqlite;

/// <summary>
/// A prepared statement. Parameters are bound and columns are read in their order, one after the other, straight over
/// SQLite's own interface: a rebuild binds tens of millions of values, and a parameter object for each costs more than
/// the insert. Ids are 16 bytes, big-endian, so that they sort by time; dates are whole numbers such as 20260131;
/// instants are Unix ticks of 100 ns.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private byte[] text = new byte[512];
    private int parameter;
    private int column;

    public Statement(sqlite3 database, string sql)
    {
        this.database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
    }

    public void Add(long value) => Check(raw.sqlite3_bind_int64(statement, ++parameter, value));

    public void Add(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        Check(raw.sqlite3_bind_blob(statement, ++parameter, bytes));
    }

    public void Add(string value)
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
        Check(raw.sqlite3_bind_text(statement, ++parameter, text.AsSpan(0, length)));
    }

    /// <summary>A statement begins with nothing bound, and each run binds every parameter or leaves it null.</summary>
    public void AddNull() => Check(raw.sqlite3_bind_null(statement, ++parameter));

    public void Add(SqlValue value)
    {
        if (value.Text is { } words) Add(words);
        else if (value.Id is { } id) Add(id);
        else if (value.Number is { } number) Add(number);
        else AddNull();
    }

    /// <summary>True with the next row in place, false at the end.</summary>
    public bool Step()
    {
        column = 0;
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW) return true;
        if (code != raw.SQLITE_DONE) Check(code);
        return false;
    }

    /// <summary>Runs a statement that answers no rows and makes it ready for the next run.</summary>
    public void Run()
    {
        try
        {
            Step();
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Makes it ready for the next run. A failed run has said so already.</summary>
    public void Reset()
    {
        parameter = 0;
        _ = raw.sqlite3_reset(statement);
    }

    public long Long() => raw.sqlite3_column_int64(statement, column++);

    public int Int() => checked((int)Long());

    public bool Bool() => Long() != 0;

    public long? OptionalLong() => SkipsNull() ? null : Long();

    public Guid Id() => new(raw.sqlite3_column_blob(statement, column++), bigEndian: true);

    public Guid? OptionalId() => SkipsNull() ? null : Id();

    public string Text() => Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column++));

    public string? OptionalText() => SkipsNull() ? null : Text();

    public LocalDate Date() => Calendar.Date(Long());

    public LocalDate? OptionalDate() => SkipsNull() ? null : Date();

    public Instant Instant() => NodaTime.Instant.FromUnixTimeTicks(Long());

    public Instant? OptionalInstant() => SkipsNull() ? null : Instant();

    /// <summary>An amount in minor units, followed by its currency.</summary>
    public Money Money()
    {
        var minor = Long();
        return new Money(minor, Currency.Of(Text()));
    }

    /// <summary>The row as text for comparing whole tables.</summary>
    public string Dump() => string.Join('|', Enumerable.Range(0, raw.sqlite3_column_count(statement)).Select(i =>
        raw.sqlite3_column_type(statement, i) switch
        {
            raw.SQLITE_NULL => "null",
            raw.SQLITE_BLOB => Convert.ToHexStringLower(raw.sqlite3_column_blob(statement, i)),
            _ => Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, i)),
        }));

    public void Dispose() => statement.Dispose();

    private bool SkipsNull()
    {
        if (raw.sqlite3_column_type(statement, column) != raw.SQLITE_NULL) return false;
        column++;
        return true;
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) throw new ReadDatabaseException(code, raw.sqlite3_errmsg(database).utf8_to_string());
    }
}
