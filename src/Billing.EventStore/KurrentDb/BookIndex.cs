using Billing.EventStore.Port;
using NodaTime;

namespace Billing.EventStore.KurrentDb;

/// <summary>The append that took an idempotency key, by the places of its events.</summary>
internal sealed record KeyUse(long First, long Last, string BodyHash, Instant RecordedAt);

/// <summary>
/// What a book's physical stream holds, without the events themselves: enough to decide appends and to find the events of
/// a stream. It is only ever what is stored, up to some place; whoever uses it locks it.
/// </summary>
internal sealed class BookIndex(Duration keyLifetime)
{
    private readonly List<Entry> entries = [];
    private readonly Dictionary<Guid, int> placesById = [];
    private readonly Dictionary<string, List<int>> placesByStream = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KeyUse> keys = new(StringComparer.Ordinal);
    private readonly Queue<(string Key, KeyUse Use)> keysByAge = new();
    private Instant newest = Instant.MinValue;

    private readonly record struct Entry(string Stream, int Version, long Position);

    /// <summary>Place of the last event that the index knows; its physical revision is one less.</summary>
    public long Place => entries.Count;

    public ReadOnlyMemory<byte> Link { get; private set; } = Chain.Origin;

    public long Version(string stream) => placesByStream.TryGetValue(stream, out var places) ? places.Count : 0;

    /// <summary>Its position is 0 where the server has not told it yet.</summary>
    public EventSite? Site(Guid eventId)
    {
        if (!placesById.TryGetValue(eventId, out var place)) return null;
        var entry = entries[place - 1];
        return new EventSite(entry.Position, place, entry.Stream, entry.Version);
    }

    public KeyUse? Key(string key) => keys.GetValueOrDefault(key);

    /// <summary>0 where the server has not told it yet.</summary>
    public long PositionAt(long place) => entries[checked((int)place) - 1].Position;

    public void SetPosition(long place, long position)
    {
        var index = checked((int)place) - 1;
        entries[index] = entries[index] with { Position = position };
    }

    /// <summary>Places of the events of a stream from a version on, either way.</summary>
    public IReadOnlyList<long> Places(string stream, long from, int limit, ReadDirection direction)
    {
        var places = placesByStream.GetValueOrDefault(stream) ?? [];
        var found = direction == ReadDirection.Forwards
            ? places.Skip((int)Math.Clamp(from - 1, 0, places.Count))
            : Enumerable.Reverse(places.Take((int)Math.Clamp(from, 0, places.Count)));
        return [.. found.Take(limit).Select(place => (long)place)];
    }

    /// <summary>Takes the next event of the book. Of one that is known already, only the position may be news.</summary>
    /// <exception cref="EventStoreException">It does not follow on what is there.</exception>
    public void Add(FiledEvent filed)
    {
        var stored = filed.Stored;
        if (stored.Place <= Place)
        {
            if (stored.Position > 0) SetPosition(stored.Place, stored.Position);
            return;
        }
        if (stored.Place != Place + 1 || stored.Version != Version(stored.Stream) + 1)
            throw new EventStoreException(FormattableString.Invariant(
                $"Book {stored.Book} is broken on the server: place {stored.Place} does not follow on what is before it."));
        var place = checked((int)stored.Place);
        if (!placesByStream.TryGetValue(stored.Stream, out var places)) placesByStream.Add(stored.Stream, places = []);
        places.Add(place);
        placesById[stored.Id] = place;
        entries.Add(new Entry(stored.Stream, places.Count, stored.Position));
        Link = stored.Link;
        AddKey(filed.First, stored);
    }

    private void AddKey(long first, StoredEvent stored)
    {
        newest = Instant.Max(newest, stored.Metadata.RecordedAt);
        if (stored.Metadata.IdempotencyKey is { } key)
        {
            var use = new KeyUse(first, stored.Place, stored.Metadata.BodyHash ?? "", stored.Metadata.RecordedAt);
            keys[key] = use;
            if (first == stored.Place) keysByAge.Enqueue((key, use));
        }
        while (keysByAge.TryPeek(out var oldest) && oldest.Use.RecordedAt < newest - keyLifetime)
        {
            keysByAge.Dequeue();
            if (keys.TryGetValue(oldest.Key, out var use) && use.First == oldest.Use.First) keys.Remove(oldest.Key);
        }
    }
}
