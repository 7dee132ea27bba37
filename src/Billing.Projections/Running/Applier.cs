using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Billing.Projections.Rows;
using Billing.Projections.Storage;

namespace Billing.Projections.Running;

/// <summary>
/// Applies batches to one database: as many as one likes are folded in memory, then written with the checkpoint in one
/// transaction. Whatever cuts it short, the next one begins after the last event that was committed.
/// </summary>
internal sealed class Applier
{
    private readonly ProjectionSet projections;
    private readonly ReadDatabase database;
    private readonly KeyRing? keys;
    private readonly Freeing freeing;
    private int mostHeldRows = int.MaxValue;
    private long folded;
    private long books;
    private long committedBooks;
    private BookId lastBook;
    private long lastBookKey;
    private string laidOutAs = "";
    private ErasedKeys erased = ErasedKeys.None;

    /// <param name="keys">Of whom may be erased; null where nobody ever is.</param>
    public Applier(ProjectionSet projections, ReadDatabase database, KeyRing? keys = null)
    {
        (this.projections, this.database, this.keys, freeing) = (projections, database, keys, new Freeing(database));
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
    /// Rows of a schema can be read here: those of this version of the program, after all erasures that were heard of here. Whoever made
    /// them may have heard of more, and then they hold less.
    /// </summary>
    public bool Reads(string schema) => projections.ErasuresBefore(schema) >= Erased.Count;

    /// <summary>Something was erased since rows were made of it, and they hold it still.</summary>
    public bool IsOutdated => laidOutAs != projections.SchemaAfter(Erased.Count);

    /// <summary>The last event that was committed.</summary>
    public long Position { get; private set; }

    /// <summary>The last event whose effects can be read: rows from before an erasure count for nothing.</summary>
    public long ReadablePosition => IsOutdated ? 0 : Position;

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

    private ErasedKeys Erased => keys?.Erased ?? ErasedKeys.None;

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
            Checkpoint.Move(Session, folded, books);
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
        var now = Erased;
        InTransaction(() =>
        {
            foreach (var name in Session.TableNames()) Session.Execute($"DROP TABLE \"{name}\"");
            Checkpoint.Create(Session, projections.SchemaAfter(now.Count));
            foreach (var table in projections.Tables) Session.Create(table.Layout);
        });
        (laidOutAs, erased) = (projections.SchemaAfter(now.Count), now);
        (Position, folded, books, committedBooks) = (0, 0, 0, 0);
        foreach (var table in projections.Tables) table.IsEmpty = true;
        freeing.Forget();
        freeing.Begin();
        Free();
    }

    /// <summary>
    /// Makes the rows of each book anew in which something was erased since. Whoever reads sees the old ones until all of the book's new
    /// ones are there; other books stand as they are.
    /// </summary>
    /// <exception cref="ApplyException">A projection failed on an event. That book stands as it was.</exception>
    public async Task Renew(IEventReader store, CancellationToken cancellationToken)
    {
        RollBack();
        var now = Erased;
        InTransaction(() => Checkpoint.Mark(Session, laidOutAs, isFreed: false));
        foreach (var book in OutdatedBooks(now))
        {
            var history = await BookHistory.Read(store, projections, book, Position, cancellationToken).ConfigureAwait(false);
            InTransaction(() => Renew(book, now, history));
            Forget();
        }
        InTransaction(() => Checkpoint.Mark(Session, projections.SchemaAfter(now.Count), isFreed: false));
        (laidOutAs, erased) = (projections.SchemaAfter(now.Count), now);
        freeing.Begin();
    }

    /// <summary>
    /// After a commit: sees to it that nothing which was deleted is left in the database's files, or leaves it for a later call while
    /// somebody still reads a state from before.
    /// </summary>
    public void Free()
    {
        if (freeing.TryEnd()) InTransaction(() => Checkpoint.Mark(Session, laidOutAs, isFreed: true));
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
            (row.Book, row.Erasures) = (++books, erased.OfBook.GetValueOrDefault(book));
        }
        (lastBook, lastBookKey) = (book, row.Book);
        return row.Book;
    }

    private bool Resume()
    {
        if (Checkpoint.Read(Session) is not { } found) return false;
        if (projections.ErasuresBefore(found.Schema) is null) return false;
        var now = Erased;
        // Of other erasures: they are renewed before anything is read of them.
        if (found.Schema == projections.SchemaAfter(now.Count)) erased = now;
        laidOutAs = found.Schema;
        (Position, books) = (folded, committedBooks) = (found.Position, found.Books);
        freeing.Forget();
        if (found.IsFreed) return true;
        // Whoever broke off has not said which.
        foreach (var table in projections.Tables) freeing.Note(table.Layout.Name);
        freeing.Begin();
        return true;
    }

    private List<BookId> OutdatedBooks(ErasedKeys now)
    {
        var noted = Session.Rows("SELECT book_id, erasures FROM books WHERE erasures <> 0", row => (new BookId(row.Id()), row.Long()))
            .ToDictionary();
        return
        [
            .. now.OfBook.Keys.Union(noted.Keys).Where(book => projections.Books.Find(new GlobalKey(book.Value)) is not null
                && noted.GetValueOrDefault(book) != now.OfBook.GetValueOrDefault(book)),
        ];
    }

    private void Renew(BookId book, ErasedKeys now, IReadOnlyList<Batch> history)
    {
        var row = projections.Books.Change(new GlobalKey(book.Value))!;
        foreach (var name in projections.Tables.Where(table => table != projections.Books).Select(table => table.Layout.Name))
        {
            if (Session.Row($"SELECT book FROM {name} WHERE book = ?1 LIMIT 1", found => found.Long(), row.Book) == 0) continue;
            Session.Row($"DELETE FROM {name} WHERE book = ?1", _ => 0, row.Book);
            freeing.Note(name);
        }
        foreach (var decoded in history.SelectMany(batch => batch.Events)) Apply(decoded);
        row.Erasures = now.OfBook.GetValueOrDefault(book);
        WriteRows();
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
