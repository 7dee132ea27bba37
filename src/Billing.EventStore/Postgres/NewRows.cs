using Billing.EventStore.Port;
using Npgsql;
using NpgsqlTypes;

namespace Billing.EventStore.Postgres;

/// <summary>The rows that one group adds, by columns, as they travel in one round trip.</summary>
internal sealed class NewRows
{
    private const string InsertBooks = "INSERT INTO books (book_key, id) SELECT * FROM unnest($1::bigint[], $2::uuid[])";

    private const string InsertStreams = """
        INSERT INTO streams (stream_key, book_key, name) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[])
        """;

    private const string InsertEvents = """
        INSERT INTO events (
            position, book_key, place, stream_key, version, recorded_at_ticks, id, correlation_id, causation_id,
            confidential_key, type, actor, idempotency_key, body_hash, link, confidential, data)
        SELECT * FROM unnest(
            $1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::uuid[], $8::uuid[],
            $9::uuid[], $10::uuid[], $11::text[], $12::text[], $13::text[], $14::text[], $15::bytea[], $16::bytea[], $17::bytea[])
        """;

    private const string InsertKeys = """
        INSERT INTO idempotency_keys (first_position, last_position, book_key, key, recorded_at_ticks)
        SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[])
        """;

    private readonly List<long> bookKeys = [], streamKeys = [], streamBooks = [];
    private readonly List<long> positions = [], books = [], places = [], streams = [], versions = [], recorded = [];
    private readonly List<long> keyFirsts = [], keyLasts = [], keyBooks = [], keyRecorded = [];
    private readonly List<Guid> bookIds = [], ids = [], correlations = [], causations = [];
    private readonly List<Guid?> confidentialKeys = [];
    private readonly List<string> names = [], types = [], actors = [], keys = [];
    private readonly List<string?> idempotencyKeys = [], bodyHashes = [];
    private readonly List<byte[]> links = [];
    private readonly List<ReadOnlyMemory<byte>> confidential = [], data = [];

    public int Events => positions.Count;

    public int Keys => keys.Count;

    public void AddBook(long key, BookId book)
    {
        bookKeys.Add(key);
        bookIds.Add(book.Value);
    }

    public void AddStream(long key, long bookKey, string name)
    {
        streamKeys.Add(key);
        streamBooks.Add(bookKey);
        names.Add(name);
    }

    public void AddKey(long bookKey, EventMetadata metadata, long firstPosition, long lastPosition)
    {
        keyFirsts.Add(firstPosition);
        keyLasts.Add(lastPosition);
        keyBooks.Add(bookKey);
        keys.Add(metadata.IdempotencyKey!);
        keyRecorded.Add(metadata.RecordedAt.ToUnixTimeTicks());
    }

    public void AddEvent(long bookKey, long streamKey, EventSite site, NewEvent @event, EventMetadata metadata, byte[] link)
    {
        positions.Add(site.Position);
        books.Add(bookKey);
        places.Add(site.Place);
        streams.Add(streamKey);
        versions.Add(site.Version);
        recorded.Add(metadata.RecordedAt.ToUnixTimeTicks());
        ids.Add(@event.Id);
        correlations.Add(metadata.CorrelationId);
        causations.Add(metadata.CausationId);
        confidentialKeys.Add(@event.ConfidentialKey);
        types.Add(@event.Type);
        actors.Add(metadata.Actor);
        idempotencyKeys.Add(metadata.IdempotencyKey);
        bodyHashes.Add(metadata.BodyHash);
        links.Add(link);
        confidential.Add(@event.Confidential);
        data.Add(@event.Data);
    }

    public void InsertInto(NpgsqlBatch batch)
    {
        const NpgsqlDbType number = NpgsqlDbType.Bigint, id = NpgsqlDbType.Uuid, text = NpgsqlDbType.Text;
        const NpgsqlDbType bytes = NpgsqlDbType.Bytea;
        if (bookKeys.Count > 0) batch.Add(InsertBooks, (number, bookKeys), (id, bookIds));
        if (streamKeys.Count > 0) batch.Add(InsertStreams, (number, streamKeys), (number, streamBooks), (text, names));
        if (positions.Count > 0)
            batch.Add(
                InsertEvents,
                (number, positions), (number, books), (number, places), (number, streams), (number, versions),
                (number, recorded), (id, ids), (id, correlations), (id, causations), (id, confidentialKeys),
                (text, types), (text, actors), (text, idempotencyKeys), (text, bodyHashes),
                (bytes, links), (bytes, confidential), (bytes, data));
        if (keys.Count > 0)
            batch.Add(
                InsertKeys, (number, keyFirsts), (number, keyLasts), (number, keyBooks), (text, keys), (number, keyRecorded));
    }
}
