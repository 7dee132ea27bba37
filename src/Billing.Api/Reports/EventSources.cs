using Billing.EventStore.Port;

namespace Billing.Api.Reports;

/// <summary>The events that a figure rests on.</summary>
internal static class EventSources
{
    private const int PageEvents = 200;

    /// <param name="places">In the book, rising.</param>
    public static async ValueTask<IReadOnlyList<SourceEventView>> At(
        IEventReader store, BookId book, IReadOnlyList<long> places, CancellationToken cancellationToken)
    {
        var sources = new List<SourceEventView>(places.Count);
        // Neighbours are read together: what a figure rests on lies close to each other.
        for (var i = 0; i < places.Count;)
        {
            var page = await store.ReadBook(book, places[i] - 1, PageEvents, cancellationToken);
            var last = page[^1].Place;
            for (; i < places.Count && places[i] <= last; i++) sources.Add(Of(page[(int)(places[i] - page[0].Place)]));
        }
        return sources;
    }

    private static SourceEventView Of(StoredEvent stored) => new(
        stored.Id, stored.Place, stored.Type, stored.Stream, stored.Metadata.Actor, stored.Metadata.RecordedAt);
}
