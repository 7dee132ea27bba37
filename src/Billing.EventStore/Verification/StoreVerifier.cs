using System.Runtime.CompilerServices;
using Billing.EventStore.Port;

namespace Billing.EventStore.Verification;

/// <summary>The books of a store, one after the other.</summary>
public static class StoreVerifier
{
    private const int PageBooks = 1_000;

    public static async IAsyncEnumerable<BookId> Books(
        IEventReader store, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BookId? last = null;
        while (await store.ReadBooks(last, PageBooks, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            foreach (var book in page) yield return book;
            last = page[^1];
        }
    }

    /// <summary>The first book that is not whole; null where all are.</summary>
    public static async Task<BookReport?> FirstFault(IEventReader store, CancellationToken cancellationToken)
    {
        await foreach (var book in Books(store, cancellationToken).ConfigureAwait(false))
        {
            var report = await BookVerifier.Verify(new StoredBook(store, book), [], null, cancellationToken).ConfigureAwait(false);
            if (!report.IsWhole) return report;
        }
        return null;
    }
}
