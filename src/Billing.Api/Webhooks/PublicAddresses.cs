using System.Net;
using System.Net.Sockets;

namespace Billing.Api.Webhooks;

/// <summary>
/// Which addresses are on the public network. Whoever may name an address to be called must not reach through us what only we can:
/// this machine, its network, or what a cloud tells its machines at an address of its own.
/// </summary>
internal static class PublicAddresses
{
    /// <summary>IANA's registry of special addresses (RFC 6890), multicast, and an address by which Azure talks to its machines.</summary>
    private static readonly IPNetwork[] SpecialV4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "168.63.129.16/32",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    /// <summary>Within the global ones: Teredo and other assignments to protocols, documentation, and 6to4.</summary>
    private static readonly IPNetwork[] SpecialV6 =
        [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    /// <remarks>
    /// IPv4 in the clothes of IPv6 (mapped, compatible, NAT64, 6to4, Teredo) counts as not public whatever it holds: no name of a
    /// public server leads to it. Mapped addresses are found first, since <see cref="IPNetwork"/> compares what they hold, and finds
    /// ::ffff:10.0.0.1 in 2000::/3.
    /// </remarks>
    public static bool Contain(IPAddress address) => address.AddressFamily switch
    {
        _ when address.IsIPv4MappedToIPv6 => false,
        AddressFamily.InterNetwork => !SpecialV4.Any(network => network.Contains(address)),
        AddressFamily.InterNetworkV6 => GlobalV6.Contains(address) && !SpecialV6.Any(network => network.Contains(address)),
        _ => false,
    };
}
