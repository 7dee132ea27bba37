namespace Billing.EventStore.Port;

/// <summary>Shows a stream's events from pages of them, for engines that read whole events only.</summary>
internal static class StreamVisit
{
    private const int PageEvents = 500;

    /// <param name="after">Those behind this version: 0 for all.</param>
    public static async ValueTask<long> Read(
        IEventReader store, BookId book, string stream, long after, EventVisitor visitor, CancellationToken cancellationToken)
    {
        for (var version = after; ;)
        {
            var page = await store.ReadStream(book, stream, version + 1, PageEvents, ReadDirection.Forwards, cancellationToken)
                .ConfigureAwait(false);
            foreach (var stored in page) Show(stored, visitor);
            version += page.Count;
            if (page.Count < PageEvents) return version;
        }
    }

    private static void Show(StoredEvent stored, EventVisitor visitor) => visitor(new VisitedEvent(
        stored.Position, stored.Id, stored.Type, stored.Data.Span, stored.ConfidentialKey, stored.Confidential.Span));
}
