using Billing.EventStore.Port;
using Billing.Projections.Rows;
using Billing.Projections.Storage;

namespace Billing.Projections.Running;

/// <summary>
/// Applies batches to one database: as many as one likes are folded in memory, then written with the checkpoint in one
/// transaction. Whatever cuts it short, the next one begins after the last event that was committed.
/// </summary>
internal sealed class Applier
{
    /// <summary>One row, with the id 1. The names have not changed since the first version of the program.</summary>
    private static readonly TableLayout Checkpoint = new(
        "checkpoint", [new("id", SqlType.Number)],
        [new("schema", SqlType.Text), new("position", SqlType.Number), new("books", SqlType.Number)], []);

    private readonly ProjectionSet projections;
    private readonly ReadDatabase database;
    private readonly Func<long>? erasures;
    private int mostHeldRows = int.MaxValue;
    private long folded;
    private long books;
    private long committedBooks;
    private BookId lastBook;
    private long lastBookKey;
    private string laidOutAs = "";

    /// <param name="erasures">How many keys were erased; null where none ever are.</param>
    public Applier(ProjectionSet projections, ReadDatabase database, Func<long>? erasures = null)
    {
        (this.projections, this.database, this.erasures) = (projections, database, erasures);
        foreach (var table in projections.Tables) table.Attach(database.Writer);
    }

    /// <summary>
    /// Goes on from what is committed, or lays the tables out anew where another version of the program has written them.
    /// </summary>
    public void Open()
    {
        RollBack();
        foreach (var table in projections.Tables) table.IsEmpty = false;
        if (!Resume()) Reset();
    }

    /// <summary>
    /// What rows must have been made by to be of use: this version of the program, after the last erasure. Rows from before it hold
    /// what was erased.
    /// </summary>
    public string Schema => erasures?.Invoke() is > 0 and var count ? $"{projections.Schema}/{count}" : projections.Schema;

    /// <summary>Something was erased since the tables were laid out.</summary>
    public bool IsOutdated => laidOutAs != Schema;

    /// <summary>The last event that was committed.</summary>
    public long Position { get; private set; }

    /// <summary>Events that were folded and not yet committed. Positions may have gaps, so they are counted.</summary>
    public long Uncommitted { get; private set; }

    private bool IsCommitted => folded == Position;

    /// <summary>Rows kept in memory between commits, so that they need not be loaded again.</summary>
    public int MostHeldRows
    {
        set
        {
            mostHeldRows = value;
            if (IsCommitted) ForgetIfMany();
        }
    }

    private Session Session => database.Writer;

    /// <summary>Folds a batch into the rows in memory, within the transaction that <see cref="Commit"/> ends.</summary>
    /// <exception cref="ApplyException">A projection failed on an event. Nothing since the last commit was kept.</exception>
    public void Fold(Batch batch)
    {
        if (batch.Through <= folded) return;
        if (IsCommitted) Session.Begin();
        Guard(() =>
        {
            foreach (var decoded in batch.Events) Apply(decoded);
        });
        folded = batch.Through;
        Uncommitted += batch.Events.Count;
    }

    /// <summary>Writes each row that was touched, once, and the checkpoint with them.</summary>
    public void Commit()
    {
        if (IsCommitted) return;
        Guard(() =>
        {
            WriteRows();
            Session.Row("UPDATE checkpoint SET position = ?1, books = ?2", _ => 0, folded, books);
            Session.Commit();
        });
        (Position, committedBooks, Uncommitted) = (folded, books, 0);
        ForgetIfMany();
    }

    /// <summary>Shows what was folded to this database's own session, before it is committed or dropped.</summary>
    public void Flush() => Guard(WriteRows);

    /// <summary>Drops what was folded since the last commit.</summary>
    public void RollBack()
    {
        // Rows in memory are ahead of the file.
        Forget();
        Session.TryRollBack();
        (folded, books, Uncommitted) = (Position, committedBooks, 0);
    }

    /// <summary>Empties every table and goes back to before the first event.</summary>
    public void Reset()
    {
        RollBack();
        var schema = Schema;
        InTransaction(() =>
        {
            foreach (var name in Session.TableNames()) Session.Execute($"DROP TABLE \"{name}\"");
            Session.Create(Checkpoint);
            foreach (var table in projections.Tables) Session.Create(table.Layout);
            Session.Row("INSERT INTO checkpoint (id, schema, position, books) VALUES (1, ?1, 0, 0)", _ => 0, schema);
        });
        Session.Shrink();
        laidOutAs = schema;
        (Position, folded, books, committedBooks) = (0, 0, 0, 0);
        foreach (var table in projections.Tables) table.IsEmpty = true;
    }

    /// <summary>
    /// Indexes are for queries only. A replay fills the tables without them and sorts each once at the end, which is
    /// faster than keeping them in order along the way.
    /// </summary>
    public void CompleteIndexes() => InTransaction(() =>
    {
        foreach (var index in projections.Tables.SelectMany(t => t.Layout.Indexes)) Session.Create(index);
    });

    private void Apply(DecodedEvent decoded)
    {
        var fact = new Fact(KeyOf(decoded.Stored.Book), decoded.Stored);
        try
        {
            foreach (var handle in decoded.Handlers) handle(fact, decoded.Event);
        }
        catch (Exception e) when (e is not ReadDatabaseException)
        {
            throw new ApplyException(decoded.Stored, e);
        }
    }

    private long KeyOf(BookId book)
    {
        if (book == lastBook && lastBookKey != 0) return lastBookKey;
        var key = new GlobalKey(book.Value);
        var row = projections.Books.Find(key);
        if (row is null)
        {
            row = projections.Books.Add(key);
            row.Book = ++books;
        }
        (lastBook, lastBookKey) = (book, row.Book);
        return row.Book;
    }

    private bool Resume()
    {
        if (!Session.TableNames().Contains(Checkpoint.Name)) return false;
        var schema = Schema;
        if (Session.Row("SELECT schema FROM checkpoint", row => row.Text()) != schema) return false;
        laidOutAs = schema;
        (Position, books) = Session.Row("SELECT position, books FROM checkpoint", row => (row.Long(), row.Long()));
        (folded, committedBooks) = (Position, books);
        return true;
    }

    private void WriteRows()
    {
        foreach (var table in projections.Tables) table.Flush();
    }

    private void InTransaction(Action work)
    {
        Session.Begin();
        Guard(() =>
        {
            work();
            Session.Commit();
        });
    }

    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    private void ForgetIfMany()
    {
        if (projections.Tables.Sum(t => t.Held) > mostHeldRows) Forget();
    }

    private void Forget()
    {
        foreach (var table in projections.Tables) table.Forget();
        lastBookKey = 0;
    }
}

/// <summary>A projection failed on an event.</summary>
internal sealed class ApplyException(StoredEvent stored, Exception cause)
    : Exception($"{cause.GetType().Name} at position {stored.Position}", cause)
{
    public StoredEvent Stored { get; } = stored;
}
