using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Billing.Domain.TimeTracking;

/// <summary>
/// The entries of one week by id; immutable. A week has some tens of them, and every decision looks at all: so they lie in
/// one array, where looking through is quicker than a tree and a change copies little. Beyond <see cref="MostInArray"/> they
/// lie in a tree as well, so that folding a week of tens of thousands copies no array for each; what looks at all makes one.
/// </summary>
public sealed class WeekEntries : IReadOnlyDictionary<Guid, TimeEntry>
{
    private const int MostInArray = 256;

    private readonly ImmutableDictionary<Guid, TimeEntry>? _tree;
    private TimeEntry[]? _array;

    private WeekEntries(TimeEntry[] array)
    {
        if (array.Length <= MostInArray) _array = array;
        else _tree = array.ToImmutableDictionary(entry => entry.EntryId);
    }

    private WeekEntries(ImmutableDictionary<Guid, TimeEntry> tree) => _tree = tree;

    public static WeekEntries Empty { get; } = new(Array.Empty<TimeEntry>());

    public int Count => _tree?.Count ?? All.Length;

    public IEnumerable<Guid> Keys => All.Select(entry => entry.EntryId);

    public IEnumerable<TimeEntry> Values => All;

    public TimeEntry this[Guid key] => TryGetValue(key, out var entry) ? entry : throw new KeyNotFoundException($"{key:D}");

    /// <summary>Made of the tree by whoever needs it first; two at once make the same.</summary>
    private TimeEntry[] All => _array ??= [.. _tree!.Values];

    /// <summary>All of them, for whoever looks at each.</summary>
    public ReadOnlySpan<TimeEntry> AsSpan() => All;

    /// <summary>With this entry, in the place of the one with its id if there is one.</summary>
    public WeekEntries With(TimeEntry entry)
    {
        if (_tree is not null) return new WeekEntries(_tree.SetItem(entry.EntryId, entry));
        var at = IndexOf(entry.EntryId);
        var entries = new TimeEntry[at < 0 ? Count + 1 : Count];
        All.CopyTo(entries, 0);
        entries[at < 0 ? Count : at] = entry;
        return new WeekEntries(entries);
    }

    /// <summary>With each of the named ones changed.</summary>
    public WeekEntries Changed(IReadOnlyList<Guid> entryIds, Func<TimeEntry, TimeEntry> change)
    {
        var named = entryIds.ToHashSet();
        if (_tree is null)
            return new WeekEntries(Array.ConvertAll(All, entry => named.Contains(entry.EntryId) ? change(entry) : entry));
        var changed = named.Where(_tree.ContainsKey).Select(id => KeyValuePair.Create(id, change(_tree[id])));
        return new WeekEntries(_tree.SetItems(changed));
    }

    public WeekEntries Without(Guid entryId) => _tree is null
        ? new WeekEntries(Array.FindAll(All, entry => entry.EntryId != entryId))
        : new WeekEntries(_tree.Remove(entryId));

    public bool ContainsKey(Guid key) => TryGetValue(key, out _);

    public bool TryGetValue(Guid key, [MaybeNullWhen(false)] out TimeEntry value)
    {
        if (_tree is not null) return _tree.TryGetValue(key, out value);
        var at = IndexOf(key);
        value = at < 0 ? null : All[at];
        return value is not null;
    }

    public IEnumerator<KeyValuePair<Guid, TimeEntry>> GetEnumerator() =>
        All.Select(entry => KeyValuePair.Create(entry.EntryId, entry)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int IndexOf(Guid entryId)
    {
        var entries = All;
        for (var i = 0; i < entries.Length; i++)
            if (entries[i].EntryId == entryId) return i;
        return -1;
    }
}
