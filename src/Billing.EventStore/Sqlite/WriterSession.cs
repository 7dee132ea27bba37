using System.Globalization;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.EventStore.Sqlite;

/// <summary>
/// The writing connection with its statements and caches. It decides and writes appends inside one transaction after
/// another. After any failure it is disposed, which undoes the open transaction, and a new one takes its place.
/// </summary>
internal sealed class WriterSession : IDisposable
{
    private const int CacheKibibytes = 32_768;

    /// <summary>Where readers are in the way, the rest of the log is tried again after this part of its usual length.</summary>
    private const int TriesALog = 8;

    private readonly Database database;
    private readonly Heads heads;
    private readonly EventRows events;
    private readonly IdempotencyKeys keys;
    private readonly Statement begin, commit, save, release, undo;
    private readonly List<StreamHead> written = [];
    private readonly List<StoredEvent> added = [];
    private readonly int checkpointPages;
    private long streamKeys, bookKeys;
    private int pagesInLog;
    private bool keepsAdded;

    private WriterSession(Database database, SqliteStoreOptions options)
    {
        (this.database, checkpointPages) = (database, options.CheckpointPages);
        heads = new Heads(database, options.CachedStreams);
        events = new EventRows(database);
        keys = new IdempotencyKeys(database, options.KeyLifetime);
        begin = database.Prepare("BEGIN IMMEDIATE");
        commit = database.Prepare("COMMIT");
        save = database.Prepare("SAVEPOINT append");
        release = database.Prepare("RELEASE append");
        undo = database.Prepare("ROLLBACK TO append");
        Position = database.ReadNumber("SELECT max(position) FROM events");
        streamKeys = database.ReadNumber("SELECT max(stream_key) FROM streams");
        bookKeys = database.ReadNumber("SELECT max(book_key) FROM books");
    }

    /// <summary>Position of the newest event, in the open transaction or else committed.</summary>
    public long Position { get; private set; }

    /// <exception cref="EventStoreException">The file is none that this program can write.</exception>
    /// <exception cref="Failure">The file can't be opened.</exception>
    public static WriterSession Open(string path, SqliteStoreOptions options)
    {
        LogRewrite.Run(path);
        var database = Database.Open(path, forWriting: true);
        try
        {
            Schema.Check(database, path, options.SchemaSteps.Count);
            if (database.ReadText("PRAGMA journal_mode = WAL") != "wal")
                throw new EventStoreException($"{path} is on a file system on which SQLite can't share its log: use a local disk.");
            database.Execute(string.Create(
                CultureInfo.InvariantCulture,
                $"""
                PRAGMA synchronous = FULL;
                PRAGMA cache_size = -{CacheKibibytes};
                PRAGMA wal_autocheckpoint = 0;
                """));
            Schema.Migrate(database, path, options.SchemaSteps);
            return new WriterSession(database, options);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>What the open transaction added, or the last one, as it would be read; empty where nobody asked for it.</summary>
    public IReadOnlyList<StoredEvent> Added => added;

    /// <param name="keepsAdded">Whether <see cref="Added"/> is asked for.</param>
    public void Begin(bool keepsAdded)
    {
        added.Clear();
        this.keepsAdded = keepsAdded;
        begin.Run();
    }

    public void Commit()
    {
        keys.PruneSome();
        commit.Run();
    }

    /// <summary>
    /// Moves the log into the database file once it has grown. SQLite would do so by itself within a commit, and tell nobody
    /// when the disk does not take it.
    /// </summary>
    /// <exception cref="Failure">The disk did not take it. The session must be left by <see cref="LeaveLog"/>.</exception>
    public void MoveLog()
    {
        pagesInLog += database.TakePagesWritten();
        if (pagesInLog < checkpointPages) return;
        pagesInLog = database.Checkpoint() ? 0 : checkpointPages - (checkpointPages / TriesALog);
    }

    /// <exception cref="Failure">As of <see cref="MoveLog"/>.</exception>
    public void TryTruncateLog(int waitMilliseconds) => database.TryTruncateLog(waitMilliseconds);

    /// <summary>Closes it, and leaves to the next one what the log has.</summary>
    public void LeaveLog()
    {
        database.LeaveLogOnClosing();
        database.Dispose();
    }

    /// <summary>The outcome of one append within the open transaction; what is refused leaves no trace in it.</summary>
    /// <exception cref="ArgumentException">An event id is used twice.</exception>
    /// <exception cref="Failure">The transaction is of no more use.</exception>
    public AppendOutcome Append(AppendRequest request)
    {
        var book = heads.Book(request.Book);
        if (FindConflict(book, request) is { } conflict) return FindEarlier(book, request) ?? conflict;
        var simple = book.Key > 0 && request.Metadata.IdempotencyKey is null
            && written is [{ Key: > 0 }] && request.Writes[0].Events.Count == 1;
        if (!simple) save.Run();
        var before = added.Count;
        try
        {
            var appended = Write(book, request);
            if (!simple) release.Run();
            return appended;
        }
        catch (Failure failure) when (failure.IsConstraint)
        {
            added.RemoveRange(before, added.Count - before);
            if (!simple)
            {
                undo.Run();
                release.Run();
            }
            return Explain(book, request, failure);
        }
    }

    public void Dispose() => database.Dispose();

    /// <summary>Fills <see cref="written"/> with the heads of the streams to write.</summary>
    private AppendOutcome.Conflict? FindConflict(BookHead book, AppendRequest request)
    {
        written.Clear();
        foreach (var write in request.Writes)
        {
            var head = heads.Stream(book, write.Stream);
            if (write.ExpectedVersion != head.Version && write.ExpectedVersion != StreamAppend.AnyVersion)
                return new AppendOutcome.Conflict(write.Stream, write.ExpectedVersion, head.Version);
            written.Add(head);
        }
        foreach (var check in request.Checks)
        {
            var version = heads.Stream(book, check.Stream).Version;
            if (check.ExpectedVersion != version)
                return new AppendOutcome.Conflict(check.Stream, check.ExpectedVersion, version);
        }
        return null;
    }

    /// <summary>The heads move only once every row is in, so that an undone append leaves them as they were.</summary>
    private AppendOutcome.Appended Write(BookHead book, AppendRequest request)
    {
        var (bookKey, newStreamKeys, position, place, link) = (book.Key, streamKeys, Position, book.Place, book.Link);
        if (bookKey == 0) events.AddBook(bookKey = bookKeys + 1, book.Id);
        events.BindMetadata(bookKey, request.Metadata);
        var metadata = keepsAdded ? AsRead(request.Metadata) : request.Metadata;
        var versions = new long[request.Writes.Count];
        for (var i = 0; i < versions.Length; i++)
        {
            var write = request.Writes[i];
            var (streamKey, version) = (written[i].Key, written[i].Version);
            if (streamKey == 0) events.AddStream(streamKey = ++newStreamKeys, bookKey, write.Stream);
            foreach (var @event in write.Events)
            {
                link = Chain.Link(link, book.Id, ++place, write.Stream, ++version, @event, request.Metadata);
                events.Add(++position, place, streamKey, version, @event, link);
                if (keepsAdded && @event.Event is not null)
                    added.Add(AsRead(position, book.Id, place, write.Stream, version, @event, metadata, link));
            }
            versions[i] = version;
        }
        if (request.Metadata.IdempotencyKey is not null) keys.Add(bookKey, request.Metadata, Position + 1, position);
        MoveHeads(book, bookKey, place, link);
        for (var i = 0; i < versions.Length; i++) MoveHead(written[i], versions[i]);
        Position = position;
        return new AppendOutcome.Appended(position, place, versions, Repeated: false);
    }

    /// <summary>With the time as the file keeps it.</summary>
    private static EventMetadata AsRead(EventMetadata metadata)
    {
        var kept = Instant.FromUnixTimeTicks(metadata.RecordedAt.ToUnixTimeTicks());
        return kept == metadata.RecordedAt ? metadata : metadata with { RecordedAt = kept };
    }

    private static StoredEvent AsRead(
        long position, BookId book, long place, string stream, long version, NewEvent @event, EventMetadata metadata, byte[] link) =>
        new(position, book, place, stream, version, @event.Id, @event.Type, @event.Data, @event.Confidential, @event.ConfidentialKey,
            metadata, link)
        {
            Written = @event,
        };

    private void MoveHeads(BookHead book, long bookKey, long place, byte[] link)
    {
        bookKeys = Math.Max(bookKeys, bookKey);
        (book.Key, book.Place, book.Link) = (bookKey, place, link);
    }

    private void MoveHead(StreamHead head, long version)
    {
        if (head.Key == 0) head.Key = ++streamKeys;
        head.Version = version;
    }

    /// <summary>A row was refused though all versions fit: a repeat, a key that is taken, or an id used twice.</summary>
    private AppendOutcome Explain(BookHead book, AppendRequest request, Failure failure)
    {
        if (FindEarlier(book, request) is { } earlier) return earlier;
        Repeat.RefuseDoubles(request);
        throw new EventStoreException("The event file was changed by someone else while this process wrote it.", failure);
    }

    private AppendOutcome? FindEarlier(BookHead book, AppendRequest request)
    {
        if (book.Key == 0) return null;
        if (Repeat.Find(request, id => events.FindSite(book.Key, id)) is { } repeated) return repeated;
        var key = request.Metadata.IdempotencyKey;
        return key is not null && keys.IsTaken(book.Key, key) ? new AppendOutcome.KeyTaken(key) : null;
    }
}
