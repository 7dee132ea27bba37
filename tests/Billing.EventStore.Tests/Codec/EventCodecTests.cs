using System.Text;
using Billing.Domain.Clients;
using Billing.EventStore.Codec;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.EventStore.Tests.Codec;

public sealed class EventCodecTests
{
    public static TheoryData<string> Names => [.. EventCatalogue.All.Newest.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_stored_as_its_golden_file_says_and_reads_back_the_same(string name)
    {
        var type = EventCatalogue.All.NewestOf(name).Type;
        var encoded = EventCodec.Encode(Guid.Empty, SampleEvents.Of(type));
        Assert.Equal(GoldenFile.Of(name, encoded).Text, GoldenFile.TextOf(encoded));

        ReadsBackTheSame(type, encoded);
        ReadsBackTheSame(type, EventCodec.Encode(Guid.Empty, SampleEvents.WithAdditions(type)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Reads_back_the_fields_that_were_added_later(string name)
    {
        var encoded = EventCodec.Encode(Guid.Empty, SampleEvents.WithAdditions(EventCatalogue.All.NewestOf(name).Type));
        var again = EventCodec.Encode(Guid.Empty, EventCodec.Decode(name, encoded.Data.Span, encoded.Confidential.Span));
        Assert.Equal(encoded.Data.ToArray(), again.Data.ToArray());
        Assert.Equal(encoded.Confidential.ToArray(), again.Confidential.ToArray());
    }

    [Fact]
    public void Keeps_confidential_properties_out_of_the_open_part()
    {
        var added = new ClientEvent.ClientAdded(
            Guid.Empty, "Acme", "office@acme.example", ["1 Main St"], "USD", 30, Instant.FromUnixTimeSeconds(0));
        var encoded = EventCodec.Encode(Guid.Empty, added);
        Assert.DoesNotContain("cme", Encoding.UTF8.GetString(encoded.Data.Span), StringComparison.Ordinal);
        Assert.Equal(
            """{"name":"Acme","email":"office@acme.example","addressLines":["1 Main St"]}""",
            Encoding.UTF8.GetString(encoded.Confidential.Span));
    }

    [Fact]
    public void Reads_an_erased_event_with_its_confidential_properties_missing()
    {
        var added = new ClientEvent.ClientAdded(
            Guid.Empty, "Acme", null, null, "USD", 30, Instant.FromUnixTimeSeconds(0));
        var encoded = EventCodec.Encode(Guid.Empty, added);
        var erased = (ClientEvent.ClientAdded)EventCodec.Decode(encoded.Type, encoded.Data.Span, default);
        Assert.Equal(added with { Name = null }, erased);
    }

    [Fact]
    public void Refuses_a_name_that_the_catalogue_does_not_have()
    {
        var unknown = Assert.Throws<UnknownEventException>(() => EventCodec.Decode("client-renamed.v9", "{}"u8, default));
        Assert.Equal("client-renamed.v9", unknown.EventName);
    }

    [Fact]
    public void Has_an_entry_for_every_event_of_the_domain()
    {
        var events = typeof(ClientEvent).Assembly.GetTypes()
            .Where(t => t is { IsSealed: true, IsNested: true } && t.DeclaringType == t.BaseType)
            .Where(t => t.BaseType!.Name.EndsWith("Event", StringComparison.Ordinal));
        Assert.Equal(events.ToHashSet(), EventCatalogue.All.Newest.Select(entry => entry.Type).ToHashSet());
    }

    private static void ReadsBackTheSame(Type type, NewEvent encoded)
    {
        var decoded = EventCodec.Decode(encoded.Type, encoded.Data.Span, encoded.Confidential.Span);
        Assert.Equal(type, decoded.GetType());
        var again = EventCodec.Encode(Guid.Empty, decoded);
        Assert.Equal(encoded.Data.ToArray(), again.Data.ToArray());
        Assert.Equal(encoded.Confidential.ToArray(), again.Confidential.ToArray());
    }
}
