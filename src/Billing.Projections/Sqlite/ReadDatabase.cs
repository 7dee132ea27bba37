using System.Collections.Concurrent;
using Billing.EventStore.Port;

namespace Billing.Projections.Sqlite;

/// <summary>
/// The read models: a SQLite file of their own with one writer and many readers, or a private database in memory.
/// Everything in it is worked out from the events and may be thrown away at any time.
/// </summary>
public sealed class ReadDatabase : IDisposable
{
    private const int MostIdleReaders = 32;

    private readonly string? readerPath;
    private readonly ConcurrentBag<Session> readers = [];
    private readonly Lock onlySession = new();
    private readonly ConcurrentDictionary<BookId, long> bookKeys = [];

    private ReadDatabase(Session writer, string? readerPath) =>
        (Writer, this.readerPath) = (writer, readerPath);

    internal Session Writer { get; }

    /// <summary>
    /// Opens the file, or makes it. A commit may be lost with the power, never half written: the checkpoint goes with it
    /// and the events are read again.
    /// </summary>
    /// <exception cref="ReadDatabaseException">The file can't be opened.</exception>
    public static ReadDatabase Open(string path)
    {
        path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var writer = new Session(path, forWriting: true);
        writer.Execute(
            "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536; " +
            "PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=67108864; PRAGMA temp_store=MEMORY");
        return new ReadDatabase(writer, path);
    }

    /// <summary>A database that is filled once, then read by one reader at a time, and gone when it is disposed.</summary>
    internal static ReadDatabase InMemory() => new(new Session(":memory:", forWriting: true), readerPath: null);

    /// <summary>Runs a query over one state of the read models, however many statements it takes.</summary>
    internal T Read<T>(Func<Session, T> query)
    {
        if (readerPath is null)
            lock (onlySession) return query(Writer);

        if (!readers.TryTake(out var session)) session = new Session(readerPath, forWriting: false);
        try
        {
            session.ExecutePrepared("BEGIN");
            var answer = query(session);
            session.ExecutePrepared("COMMIT");
            if (readers.Count < MostIdleReaders)
            {
                readers.Add(session);
                session = null;
            }
            return answer;
        }
        finally
        {
            // A session whose query failed is not used again.
            session?.Dispose();
        }
    }

    /// <summary>The same for one book, by the number that the tables know it by; a book that is not there has no rows.</summary>
    internal T Read<T>(BookId book, Func<Session, long, T> query) => Read(session => query(session, BookKey(session, book)));

    public void Dispose()
    {
        while (readers.TryTake(out var session)) session.Dispose();
        Writer.Dispose();
    }

    /// <summary>Books are numbered in the order of the feed, so a number once read holds for good, rebuilds included.</summary>
    private long BookKey(Session session, BookId book)
    {
        if (bookKeys.TryGetValue(book, out var known)) return known;
        var key = session.Row("SELECT book FROM books WHERE book_id = ?1", row => row.Long(), book.Value);
        if (key != 0 && bookKeys.Count < 100_000) bookKeys[book] = key;
        return key;
    }
}
