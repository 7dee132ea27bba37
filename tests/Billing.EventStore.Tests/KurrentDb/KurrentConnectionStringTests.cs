using Billing.EventStore.KurrentDb;

namespace Billing.EventStore.Tests.KurrentDb;

public sealed class KurrentConnectionStringTests
{
    [Fact]
    public void One_host_is_the_server()
    {
        var options = KurrentConnectionString.Parse("esdb://localhost?tls=false");

        Assert.Equal([new KurrentEndpoint("localhost", 2113)], options.Seeds);
        Assert.False(options.Discover);
        Assert.False(options.Tls);
        Assert.Null(options.User);
    }

    [Fact]
    public void Several_hosts_are_a_cluster_and_everything_may_be_said_of_it()
    {
        var options = KurrentConnectionString.Parse(
            "kurrentdb+discover://ad%3Amin:p%40ss@one:1,two:2,three/?connectionName=api&maxDiscoverAttempts=3&discoveryInterval=7"
            + "&gossipTimeout=9&keepAliveInterval=11&nodePreference=leader&tlsCaFile=/ca.crt");

        Assert.Equal(["one:1", "two:2", "three:2113"], options.Seeds.Select(s => s.ToString()));
        Assert.Equal((true, true, "ad:min", "p@ss"), (options.Discover, options.Tls, options.User, options.Password));
        Assert.Equal(("api", 3, "/ca.crt"), (options.ConnectionName, options.DiscoveryAttempts, options.CertificateAuthorityFile));
        Assert.Equal(
            (7d, 9d, 11d),
            (options.DiscoveryInterval.TotalMilliseconds, options.GossipTimeout.TotalMilliseconds, options.KeepAlive.TotalMilliseconds));
    }

    [Fact]
    public void A_single_name_may_stand_for_a_cluster() => Assert.True(KurrentConnectionString.Parse("esdb+discover://cluster").Discover);

    [Theory]
    [InlineData("localhost:2113", "no scheme")]
    [InlineData("http://localhost", "scheme is http")]
    [InlineData("esdb+find://localhost", "scheme is esdb+find")]
    [InlineData("esdb://", "no host")]
    [InlineData("esdb://a,,b", "no host")]
    [InlineData("esdb://a:0", "0 is no port")]
    [InlineData("esdb://a:x", "x is no port")]
    [InlineData("esdb://admin@a", "without :password")]
    [InlineData("esdb://a?tls=maybe", "neither true nor false")]
    [InlineData("esdb://a?gossipTimeout=soon", "not a number")]
    [InlineData("esdb://a?nodePreference=follower", "is not known here")]
    [InlineData("esdb://a?tls", "no value")]
    public void What_cannot_be_read_is_said(string text, string problem)
    {
        var refusal = Assert.Throws<ArgumentException>(() => KurrentConnectionString.Parse(text));

        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_is_not_repeated_in_the_refusal()
    {
        var refusal = Assert.Throws<ArgumentException>(() => KurrentConnectionString.Parse("esdb://admin:secret@a:x"));

        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }
}
