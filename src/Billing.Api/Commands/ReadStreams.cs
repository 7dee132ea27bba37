using System.Collections;
using System.Runtime.InteropServices;

namespace Billing.Api.Commands;

/// <summary>
/// The streams that a session has read, in the order in which it did. Few are found by comparing their names, as most commands read
/// a handful and hashing each name takes longer; many by an index of the names.
/// </summary>
internal sealed class ReadStreams : IReadOnlyCollection<ReadStream>
{
    private const int Usual = 7, Few = 16;
    private readonly List<ReadStream> _all = new(Usual);
    private Dictionary<string, int>? _index;

    public int Count => _all.Count;

    public void Add(ReadStream read)
    {
        _all.Add(read);
        if (_all.Count <= Few) return;
        if (_index is null) _index = Index();
        else _index.Add(read.Stream, _all.Count - 1);
    }

    public bool TryFind(string stream, out ReadStream read)
    {
        read = default;
        if (_index is not null)
        {
            if (!_index.TryGetValue(stream, out var at)) return false;
            read = _all[at];
            return true;
        }
        foreach (ref readonly var known in CollectionsMarshal.AsSpan(_all))
        {
            if (known.Stream != stream) continue;
            read = known;
            return true;
        }
        return false;
    }

    public List<ReadStream>.Enumerator GetEnumerator() => _all.GetEnumerator();

    IEnumerator<ReadStream> IEnumerable<ReadStream>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Dictionary<string, int> Index()
    {
        var index = new Dictionary<string, int>(2 * _all.Count, StringComparer.Ordinal);
        for (var i = 0; i < _all.Count; i++) index.Add(_all[i].Stream, i);
        return index;
    }
}

/// <summary>A stream as a session has read it.</summary>
internal readonly record struct ReadStream(string Stream, object State, long Version);
