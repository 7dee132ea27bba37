using System.Globalization;
using Billing.EventStore.Port;

namespace Billing.EventStore.Verification;

/// <summary>
/// Follows a book event by event. It remembers the version of each stream it has met, so its memory grows with the book's
/// streams, not with its events.
/// </summary>
internal sealed class BookWalk(BookId book, long place, ReadOnlyMemory<byte> link)
{
    private readonly Dictionary<string, long> versions = new(StringComparer.Ordinal);
    private readonly bool fromTheStart = place == 0;
    private long position;

    public BookId Book => book;

    /// <summary>The last place that holds.</summary>
    public long Place { get; private set; } = place;

    /// <summary>The link at that place.</summary>
    public ReadOnlyMemory<byte> Link { get; private set; } = link;

    /// <summary>
    /// The version that the stream's next event must have. In a walk that began further on, a stream not met yet may stand
    /// at any.
    /// </summary>
    public long? NextVersion(string stream) =>
        versions.TryGetValue(stream, out var version) ? version + 1 : fromTheStart ? 1 : null;

    /// <summary>Whether the event is the book's next. Then the walk stands behind it.</summary>
    public bool Follows(StoredEvent stored)
    {
        if (stored.Book != book || stored.Place != Place + 1 || !LinkFits(stored)) return false;
        if (stored.Position <= position || (NextVersion(stored.Stream) is { } next && stored.Version != next)) return false;
        (Place, Link, position) = (stored.Place, stored.Link, stored.Position);
        versions[stored.Stream] = stored.Version;
        return true;
    }

    public bool LinkFits(StoredEvent stored) => Chain.Expected(Link.Span, stored).AsSpan().SequenceEqual(stored.Link.Span);

    /// <summary>What is wrong with an event whose link fits, so that only what lies outside of the chain can be.</summary>
    public ChainFault FaultOutsideTheChain(StoredEvent stored)
    {
        if (stored.Position <= position)
            return Fault(ChainFaultKind.Reordered, stored, $"a position after {position}", $"position {stored.Position}");
        var next = NextVersion(stored.Stream);
        return Fault(
            stored.Version > next ? ChainFaultKind.Missing : ChainFaultKind.Reordered,
            stored, $"version {next} of the stream", $"version {stored.Version}");
    }

    public ChainFault Fault(ChainFaultKind kind, StoredEvent of, FormattableString expected, FormattableString found) => new(
        kind, Place + 1, of.Stream, of.Version, expected.ToString(CultureInfo.InvariantCulture),
        found.ToString(CultureInfo.InvariantCulture));
}
