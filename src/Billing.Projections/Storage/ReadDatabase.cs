using System.Collections.Concurrent;
using Billing.EventStore.Port;

namespace Billing.Projections.Storage;

/// <summary>
/// The read models, in whichever database: one writer and many readers. Everything in it is worked out from the events and
/// may be thrown away at any time.
/// </summary>
public abstract class ReadDatabase : IDisposable
{
    private const int MostKnownBooks = 100_000;

    private readonly ConcurrentDictionary<BookId, long> bookKeys = [];

    internal abstract Session Writer { get; }

    /// <summary>Who may write, where several processes could; null where there is only one.</summary>
    internal virtual IWritingLease? Lease => null;

    /// <summary>Runs a query over one state of the read models, however many statements it takes.</summary>
    internal abstract T Read<T>(Func<Session, T> query);

    /// <summary>The same for one book, by the number that the tables know it by; a book that is not there has no rows.</summary>
    internal T Read<T>(BookId book, Func<Session, long, T> query) => Read(session => query(session, BookKey(session, book)));

    public abstract void Dispose();

    /// <summary>Books are numbered in the order of the feed, so a number once read holds for good, rebuilds included.</summary>
    private long BookKey(Session session, BookId book)
    {
        if (bookKeys.TryGetValue(book, out var known)) return known;
        var key = session.Row("SELECT book FROM books WHERE book_id = ?1", row => row.Long(), book.Value);
        if (key != 0 && bookKeys.Count < MostKnownBooks) bookKeys[book] = key;
        return key;
    }
}
