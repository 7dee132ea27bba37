using System.Net;
using System.Net.Sockets;
using Billing.Api.Webhooks;

namespace Billing.Api.Tests.Webhooks;

public sealed class AddressTests
{
    [Theory]
    [InlineData("0.0.0.0"), InlineData("0.1.2.3"), InlineData("10.0.0.1"), InlineData("10.255.255.255"), InlineData("100.64.0.1")]
    [InlineData("100.127.255.255"), InlineData("127.0.0.1"), InlineData("127.255.255.254"), InlineData("169.254.0.1")]
    [InlineData("169.254.169.254"), InlineData("172.16.0.1"), InlineData("172.31.255.255"), InlineData("192.0.0.8")]
    [InlineData("192.0.2.1"), InlineData("192.88.99.1"), InlineData("192.168.1.1"), InlineData("198.18.0.1"), InlineData("198.19.255.255")]
    [InlineData("198.51.100.7"), InlineData("203.0.113.9"), InlineData("224.0.0.1"), InlineData("239.255.255.250")]
    [InlineData("240.0.0.1"), InlineData("255.255.255.255"), InlineData("168.63.129.16")]
    [InlineData("::"), InlineData("::1"), InlineData("fe80::1"), InlineData("febf::1"), InlineData("fec0::1"), InlineData("fc00::1")]
    [InlineData("fd12:3456::1"), InlineData("ff02::1"), InlineData("2001:db8::1"), InlineData("3fff::1"), InlineData("100::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("::ffff:127.0.0.1"), InlineData("::ffff:10.0.0.1"), InlineData("::ffff:169.254.169.254"), InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1"), InlineData("64:ff9b:1::a00:1"), InlineData("2002:7f00:1::"), InlineData("2002:a9fe:a9fe::1")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2"), InlineData("2001:10::1"), InlineData("2001:20::1"), InlineData("5f00::1")]
    public void What_only_we_could_reach_is_never_called(string address) =>
        Assert.False(PublicAddresses.Contain(IPAddress.Parse(address)));

    /// <summary>The nearest neighbours of what is not.</summary>
    [Theory]
    [InlineData("1.1.1.1"), InlineData("9.255.255.255"), InlineData("11.0.0.0"), InlineData("100.63.255.255"), InlineData("100.128.0.0")]
    [InlineData("126.255.255.255"), InlineData("128.0.0.1"), InlineData("169.253.255.255"), InlineData("169.255.0.0")]
    [InlineData("172.15.255.255"), InlineData("172.32.0.0"), InlineData("192.0.1.0"), InlineData("192.0.3.0")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0"), InlineData("198.17.255.255"), InlineData("198.20.0.0"), InlineData("198.51.101.0")]
    [InlineData("203.0.114.0"), InlineData("223.255.255.255"), InlineData("168.63.129.17")]
    [InlineData("2606:4700::1111"), InlineData("2001:200::1"), InlineData("2001:db9::1"), InlineData("2003::1"), InlineData("2a00:1450::1")]
    public void What_everyone_reaches_is_called(string address) => Assert.True(PublicAddresses.Contain(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://hooks.example/a", "webhook-url-malformed"), InlineData("ftp://hooks.example/a", "webhook-url-malformed")]
    [InlineData("/a", "webhook-url-malformed"), InlineData("https://maya:secret@hooks.example/", "webhook-url-malformed")]
    [InlineData("https://hooks.example/#a", "webhook-url-malformed"), InlineData("http://127.0.0.1/", "webhook-url-malformed")]
    [InlineData("https://hooks.example:22/", "webhook-port-not-allowed")]
    [InlineData("https://hooks.example:80/", "webhook-port-not-allowed")]
    [InlineData("https://127.0.0.1/", "webhook-address-not-public"), InlineData("https://127.1/", "webhook-address-not-public")]
    [InlineData("https://2130706433/", "webhook-address-not-public"), InlineData("https://0x7f000001/", "webhook-address-not-public")]
    [InlineData("https://0177.0.0.1/", "webhook-address-not-public"), InlineData("https://[::1]/", "webhook-address-not-public")]
    [InlineData("https://[::ffff:10.0.0.1]/", "webhook-address-not-public"), InlineData("https://localhost/", "webhook-address-not-public")]
    [InlineData("https://a.localhost/", "webhook-address-not-public"), InlineData("https://169.254.169.254/", "webhook-address-not-public")]
    [InlineData("https://hooks.example/a?b=c", null), InlineData("https://hooks.example:8443/", null), InlineData("https://1.1.1.1/", null)]
    public void An_address_is_https_on_a_port_that_is_called_and_public(string url, string? code) =>
        Assert.Equal(code, WebhookAddress.Fault(url, new WebhookOptions())?.Code);

    [Theory]
    [InlineData("http://127.0.0.1:5000/", null), InlineData("http://localhost/", null), InlineData("http://[::1]:81/", null)]
    [InlineData("http://10.0.0.1/", "webhook-url-malformed"), InlineData("https://10.0.0.1/", "webhook-address-not-public")]
    public void For_trying_out_this_machine_alone_is_called_besides(string url, string? code) =>
        Assert.Equal(code, WebhookAddress.Fault(url, new WebhookOptions { AllowLoopback = true })?.Code);

    [Fact]
    public async Task A_name_that_means_another_address_the_second_time_leads_to_what_was_checked_or_nowhere()
    {
        var network = new Network(["93.184.215.14"], ["127.0.0.1"], ["93.184.215.15"]);

        await network.Call("https://hooks.example/");
        Assert.Equal(["93.184.215.14:443"], network.Called);
        Assert.Equal(1, network.LookedUp);

        await Assert.ThrowsAsync<AddressNotPublicException>(() => network.Call("https://hooks.example/"));
        Assert.Equal(["93.184.215.14:443"], network.Called);

        await network.Call("https://hooks.example:8443/");
        Assert.Equal(["93.184.215.14:443", "93.184.215.15:8443"], network.Called);
        Assert.Equal(3, network.LookedUp);
    }

    [Theory]
    [InlineData("93.184.215.14", "10.0.0.1"), InlineData("::1", "93.184.215.14"), InlineData("2606:4700::1111", "::ffff:127.0.0.1")]
    public async Task One_bad_address_among_good_ones_refuses_the_name(string one, string other)
    {
        var network = new Network([one, other]);

        await Assert.ThrowsAsync<AddressNotPublicException>(() => network.Call("https://hooks.example/"));
        Assert.Empty(network.Called);
    }

    [Fact]
    public async Task Numbers_are_checked_too_and_never_looked_up()
    {
        var network = new Network(["93.184.215.14"]);

        await Assert.ThrowsAsync<AddressNotPublicException>(() => network.Call("https://169.254.169.254/latest/meta-data"));
        await Assert.ThrowsAsync<AddressNotPublicException>(() => network.Call("https://[fe80::1]/"));
        Assert.Equal((0, 0), (network.LookedUp, network.Called.Count));
    }

    /// <summary>Names that mean one thing after the other, and connections that are noted and refused.</summary>
    private sealed class Network(params string[][] answers)
    {
        public List<string> Called { get; } = [];

        public int LookedUp { get; private set; }

        /// <exception cref="AddressNotPublicException">As the connection was not even tried.</exception>
        public async Task Call(string url)
        {
            var connections = new CheckedConnections(
                allowLoopback: false,
                (_, _) => Task.FromResult(Array.ConvertAll(answers[LookedUp++], IPAddress.Parse)),
                (to, _) =>
                {
                    Called.Add(to.ToString());
                    throw new SocketException((int)SocketError.ConnectionRefused);
                });
            using var http = new HttpClient(connections.Handler());
            var e = await Assert.ThrowsAnyAsync<Exception>(() => http.GetAsync(new Uri(url), TestContext.Current.CancellationToken));
            for (var inner = e; inner is not null; inner = inner.InnerException!)
                if (inner is AddressNotPublicException found) throw found;
        }
    }
}
