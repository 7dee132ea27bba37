using Billing.EventStore.Port;

namespace Billing.EventStore.KurrentDb;

/// <summary>
/// The books whose index is in memory, the least recently used given up first. An index is only a copy of what the server
/// has, so that giving one up costs reading it again and nothing else.
/// </summary>
internal sealed class OpenBooks(KurrentReads reads, PhysicalAppend appends, AppendQuota quota)
{
    private readonly Lock gate = new();
    private readonly Dictionary<BookId, LinkedListNode<OpenBook>> books = [];
    private readonly LinkedList<OpenBook> byUse = [];
    private long events;
    private bool closed;

    public int Count
    {
        get
        {
            lock (gate) return books.Count;
        }
    }

    /// <summary>The book, kept until it is left.</summary>
    /// <exception cref="ObjectDisposedException">The store is closing.</exception>
    public OpenBook Enter(BookId id)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, typeof(IEventStore));
            if (books.TryGetValue(id, out var node)) byUse.Remove(node);
            else books.Add(id, node = new LinkedListNode<OpenBook>(new OpenBook(id, reads, appends, quota)));
            byUse.AddLast(node);
            node.Value.Uses++;
            return node.Value;
        }
    }

    public void Leave(OpenBook book)
    {
        var place = book.Place;
        lock (gate)
        {
            book.Uses--;
            events += place - book.CountedEvents;
            book.CountedEvents = place;
            var next = byUse.First;
            while (next is { } node && (books.Count > quota.Options.IndexedBooks || events > quota.Options.IndexedEvents))
            {
                next = node.Next;
                if (node.Value.Uses == 0) GiveUp(node);
            }
        }
    }

    /// <summary>Takes no more, and ends when nothing waits.</summary>
    public async Task Close()
    {
        List<Task> writing;
        lock (gate)
        {
            closed = true;
            writing = [.. byUse.Select(book => book.Writer.Drained)];
        }
        await Task.WhenAll(writing).ConfigureAwait(false);
    }

    private void GiveUp(LinkedListNode<OpenBook> node)
    {
        byUse.Remove(node);
        books.Remove(node.Value.Id);
        events -= node.Value.CountedEvents;
        node.Value.Dispose();
    }
}
