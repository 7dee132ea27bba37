using Billing.EventStore.Port;

namespace Billing.EventStore.Sqlite;

/// <summary>
/// Reads an event file by read-only connections, also while a server writes it, and takes no lock. Each page is a snapshot
/// of its own, so that a long walk never keeps the writer's log from being reused.
/// </summary>
public sealed class SqliteEventReader : IEventReader
{
    private readonly Readers readers;

    internal SqliteEventReader(string path) => readers = new Readers(path);

    /// <summary>No event was ever in it: there is no such file, or a server was stopped before it had laid out its tables.</summary>
    /// <exception cref="EventStoreException">The file can't be opened, or is none of an event store.</exception>
    internal static bool IsBare(string path)
    {
        return !File.Exists(path) || Look(path, database =>
        {
            Schema.Check(database, path, Schema.Latest);
            return database.ReadNumber("PRAGMA user_version") == 0;
        });
    }

    /// <exception cref="EventStoreException">There is no such file, or it has another schema than this program's.</exception>
    public static SqliteEventReader Open(string path)
    {
        path = Path.GetFullPath(path);
        if (!File.Exists(path)) throw new EventStoreException($"There is no event file {path}: check the path.");
        return Look(path, database =>
        {
            Schema.CheckReadable(database, path);
            return new SqliteEventReader(path);
        });
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadStream(
        BookId book, string stream, long from, int limit, ReadDirection direction, CancellationToken cancellationToken)
    {
        RequestRules.CheckText(stream, "stream");
        var step = direction == ReadDirection.Forwards ? 1 : -1;
        return ReadPages(
            limit,
            (reader, last, size) => reader.Stream(book, stream, last is null ? from : last.Version + step, size, direction),
            cancellationToken);
    }

    public ValueTask<long> VisitStream(
        BookId book, string stream, EventVisitor visitor, CancellationToken cancellationToken)
    {
        RequestRules.CheckText(stream, "stream");
        return ValueTask.FromResult(readers.VisitPages(book, stream, visitor, cancellationToken));
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadBook(
        BookId book, long afterPlace, int limit, CancellationToken cancellationToken) =>
        ReadPages(limit, (reader, last, size) => reader.Book(book, last?.Place ?? afterPlace, size), cancellationToken);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadFeed(long afterPosition, int limit, CancellationToken cancellationToken) =>
        ReadPages(limit, (reader, last, size) => reader.Feed(last?.Position ?? afterPosition, size), cancellationToken);

    public ValueTask<IReadOnlyList<BookId>> ReadBooks(BookId? after, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(readers.Use(reader => reader.Books(after, limit)));
    }

    public ValueTask<long> HeadPosition(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(readers.Use(reader => reader.Head()));
    }

    public ValueTask<KeyedAppend?> FindByIdempotencyKey(BookId book, string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(readers.Use(reader => reader.Keyed(book, key)));
    }

    public ValueTask DisposeAsync()
    {
        readers.Dispose();
        return ValueTask.CompletedTask;
    }

    internal IReadOnlyList<StoredEvent> ReadFeedPage(long afterPosition) => readers.ReadFeedPage(afterPosition);

    private ValueTask<IReadOnlyList<StoredEvent>> ReadPages(
        int limit, Func<Reader, StoredEvent?, int, Page> readPage, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(readers.ReadPages(limit, readPage, cancellationToken));
    }

    private static T Look<T>(string path, Func<Database, T> ask)
    {
        try
        {
            using var database = Database.Open(path, forWriting: false);
            return ask(database);
        }
        catch (Failure failure)
        {
            throw failure.Explain(path, $"{path} can't be opened");
        }
    }
}
