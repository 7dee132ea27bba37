using System.Text;
using Billing.EventStore.KurrentDb;
using Billing.EventStore.Port;
using Billing.EventStore.Tests.Conformance;
using NodaTime;

namespace Billing.EventStore.Tests.KurrentDb;

public sealed class EventFormTests
{
    private static readonly Guid Id = new("0199a000-0000-7000-8000-000000000001");
    private static readonly Guid Key = new("0199a000-0000-7000-8000-000000000002");
    private static readonly Guid Request = new("0199a000-0000-7000-8000-000000000003");
    private static readonly EventMetadata Full = new("member:ü", Request, Key, Instant.FromUnixTimeTicks(17), "k-1", "ab12");

    [Fact]
    public void The_metadata_of_an_event_are_written_in_one_way_only()
    {
        var link = new byte[Chain.LinkLength];
        link[^1] = 0xab;
        var sealedEvent = new NewEvent(Id, "client-added.v1", "{ }"u8.ToArray(), new byte[] { 0xff, 0, 1 }, Key);
        var plain = new NewEvent(Id, "client-added.v1", "{ }"u8.ToArray());

        Assert.Equal(
            """{"id":"0199a000-0000-7000-8000-000000000001","first":3,"place":4,"stream":"client-1","version":2,"actor":"member:\u00FC","$correlationId":"0199a000-0000-7000-8000-000000000003","$causationId":"0199a000-0000-7000-8000-000000000002","recordedAtTicks":17,"idempotencyKey":"k-1","bodyHash":"ab12","confidentialKey":"0199a000-0000-7000-8000-000000000002","confidential":"/wAB","link":"00000000000000000000000000000000000000000000000000000000000000ab"}""",
            Metadata(sealedEvent, Full, link));
        Assert.Equal(
            """{"id":"0199a000-0000-7000-8000-000000000001","first":3,"place":4,"stream":"client-1","version":2,"actor":"member:\u00FC","$correlationId":"0199a000-0000-7000-8000-000000000003","$causationId":"0199a000-0000-7000-8000-000000000002","recordedAtTicks":17,"link":"00000000000000000000000000000000000000000000000000000000000000ab"}""",
            Metadata(plain, Full with { IdempotencyKey = null, BodyHash = null }, link));
    }

    [Theory]
    [InlineData("a", "a", "a")]
    [InlineData("発票-一", "share-link:🧾", "ключ")]
    [InlineData("\u0001\n\"\\", "\u202e", "'&<>+")]
    public void The_size_is_never_more_than_what_was_reckoned_before(string stream, string actor, string key)
    {
        var request = Given.Append(Given.Book(), new StreamAppend(stream, 0, [.. Given.Events(2), Sealed()]));
        request = request with { Metadata = Full with { Actor = actor, IdempotencyKey = key } };
        var draft = new BookDraft(request.Book, new BookIndex(Duration.FromDays(30)));

        draft.Decide(request);

        Assert.Equal(3, draft.Messages.Count);
        Assert.InRange(draft.Bytes, 1, EventForm.MostBytes(request));

        static NewEvent Sealed() => new(Id, "client-added.v1", "{}"u8.ToArray(), new byte[1_001], Key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id":"0199a000-0000-7000-8000-000000000001","shoe":42}""")]
    public void Metadata_of_another_form_are_not_read(string metadata) =>
        Assert.ThrowsAny<Exception>(() => EventParts.Read(Encoding.UTF8.GetBytes(metadata)));

    private static string Metadata(NewEvent @event, EventMetadata metadata, byte[] link) => EventForm
        .Proposed(new BookDraft.Planned(@event, "client-1", 2, 3, 4, link), Id, metadata)
        .CustomMetadata.ToStringUtf8();
}
