using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Billing.Domain.TimeTracking;

/// <summary>
/// The entries of one week by id; immutable. A week has some tens of them, and every decision looks at all: so they lie in
/// one array, where looking through is quicker than a tree and a change copies little.
/// </summary>
public sealed class WeekEntries : IReadOnlyDictionary<Guid, TimeEntry>
{
    private readonly TimeEntry[] _entries;

    private WeekEntries(TimeEntry[] entries) => _entries = entries;

    public static WeekEntries Empty { get; } = new([]);

    public int Count => _entries.Length;

    public IEnumerable<Guid> Keys => _entries.Select(entry => entry.EntryId);

    public IEnumerable<TimeEntry> Values => _entries;

    public TimeEntry this[Guid key] => TryGetValue(key, out var entry) ? entry : throw new KeyNotFoundException($"{key:D}");

    /// <summary>All of them, for whoever looks at each.</summary>
    public ReadOnlySpan<TimeEntry> AsSpan() => _entries;

    /// <summary>With this entry, in the place of the one with its id if there is one.</summary>
    public WeekEntries With(TimeEntry entry)
    {
        var at = IndexOf(entry.EntryId);
        var entries = new TimeEntry[at < 0 ? Count + 1 : Count];
        _entries.CopyTo(entries, 0);
        entries[at < 0 ? Count : at] = entry;
        return new WeekEntries(entries);
    }

    /// <summary>With each of the named ones changed.</summary>
    public WeekEntries Changed(IReadOnlyList<Guid> entryIds, Func<TimeEntry, TimeEntry> change)
    {
        var named = entryIds.ToHashSet();
        return new WeekEntries(Array.ConvertAll(_entries, entry => named.Contains(entry.EntryId) ? change(entry) : entry));
    }

    public WeekEntries Without(Guid entryId) => new(Array.FindAll(_entries, entry => entry.EntryId != entryId));

    public bool ContainsKey(Guid key) => IndexOf(key) >= 0;

    public bool TryGetValue(Guid key, [MaybeNullWhen(false)] out TimeEntry value)
    {
        var at = IndexOf(key);
        value = at < 0 ? null : _entries[at];
        return value is not null;
    }

    public IEnumerator<KeyValuePair<Guid, TimeEntry>> GetEnumerator() =>
        _entries.Select(entry => KeyValuePair.Create(entry.EntryId, entry)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int IndexOf(Guid entryId)
    {
        for (var i = 0; i < _entries.Length; i++)
            if (_entries[i].EntryId == entryId) return i;
        return -1;
    }
}
