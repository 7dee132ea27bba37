using Billing.EventStore.Port;

namespace Billing.Faults.Books;

/// <summary>Goes through a book from its first event: places, versions and positions follow each other and the chain holds.</summary>
internal sealed class BookWalk(BookId book)
{
    private const int PageEvents = 5_000;

    private readonly Dictionary<string, long> versions = new(StringComparer.Ordinal);
    private readonly HashSet<Guid> ids = [];
    private ReadOnlyMemory<byte> link = Chain.Origin;
    private long position;

    /// <summary>Place of the last event.</summary>
    public long Place { get; private set; }

    public int Doubled { get; private set; }

    /// <summary>The first thing that is wrong; null while nothing is.</summary>
    public string? Fault { get; private set; }

    public async Task Run(IEventStore store, Action<StoredEvent> see)
    {
        while (await store.ReadBook(book, Place, PageEvents, CancellationToken.None) is { Count: > 0 } page)
        {
            foreach (var stored in page)
            {
                Take(stored);
                see(stored);
            }
        }
    }

    private void Take(StoredEvent stored)
    {
        if (!ids.Add(stored.Id)) Doubled++;
        var version = versions.GetValueOrDefault(stored.Stream) + 1;
        if (stored.Place != Place + 1) Wrong(stored, $"follows place {Place}");
        if (stored.Version != version) Wrong(stored, $"has version {stored.Version} of {stored.Stream}, which has {version - 1}");
        if (stored.Position <= position) Wrong(stored, $"has position {stored.Position} after {position}");
        if (!IsNext(stored)) Wrong(stored, "does not fit the chain");
        versions[stored.Stream] = stored.Version;
        (Place, position, link) = (stored.Place, stored.Position, stored.Link);
    }

    /// <summary>The one place at which the harness holds a stored event against the chain.</summary>
    private bool IsNext(StoredEvent stored) => Chain.Expected(link.Span, stored).AsSpan().SequenceEqual(stored.Link.Span);

    private void Wrong(StoredEvent stored, string what) => Fault ??= $"the event at place {stored.Place} of book {book} {what}";
}

