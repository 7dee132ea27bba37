using System.Runtime.CompilerServices;
using Billing.EventStore.Port;
using Billing.EventStore.Sealing;

namespace Billing.EventStore.Verification;

/// <summary>A book as it can be walked: in a store, or in an exported file.</summary>
public interface IBookSource
{
    BookId Book { get; }

    /// <summary>The events after the first so many, in the order in which they lie.</summary>
    /// <exception cref="EventStoreException">The next event can't be read.</exception>
    IAsyncEnumerable<StoredEvent> ReadAfter(long place, CancellationToken cancellationToken);
}

/// <summary>A book in a store, read page by page.</summary>
public sealed class StoredBook(IEventReader store, BookId book) : IBookSource
{
    private const int PageEvents = 500;

    /// <summary>Whichever store it is asked of: the chain runs over what is stored, and not over what a store opens of it.</summary>
    private readonly IEventReader engine = store.AsStored();

    public BookId Book => book;

    public async IAsyncEnumerable<StoredEvent> ReadAfter(long place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await Page(place, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            foreach (var stored in page)
            {
                yield return stored;
                place = stored.Place;
            }
        }
    }

    /// <summary>Before an event that can't be read, the page is as long as it can be.</summary>
    private async ValueTask<IReadOnlyList<StoredEvent>> Page(long place, CancellationToken cancellationToken)
    {
        for (var limit = PageEvents; ; limit /= 2)
        {
            try
            {
                return await engine.ReadBook(book, place, limit, cancellationToken).ConfigureAwait(false);
            }
            catch (EventStoreException) when (limit > 1)
            {
                // A shorter page ends before what can't be read; a page of one is what can't be read.
            }
        }
    }
}
