using System.Collections.Concurrent;
using Billing.Projections.Storage;

namespace Billing.Projections.Sqlite;

/// <summary>The read models in a SQLite file of their own, for one process, or in a private database in memory.</summary>
public sealed class SqliteReadDatabase : ReadDatabase
{
    private const int MostIdleReaders = 32;

    private readonly SqliteSession writer;
    private readonly string? readerPath;
    private readonly ConcurrentBag<SqliteSession> readers = [];
    private readonly Lock onlySession = new();

    private SqliteReadDatabase(SqliteSession writer, string? readerPath) =>
        (this.writer, this.readerPath) = (writer, readerPath);

    internal override Session Writer => writer;

    /// <summary>
    /// Opens the file, or makes it. A commit may be lost with the power, never half written: the checkpoint goes with it
    /// and the events are read again.
    /// </summary>
    /// <exception cref="ReadDatabaseException">The file can't be opened.</exception>
    public static SqliteReadDatabase Open(string path)
    {
        path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var writer = new SqliteSession(path, forWriting: true);
        writer.Execute(
            "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-131072; " +
            "PRAGMA wal_autocheckpoint=16000; PRAGMA journal_size_limit=167772160; PRAGMA temp_store=MEMORY");
        return new SqliteReadDatabase(writer, path);
    }

    /// <summary>A database that is filled once, then read by one reader at a time, and gone when it is disposed.</summary>
    internal static SqliteReadDatabase InMemory() => new(new SqliteSession(":memory:", forWriting: true), readerPath: null);

    internal override T Read<T>(Func<Session, T> query)
    {
        if (readerPath is null)
            lock (onlySession) return query(writer);

        if (!readers.TryTake(out var session)) session = OpenReader(readerPath);
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

    public override void Dispose()
    {
        while (readers.TryTake(out var session)) session.Dispose();
        writer.Dispose();
    }

    /// <summary>Its cache holds the upper pages of a large file's indexes, which every query goes through.</summary>
    private static SqliteSession OpenReader(string path)
    {
        var session = new SqliteSession(path, forWriting: false);
        session.Execute("PRAGMA cache_size=-8192");
        return session;
    }
}
