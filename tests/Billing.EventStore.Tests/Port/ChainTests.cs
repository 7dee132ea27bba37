using Billing.EventStore.Port;
using NodaTime;

namespace Billing.EventStore.Tests.Port;

/// <summary>The links below were computed by another program, straight from the words that describe the canonical form.</summary>
public sealed class ChainTests
{
    private static readonly BookId Book = new(new Guid("01900000-0000-7000-8000-000000000001"));

    private static readonly EventMetadata Metadata = new(
        "member:1", new Guid("01900000-0000-7000-8000-0000000000c1"), new Guid("01900000-0000-7000-8000-0000000000c2"),
        Instant.FromUtc(2026, 3, 2, 8, 0));

    private static readonly NewEvent Bare = new(
        new Guid("01900000-0000-7000-8000-00000000000a"), "invoice-finalized.v1", "{\"n\":1}"u8.ToArray());

    private static readonly NewEvent Full = new(
        new Guid("01900000-0000-7000-8000-00000000000b"), "client-added.v1", "{}"u8.ToArray(), new byte[] { 0x00, 0xff },
        new Guid("01900000-0000-7000-8000-0000000000d1"));

    [Fact]
    public void A_link_is_the_hash_of_the_documented_form()
    {
        var first = Chain.Link(Chain.Origin.Span, Book, 1, "invoice-é", 1, Bare, Metadata);
        var second = Chain.Link(first, Book, 2, "client-1", 1, Full, Metadata with { IdempotencyKey = "k", BodyHash = "ab" });

        Assert.Equal("94E5AC6862540B08B3C941115907B0E7CAC2989BD675BD1C43C6F034B6D5DA1C", Convert.ToHexString(first));
        Assert.Equal("75D46F02C73427A9188420ADEA81681ABDC00ECF81B64313638497B722572373", Convert.ToHexString(second));
    }

    [Fact]
    public void Every_part_of_an_event_changes_its_link()
    {
        var links = new List<string>
        {
            Link(Chain.Origin.Span, Book, 1, "invoice-1", 1, Full, Metadata),
            Link(new byte[32].Select(_ => (byte)1).ToArray(), Book, 1, "invoice-1", 1, Full, Metadata),
            Link(Chain.Origin.Span, new BookId(Full.Id), 1, "invoice-1", 1, Full, Metadata),
            Link(Chain.Origin.Span, Book, 2, "invoice-1", 1, Full, Metadata),
            Link(Chain.Origin.Span, Book, 1, "invoice-2", 1, Full, Metadata),
            Link(Chain.Origin.Span, Book, 1, "invoice-1", 2, Full, Metadata),
        };
        NewEvent[] events =
        [
            Full with { Id = Bare.Id },
            Full with { Type = "client-added.v2" },
            Full with { Data = "[]"u8.ToArray() },
            Full with { Confidential = "x"u8.ToArray() },
            Full with { Confidential = default },
            Full with { ConfidentialKey = Bare.Id },
            Full with { ConfidentialKey = null },
        ];
        EventMetadata[] metadata =
        [
            Metadata with { Actor = "member:2" },
            Metadata with { CorrelationId = Bare.Id },
            Metadata with { CausationId = Bare.Id },
            Metadata with { RecordedAt = Metadata.RecordedAt + Duration.FromTicks(1) },
            Metadata with { IdempotencyKey = "ab" },
            Metadata with { BodyHash = "ab" },
        ];
        links.AddRange(events.Select(e => Link(Chain.Origin.Span, Book, 1, "invoice-1", 1, e, Metadata)));
        links.AddRange(metadata.Select(m => Link(Chain.Origin.Span, Book, 1, "invoice-1", 1, Full, m)));

        Assert.Equal(links.Count, links.Distinct().Count());
    }

    private static string Link(
        ReadOnlySpan<byte> previous, BookId book, long place, string stream, long version, NewEvent @event, EventMetadata metadata) =>
        Convert.ToHexString(Chain.Link(previous, book, place, stream, version, @event, metadata));
}
