using System.Globalization;

namespace Billing.EventStore.Verification;

public enum ChainFaultKind
{
    /// <summary>The link does not follow from what is stored.</summary>
    Altered,

    /// <summary>A place, or a version of a stream, is not there.</summary>
    Missing,

    /// <summary>What belongs at this place lies elsewhere, or positions run backwards.</summary>
    Reordered,

    /// <summary>The store can't give the event at all.</summary>
    Unreadable,
}

/// <summary>The first event of a book that is not as it was written.</summary>
/// <param name="Place">The place at which the book stops being what it was.</param>
/// <param name="Stream">The stream of the event at fault; null where nothing tells it.</param>
/// <param name="Version">The event's version in that stream; null where nothing tells it.</param>
/// <param name="Expected">What ought to be there, in words.</param>
/// <param name="Found">What is there, in words.</param>
public sealed record ChainFault(
    ChainFaultKind Kind, long Place, string? Stream, long? Version, string Expected, string Found)
{
    public override string ToString()
    {
        var of = Stream is null ? "" : string.Create(CultureInfo.InvariantCulture, $" (stream {Stream}, version {Version})");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Kind.ToString().ToUpperInvariant()} at place {Place}{of}: expected {Expected}; found {Found}");
    }
}
