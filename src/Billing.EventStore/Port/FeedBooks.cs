namespace Billing.EventStore.Port;

/// <summary>Finds the books of a store by reading its whole feed, for engines that keep no list of them.</summary>
internal static class FeedBooks
{
    private const int PageEvents = 1_000;

    public static async ValueTask<IReadOnlyList<BookId>> Read(
        IEventReader store, BookId? after, int limit, CancellationToken cancellationToken)
    {
        var books = new HashSet<Guid>();
        long position = 0;
        while (await store.ReadFeed(position, PageEvents, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            foreach (var stored in page) books.Add(stored.Book.Value);
            position = page[^1].Position;
        }
        return Page(books, after, limit);
    }

    /// <summary>.NET orders ids as their big-endian bytes are ordered, and so does every engine.</summary>
    public static IReadOnlyList<BookId> Page(IEnumerable<Guid> books, BookId? after, int limit) =>
        [.. books.Where(id => after is null || id.CompareTo(after.Value.Value) > 0).Order().Take(limit).Select(id => new BookId(id))];
}
