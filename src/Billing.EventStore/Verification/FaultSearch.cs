using System.Globalization;
using Billing.EventStore.Port;

namespace Billing.EventStore.Verification;

/// <summary>
/// Tells altered, missing and reordered apart. An event that does not follow is one of the three: the search looks through
/// the rest of the book for the event that does belong at the place, which its link gives away.
/// </summary>
internal static class FaultSearch
{
    /// <summary>How many places may have been closed up after a deletion for it still to be seen as one.</summary>
    private const int MostClosedUp = 1_000;

    /// <param name="walk">Stands before the place at fault.</param>
    /// <param name="rest">The book from the event that did not follow onwards.</param>
    public static async Task<ChainFault> Explain(
        BookWalk walk, StoredEvent found, IAsyncEnumerable<StoredEvent> rest, CancellationToken cancellationToken)
    {
        var place = walk.Place + 1;
        if (found.Book != walk.Book) return walk.Fault(ChainFaultKind.Altered, found, $"book {walk.Book}", $"book {found.Book}");
        if (found.Place == place && walk.LinkFits(found)) return walk.FaultOutsideTheChain(found);

        StoredEvent? next = null;
        (string Stream, long Version)? lost = null;
        var seen = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var stored in rest.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (Belongs(walk, stored, found) is { } fault) return fault;
            if (next is null && stored.Place != found.Place) next = stored;
            var due = seen.TryGetValue(stored.Stream, out var last) ? last + 1 : walk.NextVersion(stored.Stream);
            if (stored.Version > due) lost ??= (stored.Stream, due.Value);
            seen[stored.Stream] = stored.Version;
        }
        if (found.Place > place) return Gap(walk, found, lost);
        if (found.Place < place)
            return walk.Fault(ChainFaultKind.Reordered, found, $"place {place}", $"place {found.Place} again");
        if (next is not null && ClosedUp(found, next) is { } missing)
        {
            return new ChainFault(
                ChainFaultKind.Missing, place, lost?.Stream, lost?.Version, "the event that was written here",
                string.Create(CultureInfo.InvariantCulture, $"the one that was written {missing} further on, with its place changed"));
        }
        return Altered(walk, found, next);
    }

    /// <summary>Whether the event is the one that was written at the place, wherever it lies now.</summary>
    private static ChainFault? Belongs(BookWalk walk, StoredEvent stored, StoredEvent found)
    {
        var place = walk.Place + 1;
        foreach (var version in new[] { stored.Version, walk.NextVersion(stored.Stream) ?? stored.Version }.Distinct())
        {
            var link = Chain.Expected(walk.Link.Span, stored with { Place = place, Version = version }).AsSpan();
            if (!link.SequenceEqual(stored.Link.Span) && !link.SequenceEqual(found.Link.Span)) continue;
            if (stored.Id != found.Id)
                return walk.Fault(
                    ChainFaultKind.Reordered, stored with { Version = version }, $"event {stored.Id:D}",
                    $"event {found.Id:D}, while the expected one lies {Where(stored, place)}");
            if (stored.Place == place && version == stored.Version) continue;
            return version == stored.Version
                ? walk.Fault(ChainFaultKind.Altered, stored, $"place {place}", $"the same event with place {stored.Place}")
                : walk.Fault(ChainFaultKind.Altered, stored, $"version {version}", $"the same event with version {stored.Version}");
        }
        return null;
    }

    private static string Where(StoredEvent stored, long place) => stored.Place == place
        ? "behind it"
        : string.Create(CultureInfo.InvariantCulture, $"at place {stored.Place}");

    private static ChainFault Gap(BookWalk walk, StoredEvent found, (string Stream, long Version)? lost) => new(
        ChainFaultKind.Missing, walk.Place + 1, lost?.Stream, lost?.Version,
        string.Create(CultureInfo.InvariantCulture, $"place {walk.Place + 1}"),
        string.Create(CultureInfo.InvariantCulture, $"place {found.Place}"));

    /// <summary>By how much the places behind a deleted event were moved up; null where they were not.</summary>
    private static int? ClosedUp(StoredEvent found, StoredEvent next)
    {
        for (var moved = 1; moved <= MostClosedUp; moved++)
        {
            var link = Chain.Expected(found.Link.Span, next with { Place = next.Place + moved });
            if (link.AsSpan().SequenceEqual(next.Link.Span)) return moved;
        }
        return null;
    }

    /// <summary>Where the following link follows from the link that ought to be here, it is the link that was altered.</summary>
    private static ChainFault Altered(BookWalk walk, StoredEvent found, StoredEvent? next)
    {
        var expected = Chain.Expected(walk.Link.Span, found);
        var contentStands = next is not null && Chain.Expected(expected, next).AsSpan().SequenceEqual(next.Link.Span);
        return walk.Fault(
            ChainFaultKind.Altered, found, $"link {Convert.ToHexStringLower(expected)}",
            $"link {Convert.ToHexStringLower(found.Link.Span)}{(contentStands ? ", which alone was altered" : "")}");
    }
}
