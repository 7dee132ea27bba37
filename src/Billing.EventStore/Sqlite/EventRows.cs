using Billing.EventStore.Port;

namespace Billing.EventStore.Sqlite;

/// <summary>The rows of books, streams and events as the writer puts them down.</summary>
internal sealed class EventRows(Database database)
{
    private readonly Statement insertBook = database.Prepare("INSERT INTO books (book_key, id) VALUES (?1, ?2)");

    private readonly Statement insertStream = database.Prepare(
        "INSERT INTO streams (stream_key, book_key, name) VALUES (?1, ?2, ?3)");

    private readonly Statement insertEvent = database.Prepare("""
        INSERT INTO events (
            position, book_key, place, stream_key, version, id, type, actor, correlation_id, causation_id,
            recorded_at_ticks, idempotency_key, body_hash, link, confidential_key, confidential, data)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
        """);

    private readonly Statement findSite = database.Prepare("""
        SELECT e.position, e.place, s.name, e.version FROM events e CROSS JOIN streams s ON s.stream_key = e.stream_key
        WHERE e.id = ?1 AND e.book_key = ?2
        """);

    public void AddBook(long bookKey, BookId book) => insertBook.Bind(1, bookKey).Bind(2, book.Value).Run();

    public void AddStream(long streamKey, long bookKey, string name) =>
        insertStream.Bind(1, streamKey).Bind(2, bookKey).Bind(3, name).Run();

    /// <summary>What all events of one append share. It stays bound until the next append.</summary>
    public void BindMetadata(long bookKey, EventMetadata metadata) => insertEvent
        .Bind(2, bookKey)
        .Bind(8, metadata.Actor)
        .Bind(9, metadata.CorrelationId)
        .Bind(10, metadata.CausationId)
        .Bind(11, metadata.RecordedAt.ToUnixTimeTicks())
        .Bind(12, metadata.IdempotencyKey)
        .Bind(13, metadata.BodyHash);

    public void Add(long position, long place, long streamKey, long version, NewEvent @event, byte[] link) => insertEvent
        .Bind(1, position)
        .Bind(3, place)
        .Bind(4, streamKey)
        .Bind(5, version)
        .Bind(6, @event.Id)
        .Bind(7, @event.Type)
        .BindBytes(14, link)
        .Bind(15, @event.ConfidentialKey)
        .BindBytes(16, @event.Confidential.Span)
        .BindText(17, @event.Data.Span)
        .Run();

    public EventSite? FindSite(long bookKey, Guid id)
    {
        findSite.Bind(1, id).Bind(2, bookKey);
        EventSite? site = findSite.Step()
            ? new EventSite(findSite.Number(0), findSite.Number(1), findSite.Text(2), findSite.Number(3))
            : null;
        findSite.Reset();
        return site;
    }
}
