using System.Globalization;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.EventStore.Sqlite;

/// <summary>One read-only connection with its prepared queries.</summary>
internal sealed class Reader : IDisposable
{
    /// <summary>A page ends early when it has grown to this size.</summary>
    private const long PageBytes = 8L << 20;

    /// <summary>Enough for the upper pages of the indexes of a large file, which every look-up goes through.</summary>
    private const int CacheKibibytes = 8_192;

    /// <summary>Names of books and streams are looked up by their keys: most events of a page share them.</summary>
    private const string Columns = """
        SELECT e.position, e.book_key, e.place, e.stream_key, e.version, e.id, e.type, e.data, e.confidential,
            e.confidential_key, e.actor, e.correlation_id, e.causation_id, e.recorded_at_ticks, e.idempotency_key,
            e.body_hash, e.link
        FROM events e
        """;

    private const string OfStream = """
        WHERE e.stream_key = (SELECT stream_key FROM streams WHERE name = ?2
            AND book_key = (SELECT book_key FROM books WHERE id = ?1))
        """;

    /// <summary>Shorter than any id and so before it.</summary>
    private static readonly byte[] BeforeAnyBook = [0];

    private readonly Database database;
    private readonly Statement forwards, backwards, visit, book, feed, key, onwards, books, head;
    private readonly Names names;

    public Reader(string path)
    {
        database = Database.Open(path, forWriting: false);
        database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA cache_size = -{CacheKibibytes}"));
        names = new Names(database);
        forwards = database.Prepare($"{Columns} {OfStream} AND e.version >= ?3 ORDER BY e.version LIMIT ?4");
        backwards = database.Prepare($"{Columns} {OfStream} AND e.version <= ?3 ORDER BY e.version DESC LIMIT ?4");
        visit = database.Prepare($"""
            SELECT e.position, e.id, e.type, e.data, e.confidential_key, e.confidential
            FROM events e {OfStream} AND e.version > ?3 ORDER BY e.version LIMIT ?4
            """);
        book = database.Prepare($"""
            {Columns} WHERE e.book_key = (SELECT book_key FROM books WHERE id = ?1) AND e.place > ?2
            ORDER BY e.place LIMIT ?3
            """);
        feed = database.Prepare($"{Columns} WHERE e.position > ?1 ORDER BY e.position LIMIT ?2");
        key = database.Prepare("""
            SELECT first_position, book_key FROM idempotency_keys
            WHERE key = ?2 AND book_key = (SELECT book_key FROM books WHERE id = ?1)
            """);
        onwards = database.Prepare($"{Columns} WHERE e.position >= ?1 ORDER BY e.position");
        books = database.Prepare("""
            SELECT id FROM books b WHERE id > ?1 AND EXISTS (SELECT 1 FROM events e WHERE e.book_key = b.book_key)
            ORDER BY id LIMIT ?2
            """);
        head = database.Prepare("SELECT max(position) FROM events");
    }

    public Page Stream(BookId bookId, string name, long from, int limit, ReadDirection direction)
    {
        names.Forget();
        var query = direction == ReadDirection.Forwards ? forwards : backwards;
        return Read(query.Bind(1, bookId.Value).Bind(2, name).Bind(3, from).Bind(4, limit), limit);
    }

    /// <summary>The version of the last event shown; the one given where there are no more.</summary>
    public long Visit(BookId bookId, string name, long afterVersion, int limit, EventVisitor visitor)
    {
        visit.Bind(1, bookId.Value).Bind(2, name).Bind(3, afterVersion).Bind(4, limit);
        try
        {
            // Versions of a stream have no gap.
            for (; visit.Step(); afterVersion++)
                visitor(new VisitedEvent(
                    visit.Number(0), visit.Id(1), names.Text(visit.Bytes(2)), visit.Bytes(3), visit.IdOrNull(4), visit.Bytes(5)));
            return afterVersion;
        }
        finally
        {
            visit.Reset();
        }
    }

    public Page Book(BookId bookId, long afterPlace, int limit)
    {
        names.Forget();
        return Read(book.Bind(1, bookId.Value).Bind(2, afterPlace).Bind(3, limit), limit);
    }

    public Page Feed(long afterPosition, int limit) => Read(feed.Bind(1, afterPosition).Bind(2, limit), limit);

    /// <summary>
    /// The keys' index alone tells where an append begins, and the events themselves where it ends: all of it, and nothing
    /// beside it, has the key. One look into the table of keys would be another four pages of a large file.
    /// </summary>
    public KeyedAppend? Keyed(BookId bookId, string idempotencyKey)
    {
        key.Bind(1, bookId.Value).Bind(2, idempotencyKey);
        (long Position, long Book)? first = key.Step() ? (key.Number(0), key.Number(1)) : null;
        key.Reset();
        if (first is not { } at) return null;
        var events = new List<StoredEvent>();
        try
        {
            onwards.Bind(1, at.Position);
            // The event behind the last is another append's, whose stream's name would be looked up for nothing.
            while (onwards.Step() && onwards.Number(1) == at.Book && onwards.TextOrNull(14) == idempotencyKey)
                events.Add(Event(onwards));
        }
        finally
        {
            onwards.Reset();
        }
        return new KeyedAppend(events[0].Metadata.BodyHash ?? "", events);
    }

    public IReadOnlyList<BookId> Books(BookId? after, int limit)
    {
        var found = new List<BookId>();
        try
        {
            books.BindBytes(1, after is { } id ? id.Value.ToByteArray(bigEndian: true) : BeforeAnyBook).Bind(2, limit);
            while (books.Step()) found.Add(new BookId(books.Id(0)));
            return found;
        }
        finally
        {
            books.Reset();
        }
    }

    public long Head()
    {
        try
        {
            return head.Step() ? head.Number(0) : 0;
        }
        finally
        {
            head.Reset();
        }
    }

    public void Dispose() => database.Dispose();

    private Page Read(Statement query, int limit)
    {
        var events = new List<StoredEvent>();
        long bytes = 0;
        try
        {
            while (query.Step())
            {
                var stored = Event(query);
                events.Add(stored);
                bytes += stored.Data.Length + stored.Confidential.Length;
                if (bytes > PageBytes) return new Page(events, IsLast: false);
            }
            return new Page(events, IsLast: events.Count < limit);
        }
        finally
        {
            query.Reset();
        }
    }

    /// <summary>Bytes that no event of ours has are damage, or somebody's doing; the place says whose.</summary>
    private StoredEvent Event(Statement row)
    {
        try
        {
            return Decode(row);
        }
        catch (ArgumentException exception)
        {
            throw new EventStoreException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The event at position {row.Number(0)}, place {row.Number(2)} of its book, has a column that can't be read "
                    + $"({exception.Message}): the file was changed by something else than this program."),
                exception);
        }
    }

    private StoredEvent Decode(Statement row)
    {
        var (data, confidential, link) = Parts(row.Bytes(7), row.Bytes(8), row.Bytes(16));
        return new StoredEvent(
            Position: row.Number(0),
            Book: names.Book(row.Number(1)),
            Place: row.Number(2),
            Stream: names.Stream(row.Number(3)),
            Version: row.Number(4),
            Id: row.Id(5),
            Type: names.Text(row.Bytes(6)),
            Data: data,
            Confidential: confidential,
            ConfidentialKey: row.IdOrNull(9),
            Metadata: new EventMetadata(
                Actor: names.Text(row.Bytes(10)),
                CorrelationId: row.Id(11),
                CausationId: row.Id(12),
                RecordedAt: Instant.FromUnixTimeTicks(row.Number(13)),
                IdempotencyKey: row.TextOrNull(14),
                BodyHash: row.TextOrNull(15)),
            Link: link);
    }

    /// <summary>One array holds all three: events are read by the million.</summary>
    private static (ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Confidential, ReadOnlyMemory<byte> Link) Parts(
        ReadOnlySpan<byte> data, ReadOnlySpan<byte> confidential, ReadOnlySpan<byte> link)
    {
        var bytes = new byte[data.Length + confidential.Length + link.Length];
        data.CopyTo(bytes);
        confidential.CopyTo(bytes.AsSpan(data.Length));
        link.CopyTo(bytes.AsSpan(data.Length + confidential.Length));
        ReadOnlyMemory<byte> all = bytes;
        return (all[..data.Length], all.Slice(data.Length, confidential.Length), all[(data.Length + confidential.Length)..]);
    }
}
