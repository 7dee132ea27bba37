using Billing.EventStore.Port;
using Billing.EventStore.Writing;

namespace Billing.EventStore.Sqlite;

/// <summary>Where a book stands. Key 0: not stored yet.</summary>
internal sealed class BookHead(BookId id, long key, long place, byte[] link)
{
    public BookId Id { get; } = id;

    public long Key { get; set; } = key;

    public long Place { get; set; } = place;

    public byte[] Link { get; set; } = link;
}

/// <summary>Where a stream stands. Key 0: not stored yet.</summary>
internal sealed class StreamHead(long key, long version)
{
    public long Key { get; set; } = key;

    public long Version { get; set; } = version;
}

/// <summary>
/// The heads of books and streams as the open transaction sees them, read from the tables when they are not in memory.
/// They die with their session when a transaction fails, so outside of one they always tell what is committed.
/// </summary>
internal sealed class Heads(Database database, int capacity)
{
    private readonly Generations<BookId, BookHead> books = new(capacity);
    private readonly Generations<(BookId, string), StreamHead> streams = new(capacity);

    private readonly Statement findBook = database.Prepare("""
        SELECT b.book_key, e.place, e.link FROM books b CROSS JOIN events e ON e.book_key = b.book_key
        WHERE b.id = ?1 ORDER BY e.place DESC LIMIT 1
        """);

    private readonly Statement findStream = database.Prepare("""
        SELECT s.stream_key, (SELECT max(e.version) FROM events e WHERE e.stream_key = s.stream_key)
        FROM streams s WHERE s.book_key = ?1 AND s.name = ?2
        """);

    public BookHead Book(BookId id)
    {
        if (books.Find(id) is { } known) return known;
        findBook.Bind(1, id.Value);
        var head = findBook.Step()
            ? new BookHead(id, findBook.Number(0), findBook.Number(1), findBook.Bytes(2).ToArray())
            : new BookHead(id, 0, 0, Chain.Origin.ToArray());
        findBook.Reset();
        books.Add(id, head);
        return head;
    }

    public StreamHead Stream(BookHead book, string name)
    {
        if (streams.Find((book.Id, name)) is { } known) return known;
        findStream.Bind(1, book.Key).Bind(2, name);
        var head = findStream.Step() ? new StreamHead(findStream.Number(0), findStream.Number(1)) : new StreamHead(0, 0);
        findStream.Reset();
        streams.Add((book.Id, name), head);
        return head;
    }
}
