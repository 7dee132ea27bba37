using Billing.Projections.Sqlite;

namespace Billing.Projections.Rows;

/// <summary>A table of the read models, written by exactly one projection.</summary>
internal abstract class Table
{
    public abstract string Name { get; }

    public abstract string Definition { get; }

    public abstract IReadOnlyList<string> Indexes { get; }

    /// <summary>Every row in the order of the key.</summary>
    public abstract string Everything { get; }

    /// <summary>Rows held in memory.</summary>
    public abstract int Held { get; }

    public abstract void Attach(Session session);

    /// <summary>Writes each row that was touched since the last time, once.</summary>
    public abstract void Flush();

    /// <summary>Lets go of what is held in memory, unwritten changes included.</summary>
    public abstract void Forget();
}

/// <summary>A row in memory. Its fields are public for <see cref="Shape{TRow}"/>.</summary>
internal abstract class Row
{
    internal bool IsTouched;
    internal bool IsRemoved;
}

/// <summary>
/// Rows are folded in memory and written when the batch is committed. What was loaded or written stays at hand, since
/// there is only one writer; the runner says when to let go.
/// </summary>
internal sealed class Table<TKey, TRow>(Shape<TRow> shape) : Table
    where TKey : struct, IKey
    where TRow : Row, new()
{
    private readonly Dictionary<TKey, TRow> rows = [];
    private readonly List<(TKey Key, TRow Row)> touched = [];
    private Session? session;
    private Statement? select;
    private Statement? write;
    private Statement? delete;

    public override string Name => shape.Name;

    public override IReadOnlyList<string> Indexes => shape.Indexes;

    public override int Held => rows.Count;

    public override string Definition
    {
        get
        {
            var key = shape.KeyColumns.Zip(TKey.Types, (name, type) => $"{name} {type} NOT NULL");
            var others = shape.Columns.Select(c => $"{c.Name} {c.Type}");
            return $"CREATE TABLE {Name} ({string.Join(", ", key.Concat(others))}, PRIMARY KEY ({KeyList})) STRICT";
        }
    }

    public override string Everything => $"SELECT {KeyList}, {ColumnList} FROM {Name} ORDER BY {KeyList}";

    private string KeyList => string.Join(", ", shape.KeyColumns);

    private string ColumnList => string.Join(", ", shape.Columns.Select(c => c.Name));

    private string Marks => string.Join(", ", Enumerable.Repeat("?", shape.KeyColumns.Count + shape.Columns.Count));

    private string Overwrites => string.Join(", ", shape.Columns.Select(c => $"{c.Name} = excluded.{c.Name}"));

    private string KeyCondition => string.Join(" AND ", shape.KeyColumns.Select(c => $"{c} = ?"));

    public override void Attach(Session session) => this.session = session;

    /// <summary>The row to read from, or null.</summary>
    public TRow? Find(TKey key)
    {
        if (rows.TryGetValue(key, out var row)) return row.IsRemoved ? null : row;
        row = Load(key);
        if (row is not null) rows.Add(key, row);
        return row;
    }

    /// <summary>
    /// The row to change, or null where it is not there: history is never rejected, and a fact about something gone
    /// changes nothing.
    /// </summary>
    public TRow? Change(TKey key)
    {
        var row = Find(key);
        if (row is not null) Touch(key, row);
        return row;
    }

    public TRow ChangeOrAdd(TKey key) => Change(key) ?? Add(key);

    /// <summary>A new row in the place of whatever was there.</summary>
    public TRow Add(TKey key)
    {
        if (rows.TryGetValue(key, out var old)) old.IsRemoved = true;
        var row = new TRow();
        rows[key] = row;
        Touch(key, row);
        return row;
    }

    public TRow? Remove(TKey key)
    {
        var row = Change(key);
        if (row is not null) row.IsRemoved = true;
        return row;
    }

    public override void Flush()
    {
        foreach (var (key, row) in touched)
        {
            // A row that was replaced within the batch is written, or deleted, as what took its place.
            if (!ReferenceEquals(rows[key], row)) continue;
            if (row.IsRemoved) Delete(key);
            else Write(key, row);
            row.IsTouched = false;
        }
        touched.Clear();
    }

    public override void Forget()
    {
        rows.Clear();
        touched.Clear();
    }

    private void Touch(TKey key, TRow row)
    {
        if (row.IsTouched) return;
        row.IsTouched = true;
        touched.Add((key, row));
    }

    private TRow? Load(TKey key)
    {
        select ??= session!.Prepare($"SELECT {ColumnList} FROM {Name} WHERE {KeyCondition}");
        try
        {
            key.AddTo(select);
            if (!select.Step()) return null;
            var row = new TRow();
            shape.Read(select, row);
            return row;
        }
        finally
        {
            select.Reset();
        }
    }

    /// <summary>An upsert costs what an insert costs; a replace would look for the row once more.</summary>
    private void Write(TKey key, TRow row)
    {
        write ??= session!.Prepare(
            $"INSERT INTO {Name} ({KeyList}, {ColumnList}) VALUES ({Marks}) ON CONFLICT DO UPDATE SET {Overwrites}");
        key.AddTo(write);
        shape.Write(write, row);
        write.Run();
    }

    private void Delete(TKey key)
    {
        delete ??= session!.Prepare($"DELETE FROM {Name} WHERE {KeyCondition}");
        key.AddTo(delete);
        delete.Run();
    }
}
