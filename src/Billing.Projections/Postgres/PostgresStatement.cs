using System.Globalization;
using System.Text.RegularExpressions;
using Billing.Projections.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Billing.Projections.Postgres;

/// <summary>A statement of a session; the server prepares it once it has come twice on a connection.</summary>
internal partial class PostgresStatement(PostgresSession session, string sql) : Statement
{
    private readonly NpgsqlCommand command = new(Mark().Replace(sql, "$$$1"));
    private NpgsqlDataReader? rows;
    private int column;

    protected NpgsqlParameterCollection Parameters => command.Parameters;

    protected bool IsRunning => rows is not null;

    public override void Add(long value) => command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = value });

    public override void Add(Guid value) => command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = value });

    public override void Add(string value) => command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Storable(value) });

    public override void AddNull(SqlType type) =>
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = DbType(type), Value = DBNull.Value });

    public override bool Step()
    {
        column = 0;
        try
        {
            if (rows is null)
            {
                command.Connection = session.Connection;
                rows = command.ExecuteReader();
            }
            return rows.Read();
        }
        catch (Exception e) when (PostgresFailure.IsOne(e))
        {
            throw PostgresFailure.Of(e);
        }
    }

    public override void Reset()
    {
        try
        {
            rows?.Dispose();
        }
        catch (Exception e) when (PostgresFailure.IsOne(e))
        {
            // A lost connection shows where it is used.
        }
        rows = null;
        command.Parameters.Clear();
    }

    public override long Long() => rows!.GetInt64(column++);

    public override Guid Id() => rows!.GetGuid(column++);

    public override string Text() => rows!.GetString(column++);

    public override string Dump() => string.Join('|', Enumerable.Range(0, rows!.FieldCount).Select(i => rows.GetValue(i) switch
    {
        DBNull => "null",
        Guid id => id.ToString("N", CultureInfo.InvariantCulture),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture),
    }));

    public override void Dispose()
    {
        rows?.Dispose();
        command.Dispose();
    }

    public static NpgsqlDbType DbType(SqlType type) => type switch
    {
        SqlType.Number => NpgsqlDbType.Bigint,
        SqlType.Id => NpgsqlDbType.Uuid,
        _ => NpgsqlDbType.Text,
    };

    /// <summary>PostgreSQL's text can't hold NUL. No caller can send one; an old event that did would halt everything.</summary>
    public static string Storable(string text) => text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', '\uFFFD') : text;

    protected override bool SkipsNull()
    {
        if (!rows!.IsDBNull(column)) return false;
        column++;
        return true;
    }

    /// <summary>No text in our SQL holds a question mark.</summary>
    [GeneratedRegex(@"\?(\d+)")]
    private static partial Regex Mark();
}
