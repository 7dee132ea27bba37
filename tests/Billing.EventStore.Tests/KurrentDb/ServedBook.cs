using System.Globalization;
using Billing.EventStore.KurrentDb;
using Billing.EventStore.Port;
using Billing.EventStore.Tests.Conformance;
using Billing.KurrentStandIn;

namespace Billing.EventStore.Tests.KurrentDb;

/// <summary>A stand-in, the stores that are open on it, and what must hold of a book at the end.</summary>
internal sealed class ServedBook : IAsyncDisposable
{
    private readonly List<KurrentEventStore> stores = [];

    private ServedBook(KurrentStandInServer server) => Server = server;

    public KurrentStandInServer Server { get; }

    public BookId Book { get; } = Given.Book();

    public static async Task<ServedBook> Start(KurrentStandInOptions? options = null) =>
        new(await KurrentStandInServer.Start(options));

    public async Task<KurrentEventStore> Open(Func<KurrentStoreOptions, KurrentStoreOptions>? change = null)
    {
        var options = KurrentConnectionString.Parse(Server.ConnectionString);
        var store = await KurrentEventStore.Open(change?.Invoke(options) ?? options, TestContext.Current.CancellationToken);
        stores.Add(store);
        return store;
    }

    /// <summary>Repeats the append with the same event ids until it is known to be stored, and counts the failures before.</summary>
    public static async Task<int> UntilStored(IEventStore store, AppendRequest request)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                var outcome = await store.Append(request, TestContext.Current.CancellationToken);
                Assert.IsType<AppendOutcome.Appended>(outcome);
                return failures;
            }
            catch (EventStoreException) when (failures < 200)
            {
                // Whether it was stored is not known; the next try finds out.
            }
        }
    }

    public static async Task AssertHoldsExactly(IEventStore store, BookId book, IEnumerable<AppendRequest> requests)
    {
        var stored = await store.ReadBook(book, 0, int.MaxValue, TestContext.Current.CancellationToken);
        var expected = requests.SelectMany(r => r.Writes).SelectMany(w => w.Events).Select(e => e.Id);
        Assert.Equal(expected.Order(), stored.Select(e => e.Id).Order());
        ReadOnlyMemory<byte> link = Chain.Origin;
        foreach (var @event in stored)
        {
            Assert.Equal(Chain.Expected(link.Span, @event), @event.Link.ToArray());
            link = @event.Link;
        }
    }

    public static string Name(string category, int n) => string.Create(CultureInfo.InvariantCulture, $"{category}-{n}");

    public async ValueTask DisposeAsync()
    {
        foreach (var store in stores) await store.DisposeAsync();
        await Server.DisposeAsync();
    }
}
