using Billing.EventStore.Port;
using NodaTime;
using Npgsql;

namespace Billing.EventStore.Postgres;

/// <summary>
/// The queries. Reads are cut into pages, each a snapshot and a connection's turn of its own. Stored events never change,
/// so pages fit together.
/// </summary>
internal sealed class Reader(Server server)
{
    private const int PageEvents = 1_000;

    /// <summary>A page ends early when it has grown to this size.</summary>
    private const long PageBytes = 8L << 20;

    private const string OfBook = "book_key = (SELECT book_key FROM books WHERE id = $3)";

    private const string OfStream = $"""
        stream_key = (SELECT stream_key FROM streams WHERE {OfBook} AND name = $4)
        """;

    private static readonly string
        Feed = Page("position > $1", "position"),
        Book = Page($"{OfBook} AND place > $1", "place"),
        Forwards = Page($"{OfStream} AND version >= $1", "version"),
        Backwards = Page($"{OfStream} AND version <= $1", "version DESC");

    /// <summary>The bounds of a page are found before names are joined to it.</summary>
    private static string Page(string where, string order) => $"""
        SELECT e.position, b.id, e.place, s.name, e.version, e.id, e.type, e.data, e.confidential, e.confidential_key,
            e.actor, e.correlation_id, e.causation_id, e.recorded_at_ticks, e.idempotency_key, e.body_hash, e.link
        FROM (
            SELECT *, sum(octet_length(data) + octet_length(confidential)) OVER (
                ORDER BY {order} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS bytes_before
            FROM events WHERE {where} ORDER BY {order} LIMIT $2
        ) e
        JOIN streams s ON s.stream_key = e.stream_key JOIN books b ON b.book_key = e.book_key
        WHERE e.bytes_before IS NULL OR e.bytes_before <= {PageBytes}
        ORDER BY e.{order}
        """;

    public Task<IReadOnlyList<StoredEvent>> ReadStream(
        BookId book, string stream, long from, int limit, ReadDirection direction, CancellationToken cancellationToken)
    {
        var (query, step) = direction == ReadDirection.Forwards ? (Forwards, 1) : (Backwards, -1);
        return ReadPages(
            limit,
            (last, size) => ReadPage(query, last is null ? from : last.Version + step, size, [book.Value, stream], cancellationToken));
    }

    public Task<IReadOnlyList<StoredEvent>> ReadBook(BookId book, long afterPlace, int limit, CancellationToken cancellationToken) =>
        ReadPages(limit, (last, size) => ReadPage(Book, last?.Place ?? afterPlace, size, [book.Value], cancellationToken));

    public Task<IReadOnlyList<StoredEvent>> ReadFeed(long afterPosition, int limit, CancellationToken cancellationToken) =>
        ReadPages(limit, (last, size) => ReadPage(Feed, last?.Position ?? afterPosition, size, [], cancellationToken));

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadFeedPage(long afterPosition, CancellationToken cancellationToken) =>
        await ReadPage(Feed, afterPosition, PageEvents, [], cancellationToken).ConfigureAwait(false);

    public Task<long> Head(CancellationToken cancellationToken) => server.Use(
        connection => Head(connection, cancellationToken), cancellationToken);

    public static async Task<long> Head(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT coalesce(max(position), 0) FROM events", connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    public async Task<KeyedAppend?> Keyed(BookId book, string key, CancellationToken cancellationToken)
    {
        var found = await server.Use(
            async connection =>
            {
                await using var command = new NpgsqlCommand(
                    """
                    SELECT first_position, last_position FROM idempotency_keys
                    WHERE key = $2 AND book_key = (SELECT book_key FROM books WHERE id = $1)
                    """,
                    connection)
                { Parameters = { new() { Value = book.Value }, new() { Value = key } } };
                await using var row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                return await row.ReadAsync(cancellationToken).ConfigureAwait(false)
                    ? (First: row.GetInt64(0), Last: row.GetInt64(1))
                    : default;
            },
            cancellationToken).ConfigureAwait(false);
        if (found == default) return null;
        var events = await ReadFeed(found.First - 1, checked((int)(found.Last - found.First + 1)), cancellationToken)
            .ConfigureAwait(false);
        return new KeyedAppend(events[0].Metadata.BodyHash ?? "", events);
    }

    /// <summary>Reads pages until the limit is reached or there is no more. The page starts behind the last event given.</summary>
    private static async Task<IReadOnlyList<StoredEvent>> ReadPages(
        int limit, Func<StoredEvent?, int, Task<List<StoredEvent>>> readPage)
    {
        var all = new List<StoredEvent>();
        while (all.Count < limit)
        {
            var size = Math.Min(limit - all.Count, PageEvents);
            var page = await readPage(all.Count == 0 ? null : all[^1], size).ConfigureAwait(false);
            if (page.Count == limit) return page;
            all.AddRange(page);
            if (page.Count < size && Bytes(page) <= PageBytes) break;
        }
        return all;
    }

    private static long Bytes(List<StoredEvent> page) => page.Sum(e => (long)e.Data.Length + e.Confidential.Length);

    private Task<List<StoredEvent>> ReadPage(
        string query, long bound, int size, object[] of, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return server.Use(
            async connection =>
            {
                await using var command = new NpgsqlCommand(query, connection)
                {
                    Parameters = { new NpgsqlParameter<long> { TypedValue = bound }, new NpgsqlParameter<int> { TypedValue = size } },
                };
                foreach (var value in of) command.Parameters.Add(new NpgsqlParameter { Value = value });
                var events = new List<StoredEvent>();
                await using var row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) events.Add(Event(row));
                return events;
            },
            cancellationToken);
    }

    private static StoredEvent Event(NpgsqlDataReader row) => new(
        Position: row.GetInt64(0),
        Book: new BookId(row.GetGuid(1)),
        Place: row.GetInt64(2),
        Stream: row.GetString(3),
        Version: row.GetInt64(4),
        Id: row.GetGuid(5),
        Type: row.GetString(6),
        Data: row.GetFieldValue<byte[]>(7),
        Confidential: row.GetFieldValue<byte[]>(8),
        ConfidentialKey: row.IsDBNull(9) ? null : row.GetGuid(9),
        Metadata: new EventMetadata(
            Actor: row.GetString(10),
            CorrelationId: row.GetGuid(11),
            CausationId: row.GetGuid(12),
            RecordedAt: Instant.FromUnixTimeTicks(row.GetInt64(13)),
            IdempotencyKey: row.IsDBNull(14) ? null : row.GetString(14),
            BodyHash: row.IsDBNull(15) ? null : row.GetString(15)),
        Link: row.GetFieldValue<byte[]>(16));
}
