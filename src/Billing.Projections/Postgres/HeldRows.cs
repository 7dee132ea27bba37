using Billing.Projections.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Billing.Projections.Postgres;

/// <summary>
/// Rows to be written or deleted, column by column, until the transaction is committed: a round trip for each would take
/// longer than all other work.
/// </summary>
/// <param name="sql">Takes an array for each column.</param>
internal sealed class HeldRows(string sql, IReadOnlyList<Column> layout) : Command
{
    /// <summary>The server lays the rows of one command out in memory.</summary>
    private const int RowsPerCommand = 10_000;

    private readonly List<NpgsqlBatchCommand> full = [];
    private IHeldColumn[] columns = [.. layout.Select(Empty)];
    private int next;
    private int rows;

    public override void Add(long value) => Column<long>().Add(value);

    public override void Add(Guid value) => Column<Guid>().Add(value);

    public override void Add(string value) => Column<string>().Add(PostgresStatement.Storable(value));

    public override void AddNull(SqlType type) => columns[next++].AddNull();

    public override void Run()
    {
        next = 0;
        if (++rows == RowsPerCommand) Fill();
    }

    /// <summary>Moves everything that was held into a batch.</summary>
    public void MoveTo(NpgsqlBatch batch)
    {
        if (rows > 0) Fill();
        foreach (var command in full) batch.BatchCommands.Add(command);
        full.Clear();
    }

    /// <summary>The same as parameters, an array for each column.</summary>
    public IEnumerable<NpgsqlParameter> Parameters()
    {
        foreach (var column in columns) yield return column.Parameter();
    }

    public void Forget()
    {
        full.Clear();
        (columns, next, rows) = ([.. layout.Select(Empty)], 0, 0);
    }

    public override void Dispose() => Forget();

    private HeldColumn<T> Column<T>() => (HeldColumn<T>)columns[next++];

    private void Fill()
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var column in columns) command.Parameters.Add(column.Parameter());
        full.Add(command);
        (columns, rows) = ([.. layout.Select(Empty)], 0);
    }

    private static IHeldColumn Empty(Column column) => column.Type switch
    {
        SqlType.Number => new HeldColumn<long>(column),
        SqlType.Id => new HeldColumn<Guid>(column),
        _ => new HeldColumn<string>(column),
    };

    private interface IHeldColumn
    {
        void AddNull();

        NpgsqlParameter Parameter();
    }

    /// <summary>Which of the values are null is kept beside them, so that those that never are need no wider form.</summary>
    private sealed class HeldColumn<T>(Column column) : IHeldColumn
    {
        private readonly List<T> values = [];
        private readonly List<bool> present = [];

        public void Add(T value)
        {
            values.Add(value);
            if (column.IsOptional) present.Add(true);
        }

        public void AddNull()
        {
            values.Add(default!);
            present.Add(false);
        }

        public NpgsqlParameter Parameter() => new()
        {
            NpgsqlDbType = NpgsqlDbType.Array | PostgresStatement.DbType(column.Type),
            Value = column.IsOptional && typeof(T).IsValueType ? Optional() : values,
        };

        private object Optional() => values switch
        {
            List<long> numbers => numbers.Zip(present, (value, there) => there ? value : (long?)null).ToList(),
            List<Guid> ids => ids.Zip(present, (value, there) => there ? value : (Guid?)null).ToList(),
            _ => values,
        };
    }
}
