using Billing.EventStore.Port;

namespace Billing.Projections.Running;

/// <summary>The events of one book, decoded, for whoever makes its rows anew.</summary>
internal static class BookHistory
{
    private const int PageEvents = 2_000;

    /// <summary>All as far as a position of the feed.</summary>
    /// <exception cref="InvalidOperationException">An event of the book can't be read.</exception>
    public static async Task<IReadOnlyList<Batch>> Read(
        IEventReader store, ProjectionSet projections, BookId book, long through, CancellationToken cancellationToken)
    {
        var history = new List<Batch>();
        var place = 0L;
        while (await store.ReadBook(book, place, PageEvents, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            history.Add(projections.DecodeWhole([.. page.TakeWhile(stored => stored.Position <= through)]));
            place = page[^1].Place;
            if (page[^1].Position > through) break;
        }
        return history;
    }
}
