using System.Runtime.CompilerServices;
using Billing.EventStore.Port;

namespace Billing.EventStore.Copying;

/// <summary>
/// Cuts a book into the appends that made it: events in a row with the same metadata, in which no stream begins again. Two
/// appends without a key may come out as one, which changes nothing that is stored; those with one key never come apart.
/// </summary>
internal static class AppendGroups
{
    /// <summary>Of events without a key, which may be cut anywhere.</summary>
    private const int MostEvents = 500;

    public static async IAsyncEnumerable<AppendRequest> Of(
        IAsyncEnumerable<StoredEvent> book, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var group = new List<StoredEvent>();
        await foreach (var stored in book.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (group.Count > 0 && !Continues(group, stored))
            {
                yield return Request(group);
                group.Clear();
            }
            group.Add(stored);
        }
        if (group.Count > 0) yield return Request(group);
    }

    private static bool Continues(List<StoredEvent> group, StoredEvent stored) =>
        stored.Metadata == group[^1].Metadata
        && (group.Count < MostEvents || stored.Metadata.IdempotencyKey is not null)
        && (stored.Stream == group[^1].Stream || group.TrueForAll(e => e.Stream != stored.Stream));

    /// <summary>At exactly the versions that the events have, so that the target refuses whatever does not fit.</summary>
    private static AppendRequest Request(List<StoredEvent> group)
    {
        var writes = group
            .GroupBy(e => e.Stream, StringComparer.Ordinal)
            .Select(stream => new StreamAppend(stream.Key, stream.First().Version - 1, [.. stream.Select(New)]));
        return new AppendRequest(group[0].Book, [.. writes], [], group[0].Metadata);
    }

    private static NewEvent New(StoredEvent stored) =>
        new(stored.Id, stored.Type, stored.Data, stored.Confidential, stored.ConfidentialKey);
}
