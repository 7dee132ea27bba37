using Billing.EventStore.Port;

namespace Billing.EventStore.Tests;

public sealed class StoreAddressTests
{
    [Theory]
    [InlineData("sqlite:data/events.db", "sqlite", "data/events.db")]
    [InlineData("postgres:Host=db;Password=a:b", "postgres", "Host=db;Password=a:b")]
    [InlineData("kurrentdb:esdb://localhost:2113", "kurrentdb", "esdb://localhost:2113")]
    public void A_store_is_named_by_its_engine_and_place(string text, string engine, string place) =>
        Assert.Equal(new StoreAddress(engine, place), StoreAddress.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("data/events.db")]
    [InlineData("sqlite:")]
    [InlineData(":x")]
    [InlineData("mysql:x")]
    public void What_names_no_store_is_told_how_one_is_named(string text) => Assert.Contains(
        "write sqlite:PATH", Assert.Throws<EventStoreException>(() => StoreAddress.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_password_is_never_printed() =>
        Assert.Equal("postgres:…", StoreAddress.Parse("postgres:Host=db;Password=secret").ToString());
}
