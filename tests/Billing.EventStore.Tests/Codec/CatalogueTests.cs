using Billing.EventStore.Codec;
using static Billing.EventStore.Codec.CatalogueEntry;

namespace Billing.EventStore.Tests.Codec;

public sealed class CatalogueTests
{
    private static readonly CatalogueEntry
        First = Retired<A, B>("thing-done.v1", _ => new B()),
        Second = Retired<B, C>("thing-done.v2", _ => new C()),
        Third = Newest<C>("thing-done.v3");

    [Fact]
    public void Knows_every_version_of_a_name_and_writes_the_newest()
    {
        var catalogue = new Catalogue([Third, First, Second]);

        Assert.Equal([Third], catalogue.Newest);
        Assert.Equal(Third, catalogue.NewestOf("thing-done.v1"));
        Assert.Equal(Third, catalogue.NewestOf("thing-done.v3"));
        Assert.True(catalogue.TryNameOf(typeof(C), out var name) && name == "thing-done.v3");
        Assert.False(catalogue.TryNameOf(typeof(A), out _));
    }

    [Fact]
    public void Refuses_a_name_that_occurs_twice() =>
        Refuses("thing-done.v1 is where version 2", Newest<A>("thing-done.v1"), Newest<B>("thing-done.v1"));

    [Fact]
    public void Refuses_a_shape_with_two_names() => Refuses("two names", Newest<A>("thing-done.v1"), Newest<A>("other-thing-done.v1"));

    [Fact]
    public void Refuses_a_gap_between_versions() =>
        Refuses("thing-done.v3 is where version 2", Retired<A, C>("thing-done.v1", _ => new C()), Third);

    [Fact]
    public void Refuses_to_lose_the_first_versions() => Refuses("thing-done.v2 is where version 1", Second, Third);

    [Fact]
    public void Refuses_an_upcaster_that_leaps_over_its_neighbour() => Refuses(
        "not into the shape of thing-done.v2", Retired<A, C>("thing-done.v1", _ => new C()), Second, Third);

    [Fact]
    public void Refuses_a_retired_version_without_an_upcaster() => Refuses(
        "made into none, not into the shape of thing-done.v2", Newest<A>("thing-done.v1"), Newest<B>("thing-done.v2"));

    [Fact]
    public void Refuses_an_upcaster_to_a_version_without_an_entry() => Refuses("thing-done.v2 is the newest", First, Second);

    [Theory]
    [InlineData("thing-done")]
    [InlineData("thing-done.v0")]
    [InlineData("thing-done.v01")]
    [InlineData("thing-done.v-1")]
    [InlineData("thing-done.v")]
    [InlineData(".v1")]
    public void Refuses_a_name_without_a_version(string name) => Refuses("no stored name", Newest<A>(name));

    private static void Refuses(string why, params CatalogueEntry[] entries) =>
        Assert.Contains(why, Assert.Throws<ArgumentException>(() => new Catalogue(entries)).Message, StringComparison.Ordinal);

    private sealed record A;

    private sealed record B;

    private sealed record C;
}
