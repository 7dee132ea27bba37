using Google.Protobuf;

namespace Billing.KurrentStandIn.Log;

/// <summary>
/// The transaction log that all nodes share: what one has stored, all have. Positions are byte offsets, so they have gaps,
/// and one between two records is no place to read from. It outlives the listeners of its nodes.
/// </summary>
internal sealed class EventLog
{
    private const int RecordOverheadBytes = 96;

    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly List<LogRecord> records = [];
    private readonly Dictionary<string, List<LogRecord>> streams = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, LogRecord> byId = [];
    private TaskCompletionSource grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long end;

    public EventLog(TimeProvider clock)
    {
        this.clock = clock;
        // A server writes events of its own before any client does; a reader of $all has to leave them out.
        foreach (var stream in new[] { "$$$settings", "$users", "$stats-0.0.0.0:2113" })
        {
            var own = new Proposed(Guid.CreateVersion7(), "$system", true, ByteString.Empty, ByteString.Empty);
            Append(stream, Expected.Any, [own]);
        }
    }

    /// <summary>Ends when the log has grown since it was asked for.</summary>
    public Task Grown
    {
        get
        {
            lock (gate) return grown.Task;
        }
    }

    public WriteResult Append(string stream, Expected expected, IReadOnlyList<Proposed> events)
    {
        TaskCompletionSource rung;
        WriteResult.Stored stored;
        lock (gate)
        {
            var existing = streams.GetValueOrDefault(stream) ?? [];
            var current = existing.Count - 1L;
            if (FindRepeat(stream, existing, expected, events) is { } repeated) return repeated;
            var fits = expected.Revision == current || expected == Expected.Any
                || (expected == Expected.StreamExists && current >= 0);
            if (!fits) return new WriteResult.WrongExpectedVersion(current);
            if (existing.Count == 0) streams[stream] = existing;
            foreach (var @event in events) Store(stream, existing, @event);
            stored = new WriteResult.Stored(existing.Count - 1L, existing.Count == 0 ? 0 : existing[^1].Position);
            (rung, grown) = (grown, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        rung.TrySetResult();
        return stored;
    }

    /// <summary>Null where there is no such stream.</summary>
    public IReadOnlyList<LogRecord>? Stream(string name, long from, ulong count, bool backwards)
    {
        lock (gate)
        {
            if (!streams.TryGetValue(name, out var found)) return null;
            return backwards
                ? Slice(found, Math.Min(from, found.Count - 1L), count, step: -1)
                : Slice(found, from, count, step: 1);
        }
    }

    /// <summary>Up to <paramref name="count"/> records from an index on.</summary>
    public IReadOnlyList<LogRecord> All(int fromIndex, int count)
    {
        lock (gate) return Slice(records, fromIndex, (ulong)count, step: 1);
    }

    public int Count
    {
        get
        {
            lock (gate) return records.Count;
        }
    }

    /// <summary>Index of the record that begins at the position; null where none does. The log's end counts too.</summary>
    public int? IndexAt(ulong position)
    {
        lock (gate)
        {
            if (position >= (ulong)end) return records.Count;
            var (low, high) = (0, records.Count - 1);
            while (low <= high)
            {
                var middle = (low + high) / 2;
                var there = (ulong)records[middle].Position;
                if (there == position) return middle;
                if (there < position) low = middle + 1;
                else high = middle - 1;
            }
            return null;
        }
    }

    /// <summary>
    /// An append whose events all lie where it would have put them is answered as the first time. One that expects no
    /// revision in particular is recognised by its ids alone. One of which only the first part is there is refused.
    /// </summary>
    private WriteResult? FindRepeat(string stream, List<LogRecord> existing, Expected expected, IReadOnlyList<Proposed> events)
    {
        if (events.Count == 0 || !Written(0)) return null;
        if (!Enumerable.Range(1, events.Count - 1).All(Written)) return new WriteResult.WrongExpectedVersion(existing.Count - 1L);
        var last = byId[events[^1].Id];
        return new WriteResult.Stored(last.Revision, last.Position);

        bool Written(int i)
        {
            if (!byId.TryGetValue(events[i].Id, out var record) || record.Stream != stream) return false;
            return expected.Revision < -1 || record.Revision == expected.Revision + 1 + i;
        }
    }

    private void Store(string stream, List<LogRecord> existing, Proposed @event)
    {
        var record = new LogRecord(end, stream, existing.Count, @event, clock.GetUtcNow().Ticks);
        existing.Add(record);
        records.Add(record);
        byId[@event.Id] = record;
        end += RecordOverheadBytes + stream.Length + @event.Size;
    }

    private static List<LogRecord> Slice(List<LogRecord> from, long first, ulong count, int step)
    {
        var found = new List<LogRecord>();
        for (var i = first; i >= 0 && i < from.Count && (ulong)found.Count < count; i += step) found.Add(from[(int)i]);
        return found;
    }
}
