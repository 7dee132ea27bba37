using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Rows;

internal delegate ref T Field<TRow, T>(TRow row);

/// <summary>
/// The columns of a table in order, each with the field of the row that it holds. The table's definition and all of its
/// statements follow from it.
/// </summary>
internal sealed class Shape<TRow>(string name, params string[] keyColumns)
{
    private readonly List<Action<Command, TRow>> writers = [];
    private readonly List<Action<Statement, TRow>> readers = [];

    public string Name { get; } = name;

    public IReadOnlyList<string> KeyColumns { get; } = keyColumns;

    public List<Column> Columns { get; } = [];

    public List<TableIndex> Indexes { get; } = [];

    /// <param name="onWhat">Columns, and for a partial index its condition, as SQL.</param>
    /// <param name="whole">See <see cref="TableIndex"/>.</param>
    public Shape<TRow> Index(string suffix, string onWhat, string? whole = null)
    {
        Indexes.Add(new TableIndex($"{Name}_{suffix}", Name, onWhat, whole ?? onWhat));
        return this;
    }

    public Shape<TRow> Id(string column, Field<TRow, Guid> field) => Add(
        column, SqlType.Id, isOptional: false, (s, row) => s.Add(field(row)), (s, row) => field(row) = s.Id());

    public Shape<TRow> OptionalId(string column, Field<TRow, Guid?> field) => Add(
        column,
        SqlType.Id,
        isOptional: true,
        (s, row) =>
        {
            if (field(row) is { } id) s.Add(id);
            else s.AddNull(SqlType.Id);
        },
        (s, row) => field(row) = s.OptionalId());

    public Shape<TRow> Text(string column, Field<TRow, string> field) => Add(
        column, SqlType.Text, isOptional: false, (s, row) => s.Add(field(row)), (s, row) => field(row) = s.Text());

    public Shape<TRow> OptionalText(string column, Field<TRow, string?> field) => Add(
        column,
        SqlType.Text,
        isOptional: true,
        (s, row) =>
        {
            if (field(row) is { } text) s.Add(text);
            else s.AddNull(SqlType.Text);
        },
        (s, row) => field(row) = s.OptionalText());

    public Shape<TRow> Number(string column, Field<TRow, long> field) => Add(
        column, SqlType.Number, isOptional: false, (s, row) => s.Add(field(row)), (s, row) => field(row) = s.Long());

    public Shape<TRow> OptionalNumber(string column, Field<TRow, long?> field) => Add(
        column,
        SqlType.Number,
        isOptional: true,
        (s, row) =>
        {
            if (field(row) is { } number) s.Add(number);
            else s.AddNull(SqlType.Number);
        },
        (s, row) => field(row) = s.OptionalLong());

    public Shape<TRow> Flag(string column, Field<TRow, bool> field) => Add(
        column, SqlType.Number, isOptional: false, (s, row) => s.Add(field(row) ? 1 : 0), (s, row) => field(row) = s.Bool());

    public Shape<TRow> Date(string column, Field<TRow, LocalDate> field) => Add(
        column, SqlType.Number, isOptional: false, (s, row) => s.Add(Calendar.Number(field(row))), (s, row) => field(row) = s.Date());

    public Shape<TRow> OptionalDate(string column, Field<TRow, LocalDate?> field) => Add(
        column,
        SqlType.Number,
        isOptional: true,
        (s, row) =>
        {
            if (field(row) is { } date) s.Add(Calendar.Number(date));
            else s.AddNull(SqlType.Number);
        },
        (s, row) => field(row) = s.OptionalDate());

    public Shape<TRow> Instant(string column, Field<TRow, Instant> field) => Add(
        column, SqlType.Number, isOptional: false, (s, row) => s.Add(field(row).ToUnixTimeTicks()), (s, row) => field(row) = s.Instant());

    public Shape<TRow> OptionalInstant(string column, Field<TRow, Instant?> field) => Add(
        column,
        SqlType.Number,
        isOptional: true,
        (s, row) =>
        {
            if (field(row) is { } instant) s.Add(instant.ToUnixTimeTicks());
            else s.AddNull(SqlType.Number);
        },
        (s, row) => field(row) = s.OptionalInstant());

    public void Write(Command command, TRow row)
    {
        foreach (var write in writers) write(command, row);
    }

    public void Read(Statement statement, TRow row)
    {
        foreach (var read in readers) read(statement, row);
    }

    private Shape<TRow> Add(
        string column, SqlType type, bool isOptional, Action<Command, TRow> write, Action<Statement, TRow> read)
    {
        Columns.Add(new Column(column, type, isOptional));
        writers.Add(write);
        readers.Add(read);
        return this;
    }
}
