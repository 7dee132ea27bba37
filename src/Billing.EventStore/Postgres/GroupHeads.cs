using Billing.EventStore.Port;
using Npgsql;
using NpgsqlTypes;

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
/// All that the appends of one group can be decided by: read in one round trip under the writing lock, and kept up to
/// date while the group is decided. Nothing of it outlives the group, for then another process may write.
/// </summary>
internal sealed class GroupHeads
{
    private const string ReadCounters = """
        SELECT coalesce((SELECT max(position) FROM events), 0), coalesce((SELECT max(book_key) FROM books), 0),
            coalesce((SELECT max(stream_key) FROM streams), 0)
        """;

    private const string ReadBooks = """
        SELECT q.n, b.book_key, e.place, e.link
        FROM unnest($1::uuid[]) WITH ORDINALITY q (id, n) JOIN books b ON b.id = q.id
        CROSS JOIN LATERAL (SELECT place, link FROM events WHERE book_key = b.book_key ORDER BY place DESC LIMIT 1) e
        """;

    private const string ReadStreams = """
        SELECT q.n, s.stream_key, (SELECT max(version) FROM events WHERE stream_key = s.stream_key)
        FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY q (book, name, n)
        JOIN books b ON b.id = q.book JOIN streams s ON s.book_key = b.book_key AND s.name = q.name COLLATE "C"
        """;

    private const string ReadSites = """
        SELECT q.n, e.position, e.place, s.name, e.version
        FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY q (book, id, n)
        JOIN events e ON e.id = q.id JOIN books b ON b.book_key = e.book_key AND b.id = q.book
        JOIN streams s ON s.stream_key = e.stream_key
        """;

    private const string ReadKeys = """
        SELECT q.n FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY q (book, key, n)
        JOIN books b ON b.id = q.book JOIN idempotency_keys k ON k.book_key = b.book_key AND k.key = q.key COLLATE "C"
        """;

    private readonly Dictionary<BookId, BookHead> books = [];
    private readonly Dictionary<(BookId Book, string Name), StreamHead> streams = [];
    private readonly Dictionary<(BookId Book, Guid Id), EventSite> sites = [];
    private readonly HashSet<(BookId Book, string Key)> keys = [];

    private GroupHeads() { }

    /// <summary>The newest position given so far.</summary>
    public long Position { get; set; }

    /// <summary>The newest key given to a book.</summary>
    public long BookKeys { get; set; }

    /// <summary>The newest key given to a stream.</summary>
    public long StreamKeys { get; set; }

    public static GroupHeads Read(NpgsqlConnection connection, IEnumerable<AppendRequest> requests)
    {
        var heads = new GroupHeads();
        var ids = new List<(BookId Book, Guid Id)>();
        var keyed = new HashSet<(BookId Book, string Key)>();
        foreach (var request in requests)
        {
            heads.books.TryAdd(request.Book, new BookHead());
            foreach (var write in request.Writes)
            {
                heads.streams.TryAdd((request.Book, write.Stream), new StreamHead());
                foreach (var @event in write.Events) ids.Add((request.Book, @event.Id));
            }
            foreach (var check in request.Checks) heads.streams.TryAdd((request.Book, check.Stream), new StreamHead());
            if (request.Metadata.IdempotencyKey is { } key) keyed.Add((request.Book, key));
        }
        heads.ReadAll(connection, ids, [.. keyed]);
        return heads;
    }

    public BookHead Book(BookId book) => books[book];

    public StreamHead Stream(BookId book, string name) => streams[(book, name)];

    public EventSite? Site(BookId book, Guid id) => sites.TryGetValue((book, id), out var site) ? site : null;

    public void Add(BookId book, Guid id, EventSite site) => sites.Add((book, id), site);

    public bool IsTaken(BookId book, string key) => keys.Contains((book, key));

    public void Take(BookId book, string key) => keys.Add((book, key));

    private void ReadAll(NpgsqlConnection connection, List<(BookId Book, Guid Id)> ids, List<(BookId Book, string Key)> keyed)
    {
        var askedBooks = books.ToArray();
        var askedStreams = streams.ToArray();
        using var batch = new NpgsqlBatch(connection);
        batch.Add(ReadCounters);
        batch.Add(ReadBooks, (NpgsqlDbType.Uuid, Array.ConvertAll(askedBooks, b => b.Key.Value)));
        batch.Add(
            ReadStreams,
            (NpgsqlDbType.Uuid, Array.ConvertAll(askedStreams, s => s.Key.Book.Value)),
            (NpgsqlDbType.Text, Array.ConvertAll(askedStreams, s => s.Key.Name)));
        batch.Add(
            ReadSites,
            (NpgsqlDbType.Uuid, ids.ConvertAll(i => i.Book.Value)),
            (NpgsqlDbType.Uuid, ids.ConvertAll(i => i.Id)));
        if (keyed.Count > 0)
            batch.Add(
                ReadKeys,
                (NpgsqlDbType.Uuid, keyed.ConvertAll(k => k.Book.Value)),
                (NpgsqlDbType.Text, keyed.ConvertAll(k => k.Key)));

        using var row = batch.ExecuteReader();
        row.Read();
        (Position, BookKeys, StreamKeys) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
        foreach (var n in Numbers(row))
        {
            var head = askedBooks[n].Value;
            (head.Key, head.Place, head.Link) = (row.GetInt64(1), row.GetInt64(2), row.GetFieldValue<byte[]>(3));
        }
        foreach (var n in Numbers(row))
            (askedStreams[n].Value.Key, askedStreams[n].Value.Version) = (row.GetInt64(1), row.GetInt64(2));
        foreach (var n in Numbers(row))
            sites[ids[n]] = new EventSite(row.GetInt64(1), row.GetInt64(2), row.GetString(3), row.GetInt64(4));
        if (keyed.Count == 0) return;
        foreach (var n in Numbers(row)) keys.Add(keyed[n]);
    }

    /// <summary>For each row of the next result: which of the things asked for it answers.</summary>
    private static IEnumerable<int> Numbers(NpgsqlDataReader row)
    {
        row.NextResult();
        while (row.Read()) yield return (int)row.GetInt64(0) - 1;
    }
}
