using System.Text;
using Billing.EventStore.Memory;
using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Billing.EventStore.Tests.Conformance;

namespace Billing.EventStore.Tests.Sealing;

public sealed class SealedStoreTests : IDisposable
{
    private const string Marker = "Zoë-4711";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("billing-keys-");
    private readonly MemoryEventStore engine = new();
    private readonly BookId book = Given.Book();
    private readonly KeyOwner client = new(Guid.CreateVersion7(), KeyUse.Contact);
    private readonly KeyRing keys;
    private readonly SealedEventStore store;

    public SealedStoreTests()
    {
        keys = Ring();
        store = new SealedEventStore(engine, keys);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        keys.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_is_appended_is_read_again_and_the_engine_has_none_of_it()
    {
        await Append("client-1", 0, Event(client));

        var read = Assert.Single(await Read(store, "client-1"));
        var stored = Assert.Single(await Read(engine, "client-1"));
        Assert.Equal($$"""{"name":"{{Marker}}"}""", Encoding.UTF8.GetString(read.Confidential.Span));
        Assert.Null(read.ConfidentialKey);
        Assert.Equal(keys.KeyOf(book, client).Id, stored.ConfidentialKey);
        Assert.Equal(-1, stored.Confidential.Span.IndexOf(Encoding.UTF8.GetBytes(Marker)));
        Assert.Equal(1, stored.Confidential.Span[0]);
        Assert.Equal(read.Confidential.Length + 29, stored.Confidential.Length);
    }

    [Fact]
    public async Task Every_way_of_reading_opens()
    {
        var request = Given.Append(book, new StreamAppend("client-1", 0, [Event(client)])).Keyed("k");
        await store.Append(request, Stop);

        var visited = "";
        await store.VisitStream(book, "client-1", shown => visited = Encoding.UTF8.GetString(shown.Plain), Stop);
        var keyed = await store.FindByIdempotencyKey(book, "k", Stop);
        Assert.Contains(Marker, visited, StringComparison.Ordinal);
        Assert.All(
            [
                .. await store.ReadBook(book, 0, 9, Stop), .. await store.ReadFeed(0, 9, Stop), .. keyed!.Events,
                .. await store.Subscribe(0, Stop).FirstAsync(Stop),
            ],
            stored => Assert.Contains(Marker, Encoding.UTF8.GetString(stored.Confidential.Span), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_an_owner_and_from_before_there_were_keys_it_is_plain_and_read_as_it_is()
    {
        await engine.Append(Given.Append(book, new StreamAppend("client-1", 0, [Event(client)])), Stop);
        await Append("client-1", 1, Event(null));

        Assert.Equal(
            (await Read(engine, "client-1")).Select(e => Encoding.UTF8.GetString(e.Confidential.Span)),
            (await Read(store, "client-1")).Select(e => Encoding.UTF8.GetString(e.Confidential.Span)));
    }

    [Fact]
    public async Task After_an_erasure_its_parts_stay_shut_others_open_and_the_chain_holds()
    {
        var other = client with { ClientId = Guid.CreateVersion7() };
        await Append("client-1", 0, Event(client));
        await Append("client-2", 0, Event(other));
        var links = (await engine.ReadBook(book, 0, 9, Stop)).Select(e => Convert.ToHexString(e.Link.Span)).ToList();

        Assert.True(keys.Erase(book, client, Given.Morning));
        await Append("client-1", 1, Event(client));

        var read = await Read(store, "client-1");
        Assert.NotNull(read[0].ConfidentialKey);
        Assert.True(read[1].Confidential.IsEmpty);
        Assert.Contains(Marker, Encoding.UTF8.GetString((await Read(store, "client-2"))[0].Confidential.Span), StringComparison.Ordinal);
        var book3 = await engine.ReadBook(book, 0, 9, Stop);
        Assert.Equal(links, book3.Take(2).Select(e => Convert.ToHexString(e.Link.Span)));
        var previous = Chain.Origin;
        foreach (var stored in book3)
        {
            Assert.Equal(Chain.Expected(previous.Span, stored), stored.Link.ToArray());
            previous = stored.Link;
        }
        Assert.Equal(1, keys.Erasures);
    }

    [Fact]
    public async Task A_part_moved_to_another_event_does_not_open()
    {
        await Append("client-1", 0, Event(client), Event(client));
        var stored = await Read(engine, "client-1");
        var swapped = stored[0] with { Confidential = stored[1].Confidential, ConfidentialKey = stored[1].ConfidentialKey };
        var seal = new EventSeal(keys);

        Assert.Contains(Marker, Encoding.UTF8.GetString(seal.Open(stored[0]).Confidential.Span), StringComparison.Ordinal);
        Refused(swapped);
        Refused(stored[0] with { Stream = "client-2" });
        Refused(stored[0] with { Type = "client-described.v1" });
        Refused(stored[0] with { Book = Given.Book() });
        Refused(stored[0] with { Confidential = Flipped(stored[0].Confidential) });

        void Refused(StoredEvent altered) => Assert.Contains(
            "was altered, or is another event's", Assert.Throws<EventStoreException>(() => seal.Open(altered)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_not_there_is_no_erased_one()
    {
        await Append("client-1", 0, Event(client));
        using var empty = Ring("other.db");

        var refusal = await Assert.ThrowsAsync<EventStoreException>(async () => await Read(new SealedEventStore(engine, empty), "client-1"));

        Assert.Contains("is not there", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_process_hears_of_an_erasure_when_it_asks()
    {
        await Append("client-1", 0, Event(client));
        using var elsewhere = Ring();
        var there = new SealedEventStore(engine, elsewhere);
        Assert.Null((await Read(there, "client-1"))[0].ConfidentialKey);
        keys.Erase(book, client, Given.Morning);

        Assert.True(elsewhere.Refresh());
        Assert.False(elsewhere.Refresh());
        Assert.NotNull((await Read(there, "client-1"))[0].ConfidentialKey);
    }

    [Fact]
    public async Task A_master_key_wraps_what_lies_at_home_and_no_other_opens_it()
    {
        await Append("client-1", 0, Event(client));
        var plain = keys.KeyOf(book, client).Bytes!;
        var file = Path.Combine(folder.FullName, "keys.db");
        Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(plain) >= 0);

        using (var wrapped = Ring(master: Master(1)))
            Assert.Null((await Read(new SealedEventStore(engine, wrapped), "client-1"))[0].ConfidentialKey);

        Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf(plain));
        Assert.Contains("another master key", Assert.Throws<EventStoreException>(() => Ring(master: Master(2))).Message, StringComparison.Ordinal);
        Assert.Contains("wrapped by a master key", Assert.Throws<EventStoreException>(() => Ring()).Message, StringComparison.Ordinal);
        Assert.Null(MasterKey.Parse("c2hvcnQ="));
        Assert.Null(MasterKey.Parse("no base64"));
    }

    private static MasterKey Master(byte fill) => MasterKey.Parse(Convert.ToBase64String([.. Enumerable.Repeat(fill, 32)]))!;

    private static byte[] Flipped(ReadOnlyMemory<byte> bytes)
    {
        var copy = bytes.ToArray();
        copy[^1] ^= 1;
        return copy;
    }

    private KeyRing Ring(string file = "keys.db", MasterKey? master = null) =>
        new(SqliteKeyHome.Open(Path.Combine(folder.FullName, file)), master, Guid.CreateVersion7);

    private async Task Append(string stream, long expected, params NewEvent[] events) => Assert.IsType<AppendOutcome.Appended>(
        await store.Append(Given.Append(book, new StreamAppend(stream, expected, events)), Stop));

    private async Task<IReadOnlyList<StoredEvent>> Read(IEventReader from, string stream) =>
        await from.ReadStream(book, stream, 1, 9, ReadDirection.Forwards, Stop);

    private static NewEvent Event(KeyOwner? owner) => new(
        Guid.CreateVersion7(), "client-added.v1", "{}"u8.ToArray(), Encoding.UTF8.GetBytes($$"""{"name":"{{Marker}}"}"""))
    {
        Owner = owner,
    };
}
