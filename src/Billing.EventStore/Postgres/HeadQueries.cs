using Billing.EventStore.Port;
using Npgsql;
using NpgsqlTypes;

namespace Billing.EventStore.Postgres;

/// <summary>What has to be read before a group can be decided, asked for in one round trip.</summary>
internal sealed class HeadQueries
{
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

    private readonly List<(BookId Book, Guid Id)> ids = [];

    /// <summary>To be filled; a book that is not found keeps its empty head.</summary>
    public List<(BookId Book, BookHead Head)> Books { get; } = [];

    /// <summary>To be filled; a stream that is not found keeps its empty head.</summary>
    public List<((BookId Book, string Name) Stream, StreamHead Head)> Streams { get; } = [];

    public List<(BookId Book, string Key)> Keys { get; } = [];

    public void AddSites(AppendRequest request)
    {
        foreach (var write in request.Writes)
            foreach (var @event in write.Events) ids.Add((request.Book, @event.Id));
    }

    public void Run(
        NpgsqlConnection connection, Dictionary<(BookId Book, Guid Id), EventSite> sites, HashSet<(BookId Book, string Key)> keys)
    {
        using var batch = Batch(connection);
        if (batch.BatchCommands.Count == 0) return;
        using var row = batch.ExecuteReader();
        foreach (var command in batch.BatchCommands)
        {
            while (row.Read())
            {
                var n = checked((int)row.GetInt64(0)) - 1;
                switch (command.CommandText)
                {
                    case ReadBooks:
                        (Books[n].Head.Key, Books[n].Head.Place) = (row.GetInt64(1), row.GetInt64(2));
                        Books[n].Head.Link = row.GetFieldValue<byte[]>(3);
                        break;
                    case ReadStreams:
                        (Streams[n].Head.Key, Streams[n].Head.Version) = (row.GetInt64(1), row.GetInt64(2));
                        break;
                    case ReadSites:
                        sites[ids[n]] = new EventSite(row.GetInt64(1), row.GetInt64(2), row.GetString(3), row.GetInt64(4));
                        break;
                    default:
                        keys.Add(Keys[n]);
                        break;
                }
            }
            row.NextResult();
        }
    }

    private NpgsqlBatch Batch(NpgsqlConnection connection)
    {
        const NpgsqlDbType id = NpgsqlDbType.Uuid, text = NpgsqlDbType.Text;
        var batch = new NpgsqlBatch(connection);
        if (Books.Count > 0) batch.Add(ReadBooks, (id, Books.ConvertAll(b => b.Book.Value)));
        if (Streams.Count > 0)
            batch.Add(
                ReadStreams,
                (id, Streams.ConvertAll(s => s.Stream.Book.Value)), (text, Streams.ConvertAll(s => s.Stream.Name)));
        if (ids.Count > 0) batch.Add(ReadSites, (id, ids.ConvertAll(i => i.Book.Value)), (id, ids.ConvertAll(i => i.Id)));
        if (Keys.Count > 0) batch.Add(ReadKeys, (id, Keys.ConvertAll(k => k.Book.Value)), (text, Keys.ConvertAll(k => k.Key)));
        return batch;
    }
}
