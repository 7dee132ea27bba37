using System.Text;
using System.Text.Json.Serialization.Metadata;
using Billing.Domain.Values;
using Billing.EventStore.Codec;
using static Billing.EventStore.Codec.CatalogueEntry;

namespace Billing.EventStore.Tests.Codec;

/// <summary>
/// An event that changed its shape twice, read and written by the code that the product's own catalogue goes through.
/// </summary>
public sealed class UpcastingTests
{
    private static readonly Guid Client = new("00000000-0000-0000-0000-00000000c11e");

    private static readonly JsonForms Forms = new(
        new Catalogue(
        [
            Retired<VisitNotedV1, VisitNotedV2>("visit-noted.v1", old => new(old.ClientId, old.Name, 60L * old.Minutes)),
            Retired<VisitNotedV2, VisitNoted>("visit-noted.v2", VisitNoted.Of),
            Newest<VisitNoted>("visit-noted.v3"),
        ]),
        new DefaultJsonTypeInfoResolver());

    [Theory]
    [InlineData("visit-noted.v1", """{"clientId":"00000000-0000-0000-0000-00000000c11e","minutes":90}""", """{"name":"Ada King"}""")]
    [InlineData("visit-noted.v2", """{"clientId":"00000000-0000-0000-0000-00000000c11e","seconds":5400}""", """{"name":"Ada King"}""")]
    [InlineData(
        "visit-noted.v3", """{"clientId":"00000000-0000-0000-0000-00000000c11e","seconds":5400,"isBillable":true}""",
        """{"givenName":"Ada","familyName":"King"}""")]
    public void Every_version_reads_as_the_newest(string name, string data, string confidential) =>
        Assert.Equal(new VisitNoted(Client, "Ada", "King", 5_400, true), Decode(name, data, confidential));

    [Theory]
    [InlineData("visit-noted.v1", """{"clientId":"00000000-0000-0000-0000-00000000c11e","minutes":90}""")]
    [InlineData("visit-noted.v2", """{"clientId":"00000000-0000-0000-0000-00000000c11e","seconds":5400}""")]
    public void An_old_event_whose_confidential_part_is_erased_still_reads(string name, string data) =>
        Assert.Equal(new VisitNoted(Client, null, null, 5_400, true), Decode(name, data, ""));

    [Fact]
    public void Only_the_newest_is_written_and_its_confidential_part_is_its_own()
    {
        var encoded = Forms.Encode(Guid.Empty, Decode("visit-noted.v1", """{"minutes":1}""", """{"name":"Ada King"}"""));

        Assert.Equal("visit-noted.v3", encoded.Type);
        Assert.DoesNotContain("Ada", Encoding.UTF8.GetString(encoded.Data.Span), StringComparison.Ordinal);
        Assert.Equal("""{"givenName":"Ada","familyName":"King"}""", Encoding.UTF8.GetString(encoded.Confidential.Span));
    }

    [Fact]
    public void A_retired_shape_is_not_written_any_more()
    {
        var refused = Assert.Throws<ArgumentException>(() => Forms.Encode(Guid.Empty, new VisitNotedV1(Client, "Ada", 1)));
        Assert.Contains("not the newest shape", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_newer_than_the_newest_is_unknown()
    {
        var unknown = Assert.Throws<UnknownEventException>(() => Decode("visit-noted.v4", "{}", ""));
        Assert.Equal("visit-noted.v4", unknown.EventName);
    }

    private static object Decode(string name, string data, string confidential) =>
        Forms.Decode(name, Encoding.UTF8.GetBytes(data), Encoding.UTF8.GetBytes(confidential));

    internal sealed record VisitNoted(
        Guid ClientId, [property: Confidential] string? GivenName, [property: Confidential] string? FamilyName, long Seconds,
        bool IsBillable)
    {
        public static VisitNoted Of(VisitNotedV2 old)
        {
            var names = old.Name?.Split(' ', 2);
            return new VisitNoted(old.ClientId, names?[0], names?[1], old.Seconds, IsBillable: true);
        }
    }

    internal sealed record VisitNotedV2(Guid ClientId, [property: Confidential] string? Name, long Seconds);

    internal sealed record VisitNotedV1(Guid ClientId, [property: Confidential] string? Name, int Minutes);
}
