using Billing.EventStore.Port;

namespace Billing.EventStore.Memory;

/// <summary>One book of the memory store. Its owner serialises all calls.</summary>
internal sealed class MemoryBook(BookId id)
{
    private readonly Dictionary<string, List<StoredEvent>> streams = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, StoredEvent> byId = [];
    private readonly Dictionary<string, KeyedAppend> keys = new(StringComparer.Ordinal);

    public List<StoredEvent> Events { get; } = [];

    public List<StoredEvent>? Stream(string name) => streams.GetValueOrDefault(name);

    public KeyedAppend? FindKey(string key) => keys.GetValueOrDefault(key);

    public AppendOutcome Append(AppendRequest request, List<StoredEvent> feed)
    {
        if (Repeat.Find(request, Site) is { } repeated) return repeated;
        if (request.Metadata.IdempotencyKey is { } key && keys.ContainsKey(key)) return new AppendOutcome.KeyTaken(key);
        if (FindConflict(request) is { } conflict) return conflict;

        var added = Store(request, feed.Count);
        feed.AddRange(added);
        if (request.Metadata.IdempotencyKey is { } newKey)
            keys.Add(newKey, new KeyedAppend(request.Metadata.BodyHash ?? "", added));
        var versions = request.Writes.Select(w => Version(w.Stream)).ToList();
        return new AppendOutcome.Appended(added[^1].Position, added[^1].Place, versions, Repeated: false);
    }

    private List<StoredEvent> Store(AppendRequest request, long position)
    {
        var ids = request.Writes.SelectMany(w => w.Events).Select(e => e.Id).ToList();
        if (ids.Distinct().Count() < ids.Count) throw Repeat.ReusedId(ids[0]);
        var added = new List<StoredEvent>(ids.Count);
        foreach (var write in request.Writes)
        {
            if (!streams.TryGetValue(write.Stream, out var stream)) streams.Add(write.Stream, stream = []);
            foreach (var @event in write.Events)
            {
                var stored = Stored(++position, write.Stream, stream.Count + 1, @event, request.Metadata);
                Events.Add(stored);
                stream.Add(stored);
                byId.Add(stored.Id, stored);
                added.Add(stored);
            }
        }
        return added;
    }

    /// <summary>The bytes are copied: the caller may use its buffers again.</summary>
    private StoredEvent Stored(long position, string stream, long version, NewEvent @event, EventMetadata metadata)
    {
        var previous = Events.Count == 0 ? Chain.Origin : Events[^1].Link;
        var place = Events.Count + 1;
        return new StoredEvent(
            position, id, place, stream, version, @event.Id, @event.Type, @event.Data.ToArray(), @event.Confidential.ToArray(),
            @event.ConfidentialKey, metadata, Chain.Link(previous.Span, id, place, stream, version, @event, metadata));
    }

    private AppendOutcome.Conflict? FindConflict(AppendRequest request)
    {
        var expectations = request.Writes
            .Where(w => w.ExpectedVersion != StreamAppend.AnyVersion)
            .Select(w => (w.Stream, w.ExpectedVersion))
            .Concat(request.Checks.Select(c => (c.Stream, c.ExpectedVersion)));
        foreach (var (stream, expected) in expectations)
            if (Version(stream) is var actual && actual != expected) return new AppendOutcome.Conflict(stream, expected, actual);
        return null;
    }

    private long Version(string stream) => streams.GetValueOrDefault(stream)?.Count ?? 0;

    private EventSite? Site(Guid eventId) =>
        byId.TryGetValue(eventId, out var e) ? new EventSite(e.Position, e.Place, e.Stream, e.Version) : null;
}
