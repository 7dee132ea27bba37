namespace Billing.Projections.Storage;

/// <summary>
/// One connection with its prepared statements. Used by one thread at a time. SQL is written once for all databases, with
/// parameters ?1, ?2 …
/// </summary>
internal abstract class Session : IDisposable
{
    /// <summary>Runs one or several statements without parameters.</summary>
    public abstract void Execute(string sql);

    /// <summary>The statement of this text, prepared once. Whoever takes it resets it after use.</summary>
    public abstract Statement Prepare(string sql);

    /// <summary>Writes a row of the table in the place of whatever was there; its columns are the parameters.</summary>
    public abstract Command PrepareUpsert(TableLayout table);

    /// <summary>Deletes the row of a key, whose columns are the parameters.</summary>
    public abstract Command PrepareDelete(TableLayout table);

    /// <summary>
    /// Finds the rows of many keys in one round trip: each key is added and ended by <see cref="Command.Run"/>; what comes
    /// back is the number of the key, from 1, and the columns beside the key. Null where asking for one by one is as quick.
    /// </summary>
    public virtual Statement? PrepareFetch(TableLayout table) => null;

    public abstract void Create(TableLayout table);

    public abstract void Create(TableIndex index);

    /// <summary>Tables of the read models, whichever version of the program made them.</summary>
    public abstract IReadOnlyList<string> TableNames();

    /// <summary>
    /// After tables were dropped, and rows deleted from others: sees to it that what stood in them is not left in the database's files.
    /// </summary>
    /// <param name="tables">From which rows were deleted.</param>
    /// <returns>
    /// What does it, outside of transactions; to be called until it answers true. False while somebody reads a state from before.
    /// </returns>
    public abstract Func<bool> Shrink(IReadOnlyCollection<string> tables);

    /// <summary>Begins a transaction that writes.</summary>
    public abstract void Begin();

    public abstract void Commit();

    /// <summary>Ends a transaction that failed; the database may have ended it by itself.</summary>
    public abstract void TryRollBack();

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

    public abstract void Dispose();
}
