using Billing.EventStore.Port;
using Billing.EventStore.Writing;
using Npgsql;

namespace Billing.EventStore.Postgres;

/// <summary>Where a book stands. Key 0: not stored yet.</summary>
internal sealed class BookHead
{
    public long Key { get; set; }

    public long Place { get; set; }

    public byte[] Link { get; set; } = Chain.Origin.ToArray();
}

/// <summary>Where a stream stands. Key 0: not stored yet.</summary>
internal sealed class StreamHead
{
    public long Key { get; set; }

    public long Version { get; set; }
}

/// <summary>
/// All that the appends of one group are decided by. Heads stay in memory from group to group; what other processes wrote
/// in between is learnt under the writing lock before anything is decided. Event ids and idempotency keys are looked up for
/// one group alone. What is decided moves the heads, so they are of no use once a transaction fails.
/// </summary>
internal sealed class Heads(NpgsqlConnection connection, int capacity)
{
    private readonly Dictionary<BookId, BookHead> books = [];
    private readonly Dictionary<(BookId Book, string Name), StreamHead> streams = [];
    private readonly Dictionary<(BookId Book, Guid Id), EventSite> sites = [];
    private readonly HashSet<(BookId Book, string Key)> keys = [];
    private Generations<BookId, BookHead> knownBooks = new(capacity);
    private Generations<(BookId Book, string Name), StreamHead> knownStreams = new(capacity);

    /// <summary>The newest position given so far.</summary>
    public long Position { get; set; }

    /// <summary>The newest key given to a book.</summary>
    public long BookKeys { get; set; }

    /// <summary>The newest key given to a stream.</summary>
    public long StreamKeys { get; set; }

    /// <summary>An event that another process wrote after those known here; to be told in order, without leaving one out.</summary>
    public void Learn(long position, BookId book, BookHead bookHead, string stream, StreamHead streamHead)
    {
        Position = position;
        if (knownBooks.Find(book) is { } known)
            (known.Key, known.Place, known.Link) = (bookHead.Key, bookHead.Place, bookHead.Link);
        if (knownStreams.Find((book, stream)) is { } moved)
            (moved.Key, moved.Version) = (streamHead.Key, streamHead.Version);
    }

    /// <summary>Begins a group, at the position that is the newest now. What was not learnt up to there is read again.</summary>
    public void Begin(long position, long bookKeys, long streamKeys)
    {
        if (position != Position) Forget();
        (Position, BookKeys, StreamKeys) = (position, bookKeys, streamKeys);
        books.Clear();
        streams.Clear();
        sites.Clear();
        keys.Clear();
    }

    public void Forget() => (knownBooks, knownStreams) = (new(capacity), new(capacity));

    /// <summary>Reads, in one round trip, what these requests need and memory does not have.</summary>
    /// <param name="withSites">
    /// Whether to look every event id up. Otherwise only those of appends at any version: the others find another version
    /// than they expect where they were stored before.
    /// </param>
    public void Read(IEnumerable<AppendRequest> requests, bool withSites)
    {
        var missing = new HeadQueries();
        foreach (var request in requests)
        {
            FindBook(request.Book, missing);
            foreach (var write in request.Writes) FindStream((request.Book, write.Stream), missing);
            foreach (var check in request.Checks) FindStream((request.Book, check.Stream), missing);
            if (request.Metadata.IdempotencyKey is { } key) missing.Keys.Add((request.Book, key));
            if (withSites || request.Writes.Any(w => w.ExpectedVersion == StreamAppend.AnyVersion)) missing.AddSites(request);
        }
        missing.Run(connection, sites, keys);
        foreach (var (book, head) in missing.Books) knownBooks.Add(book, head);
        foreach (var (stream, head) in missing.Streams) knownStreams.Add(stream, head);
    }

    /// <summary>Looks up where the events of these appends lie, if they do.</summary>
    public void ReadSites(IEnumerable<AppendRequest> requests)
    {
        var missing = new HeadQueries();
        foreach (var request in requests) missing.AddSites(request);
        missing.Run(connection, sites, keys);
    }

    public BookHead Book(BookId book) => books[book];

    public StreamHead Stream(BookId book, string name) => streams[(book, name)];

    public EventSite? Site(BookId book, Guid id) => sites.TryGetValue((book, id), out var site) ? site : null;

    public void Add(BookId book, Guid id, EventSite site) => sites.Add((book, id), site);

    public bool IsTaken(BookId book, string key) => keys.Contains((book, key));

    public void Take(BookId book, string key) => keys.Add((book, key));

    private void FindBook(BookId book, HeadQueries missing)
    {
        if (books.ContainsKey(book)) return;
        var head = knownBooks.Find(book);
        if (head is null) missing.Books.Add((book, head = new BookHead()));
        books.Add(book, head);
    }

    private void FindStream((BookId, string) stream, HeadQueries missing)
    {
        if (streams.ContainsKey(stream)) return;
        var head = knownStreams.Find(stream);
        if (head is null) missing.Streams.Add((stream, head = new StreamHead()));
        streams.Add(stream, head);
    }
}
