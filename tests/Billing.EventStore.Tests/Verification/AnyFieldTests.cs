using Billing.EventStore.Memory;
using Billing.EventStore.Port;
using Billing.EventStore.Tests.Conformance;
using Billing.EventStore.Verification;
using CsCheck;
using NodaTime;

namespace Billing.EventStore.Tests.Verification;

public sealed class AnyFieldTests
{
    private static readonly (string Name, Func<StoredEvent, int, StoredEvent> Change)[] Fields =
    [
        ("book", (e, _) => e with { Book = Given.Book() }),
        ("place", (e, n) => e with { Place = e.Place + n }),
        ("stream", (e, _) => e with { Stream = e.Stream + "x" }),
        ("version", (e, n) => e with { Version = e.Version + n }),
        ("id", (e, _) => e with { Id = Guid.NewGuid() }),
        ("type", (e, _) => e with { Type = "x" + e.Type }),
        ("data", (e, n) => e with { Data = Flipped(e.Data, n) }),
        ("confidential", (e, n) => e with { Confidential = e.Confidential.IsEmpty ? new byte[] { 1 } : Flipped(e.Confidential, n) }),
        ("confidential key", (e, _) => e with { ConfidentialKey = e.ConfidentialKey is null ? Guid.NewGuid() : null }),
        ("actor", (e, _) => e with { Metadata = e.Metadata with { Actor = e.Metadata.Actor + "x" } }),
        ("correlation", (e, _) => e with { Metadata = e.Metadata with { CorrelationId = Guid.NewGuid() } }),
        ("causation", (e, _) => e with { Metadata = e.Metadata with { CausationId = Guid.NewGuid() } }),
        ("recorded at", (e, n) => e with { Metadata = e.Metadata with { RecordedAt = e.Metadata.RecordedAt + Duration.FromTicks(n) } }),
        ("key", (e, _) => e with { Metadata = e.Metadata with { IdempotencyKey = e.Metadata.IdempotencyKey + "x" } }),
        ("body hash", (e, _) => e with { Metadata = e.Metadata with { BodyHash = e.Metadata.BodyHash + "x" } }),
        ("link", (e, n) => e with { Link = Flipped(e.Link, n) }),
    ];

    /// <summary>Positions belong to the store and not to the book, so the chain does not cover them.</summary>
    [Fact]
    public async Task Any_change_of_any_one_field_of_any_event_is_found_at_that_event()
    {
        var whole = await Whole();
        var changes = from at in Gen.Int[0, whole.Count - 1]
                      from field in Gen.Int[0, Fields.Length - 1]
                      from amount in Gen.Int[1, 255].Where(n => n != 0)
                      from sign in Gen.OneOfConst(1, -1)
                      select (at, field, amount: amount * sign);

        await changes.SampleAsync(
            async change =>
            {
                var (name, alter) = Fields[change.field];
                var events = whole.ToArray();
                events[change.at] = alter(events[change.at], change.amount);

                var report = await BookVerifier.Verify(
                    new Listed(whole[0].Book, events), [], null, TestContext.Current.CancellationToken);

                Assert.Equal((name, change.at + 1L), (name, report.Fault?.Place ?? 0));
                Assert.Equal((name, ChainFaultKind.Altered), (name, report.Fault!.Kind));
            },
            iter: 2_000,
            threads: 1);
    }

    [Fact]
    public async Task Any_two_events_in_each_others_place_are_found_at_the_first()
    {
        var whole = await Whole();
        var pairs = from one in Gen.Int[0, whole.Count - 2] from other in Gen.Int[one + 1, whole.Count - 1] select (one, other);

        await pairs.SampleAsync(
            async pair =>
            {
                var events = whole.ToArray();
                (events[pair.one], events[pair.other]) = (events[pair.other], events[pair.one]);

                var report = await BookVerifier.Verify(
                    new Listed(whole[0].Book, events), [], null, TestContext.Current.CancellationToken);

                Assert.Equal(
                    (ChainFaultKind.Reordered, pair.one + 1L), (report.Fault?.Kind ?? default, report.Fault?.Place ?? 0));
            },
            iter: 300,
            threads: 1);
    }

    private static async Task<IReadOnlyList<StoredEvent>> Whole()
    {
        var written = new WrittenBook();
        await using var store = new MemoryEventStore();
        await written.Fill(store);
        await written.DisposeAsync();
        return await store.ReadBook(written.Book, 0, 100, TestContext.Current.CancellationToken);
    }

    private static byte[] Flipped(ReadOnlyMemory<byte> bytes, int n)
    {
        var changed = bytes.ToArray();
        changed[Math.Abs(n) % changed.Length] ^= 0x10;
        return changed;
    }

    /// <summary>A book as a plain list, in whatever order it lies.</summary>
    private sealed class Listed(BookId book, IReadOnlyList<StoredEvent> events) : IBookSource
    {
        public BookId Book => book;

        public IAsyncEnumerable<StoredEvent> ReadAfter(long place, CancellationToken cancellationToken) =>
            events.Skip((int)place).ToAsyncEnumerable();
    }
}
