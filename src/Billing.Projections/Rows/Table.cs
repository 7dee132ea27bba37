using Billing.Projections.Storage;

namespace Billing.Projections.Rows;

/// <summary>A table of the read models, written by exactly one projection.</summary>
internal abstract class Table
{
    public abstract TableLayout Layout { get; }

    /// <summary>Every row in the order of the key.</summary>
    public string Everything => $"SELECT {Layout.ColumnList} FROM {Layout.Name} ORDER BY {Layout.KeyList}";

    /// <summary>Rows held in memory.</summary>
    public abstract int Held { get; }

    /// <summary>
    /// Nothing is stored in it, so that there is nothing to look up before it is first written; false where that is not known.
    /// </summary>
    public bool IsEmpty { get; set; }

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

    /// <summary>Another row has taken its place under its key.</summary>
    internal bool IsReplaced;
}

/// <summary>
/// Rows are folded in memory and written when the batch is committed. What was loaded or written stays at hand, since
/// there is only one writer; the runner says when to let go.
/// </summary>
internal sealed class Table<TKey, TRow>(Shape<TRow> shape) : Table
    where TKey : struct, IKey
    where TRow : Row, new()
{
    /// <summary>Keys looked up in one round trip.</summary>
    private const int MostFetched = 5_000;

    private readonly Dictionary<TKey, TRow> rows = [];
    private readonly List<(TKey Key, TRow Row)> touched = [];
    private Session? session;
    private Statement? select;
    private Statement? fetch;
    private Command? write;
    private Command? delete;

    public override int Held => rows.Count;

    public override TableLayout Layout { get; } = new(
        shape.Name, [.. shape.KeyColumns.Zip(TKey.Types, (name, type) => new Column(name, type))], shape.Columns, shape.Indexes);

    public override void Attach(Session session) => this.session = session;

    /// <summary>The row to read from, or null.</summary>
    public TRow? Find(TKey key)
    {
        if (rows.TryGetValue(key, out var row)) return row.IsRemoved ? null : row;
        row = Load(key);
        if (row is not null) rows.Add(key, row);
        return row;
    }

    /// <summary>Has the rows of many keys at hand before each is asked for, where a round trip for each would take long.</summary>
    public void Fetch(IEnumerable<TKey> keys)
    {
        if (IsEmpty || (fetch ?? session!.PrepareFetch(Layout)) is not { } query) return;
        fetch = query;
        var missing = keys.Where(key => !rows.ContainsKey(key)).Distinct().Take(MostFetched).ToList();
        if (missing.Count < 2) return;
        try
        {
            foreach (var key in missing)
            {
                key.AddTo(query);
                query.Run();
            }
            while (query.Step())
            {
                var key = missing[query.Int() - 1];
                var row = new TRow();
                shape.Read(query, row);
                rows.Add(key, row);
            }
        }
        finally
        {
            query.Reset();
        }
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
        if (rows.TryGetValue(key, out var old)) old.IsReplaced = true;
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
        if (touched.Count == 0) return;
        IsEmpty = false;
        // Book by book: rows of one book lie near each other in the table and in every index.
        foreach (var (key, row) in touched.OrderBy(static change => change.Key.Book))
        {
            // A row that was replaced within the batch is written, or deleted, as what took its place.
            if (row.IsReplaced) continue;
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
        if (IsEmpty) return null;
        select ??= session!.Prepare(
            $"SELECT {Layout.OtherList} FROM {Layout.Name} WHERE {Layout.KeyCondition}");
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

    private void Write(TKey key, TRow row)
    {
        write ??= session!.PrepareUpsert(Layout);
        key.AddTo(write);
        shape.Write(write, row);
        write.Run();
    }

    private void Delete(TKey key)
    {
        delete ??= session!.PrepareDelete(Layout);
        key.AddTo(delete);
        delete.Run();
    }
}
