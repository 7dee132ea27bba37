using Billing.EventStore.KurrentDb.Protocol;
using Billing.EventStore.Port;

namespace Billing.EventStore.KurrentDb;

/// <summary>
/// Appends that go to a book's physical stream together, each decided on what is stored and on those before it in the
/// draft. The index itself changes only once the server has stored the draft, so that a draft can be thrown away.
/// </summary>
internal sealed class BookDraft
{
    private readonly BookId book;
    private readonly BookIndex index;
    private readonly Dictionary<string, long> versions = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, EventSite> sites = [];
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);
    private ReadOnlyMemory<byte> link;

    /// <param name="index">Locked by the caller while the draft decides.</param>
    public BookDraft(BookId book, BookIndex index)
    {
        (this.book, this.index) = (book, index);
        (Base, link) = (index.Place, index.Link);
    }

    /// <summary>An event with its place. <paramref name="First"/> is the place of the first event of its append.</summary>
    public sealed record Planned(NewEvent Event, string Stream, long Version, long First, long Place, byte[] Link);

    /// <summary>The place that the book must still have when the draft is stored.</summary>
    public long Base { get; }

    public List<ProposedMessage> Messages { get; } = [];

    public List<FiledEvent> Events { get; } = [];

    public int Bytes { get; private set; }

    public bool HasConflict { get; private set; }

    private long Place => Base + Events.Count;

    /// <summary>The outcome once the draft is stored; the position of what it appends is not known before.</summary>
    /// <exception cref="ArgumentException">An event id is used twice.</exception>
    public AppendOutcome Decide(AppendRequest request)
    {
        if (Repeat.Find(request, Site) is { } repeated) return repeated;
        if (request.Metadata.IdempotencyKey is { } key && (keys.Contains(key) || index.Key(key) is not null))
            return new AppendOutcome.KeyTaken(key);
        if (FindConflict(request) is { } conflict)
        {
            HasConflict = true;
            return conflict;
        }
        Repeat.RefuseDoubles(request);
        return Plan(request);
    }

    private AppendOutcome.Appended Plan(AppendRequest request)
    {
        var first = Place + 1;
        var made = new long[request.Writes.Count];
        for (var i = 0; i < made.Length; i++)
        {
            var write = request.Writes[i];
            var version = Version(write.Stream);
            foreach (var @event in write.Events) Plan(@event, write.Stream, ++version, first, request.Metadata);
            made[i] = versions[write.Stream] = version;
        }
        if (request.Metadata.IdempotencyKey is { } key) keys.Add(key);
        return new AppendOutcome.Appended(0, Place, made, Repeated: false);
    }

    /// <summary>
    /// The server gets an id of its own for each try. With the event's id it would take a second try for the first one,
    /// though it may have been made at another time and so have another link.
    /// </summary>
    private void Plan(NewEvent @event, string stream, long version, long first, EventMetadata metadata)
    {
        var place = Place + 1;
        var next = Chain.Link(link.Span, book, place, stream, version, @event, metadata);
        var message = EventForm.Proposed(
            new Planned(@event, stream, version, first, place, next), Guid.CreateVersion7(), metadata);
        Messages.Add(message);
        Bytes += EventForm.Size(message);
        link = next;
        sites.Add(@event.Id, new EventSite(0, place, stream, version));
        Events.Add(new FiledEvent(first, new StoredEvent(
            0, book, place, stream, version, @event.Id, @event.Type, @event.Data, @event.Confidential, @event.ConfidentialKey,
            metadata, next)));
    }

    private AppendOutcome.Conflict? FindConflict(AppendRequest request)
    {
        foreach (var write in request.Writes)
            if (write.ExpectedVersion != StreamAppend.AnyVersion && Conflict(write.Stream, write.ExpectedVersion) is { } found)
                return found;
        foreach (var check in request.Checks)
            if (Conflict(check.Stream, check.ExpectedVersion) is { } found) return found;
        return null;
    }

    private AppendOutcome.Conflict? Conflict(string stream, long expected) =>
        Version(stream) is var actual && actual != expected ? new AppendOutcome.Conflict(stream, expected, actual) : null;

    private long Version(string stream) => versions.TryGetValue(stream, out var version) ? version : index.Version(stream);

    private EventSite? Site(Guid eventId) => sites.TryGetValue(eventId, out var site) ? site : index.Site(eventId);
}
