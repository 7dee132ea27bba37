using Billing.EventStore.Port;

namespace Billing.EventStore.Verification;

/// <summary>Finds a book's end by its places, which have no gap, in a number of reads that grows with the logarithm.</summary>
public static class LastEvent
{
    /// <returns>Null for a book without events.</returns>
    public static async ValueTask<StoredEvent?> Of(IEventReader store, BookId book, CancellationToken cancellationToken)
    {
        StoredEvent? last = null;
        long beyond = 1;
        while (await At(beyond) is { } found)
        {
            last = found;
            beyond *= 2;
        }
        while (last is not null && beyond - last.Place > 1)
        {
            var middle = last.Place + (beyond - last.Place) / 2;
            if (await At(middle) is { } found) last = found;
            else beyond = middle;
        }
        return last;

        async ValueTask<StoredEvent?> At(long place) =>
            await store.ReadBook(book, place - 1, 1, cancellationToken).ConfigureAwait(false) is [var found] ? found : null;
    }
}
