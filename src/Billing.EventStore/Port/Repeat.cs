namespace Billing.EventStore.Port;

/// <summary>Where an event lies, as far as recognising a repeated append needs it.</summary>
internal readonly record struct EventSite(long Position, long Place, string Stream, long Version);

/// <summary>Recognises an append that was stored before by its event ids, whatever versions it expects now.</summary>
internal static class Repeat
{
    /// <summary>The first answer again, or null where none of the ids is known in the book.</summary>
    /// <exception cref="ArgumentException">
    /// Only some of the ids are known, or they belong to another append: the caller used an id twice.
    /// </exception>
    public static AppendOutcome.Appended? Find(AppendRequest request, Func<Guid, EventSite?> find)
    {
        var versions = new List<long>(request.Writes.Count);
        EventSite? last = null;
        int known = 0, unknown = 0;
        foreach (var write in request.Writes)
        {
            foreach (var @event in write.Events)
            {
                var site = find(@event.Id);
                if (site is null) unknown++;
                else known++;
                var follows = site is null || last is null || site.Value.Place == last.Value.Place + 1;
                if (site is not null && (site.Value.Stream != write.Stream || !follows)) throw ReusedId(@event.Id);
                last = site;
            }
            versions.Add(last?.Version ?? 0);
        }
        if (known == 0) return null;
        if (unknown > 0) throw ReusedId(request.Writes[0].Events[0].Id);
        return new AppendOutcome.Appended(last!.Value.Position, last.Value.Place, versions, Repeated: true);
    }

    /// <exception cref="ArgumentException">The append has an event id twice.</exception>
    public static void RefuseDoubles(AppendRequest request)
    {
        if (request.Writes is [{ Events.Count: 1 }]) return;
        var ids = new HashSet<Guid>();
        foreach (var write in request.Writes)
            foreach (var @event in write.Events)
                if (!ids.Add(@event.Id)) throw ReusedId(@event.Id);
    }

    public static ArgumentException ReusedId(Guid id) => new(
        $"An event id of the append that begins with event {id:D} is used already by another event of this book.");
}
