using Billing.EventStore.Port;

namespace Billing.EventStore.Tests.Conformance;

/// <summary>
/// What every event store must do. Each adapter derives one class that opens its storage, and nothing else differs.
/// </summary>
public abstract partial class StoreConformance : IAsyncLifetime
{
    private IEventStore? store;

    protected IEventStore Store => store ?? throw new InvalidOperationException("The store is not open.");

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => store = await Open();

    public async ValueTask DisposeAsync()
    {
        await Close(Store);
        await Drop();
        GC.SuppressFinalize(this);
    }

    /// <summary>The largest append that the engine takes, data and metadata.</summary>
    protected virtual int LargestAppendBytes => 4 << 20;

    /// <summary>Opens this test's storage; after <see cref="Close"/> it finds there what was stored before.</summary>
    protected abstract ValueTask<IEventStore> Open();

    /// <summary>Ends the store as a shutdown of the process would.</summary>
    protected virtual ValueTask Close(IEventStore opened) => opened.DisposeAsync();

    /// <summary>Removes this test's storage.</summary>
    protected abstract ValueTask Drop();

    private async Task Restart()
    {
        await Close(Store);
        store = await Open();
    }

    private async Task<AppendOutcome.Appended> Appended(AppendRequest request) =>
        Assert.IsType<AppendOutcome.Appended>(await Store.Append(request, Stop));

    private async Task<IReadOnlyList<StoredEvent>> Stream(BookId book, string stream) =>
        await Store.ReadStream(book, stream, 1, int.MaxValue, ReadDirection.Forwards, Stop);

    private async Task<IReadOnlyList<StoredEvent>> Book(BookId book) => await Store.ReadBook(book, 0, int.MaxValue, Stop);

    private async Task<IReadOnlyList<StoredEvent>> Feed() => await Store.ReadFeed(0, int.MaxValue, Stop);

    private static void AssertWhole(IReadOnlyList<StoredEvent> book)
    {
        ReadOnlyMemory<byte> previous = Chain.Origin;
        Assert.Equal(Enumerable.Range(1, book.Count).Select(n => (long)n), book.Select(e => e.Place));
        foreach (var stored in book)
        {
            Assert.Equal(Convert.ToHexString(Chain.Expected(previous.Span, stored)), Convert.ToHexString(stored.Link.Span));
            previous = stored.Link;
        }
        foreach (var stream in book.GroupBy(e => e.Stream, StringComparer.Ordinal))
            Assert.Equal(Enumerable.Range(1, stream.Count()).Select(n => (long)n), stream.Select(e => e.Version));
    }
}
