using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Billing.Api.Hosting;

/// <summary>
/// Reverse proxies of ours. Of them alone it is believed who calls (<c>X-Forwarded-For</c>) and whether by https
/// (<c>X-Forwarded-Proto</c>); anyone else's headers of this name are left unread.
/// </summary>
internal static class Proxies
{
    private const int BitsOfIpv4 = 32, BitsOfIpv6 = 128;

    public static void UseProxies(this WebApplication app, BillingOptions options)
    {
        if (options.Proxies.Count == 0) return;
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // As many as stand in a row; the first that is none of ours is the caller.
            ForwardLimit = null,
        };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in options.Proxies)
            if (TryRead(proxy, out var network)) forwarded.KnownIPNetworks.Add(network.Value);
        app.UseForwardedHeaders(forwarded);
    }

    /// <summary>Names what is wrong with the setting in one sentence; null where nothing is.</summary>
    public static string? Fault(BillingOptions options) =>
        options.Proxies.FirstOrDefault(proxy => !TryRead(proxy, out _)) is { } unfit
            ? $"Billing:Proxies '{unfit}' is neither an address nor a network, such as 10.0.0.7 or 10.0.0.0/8."
            : null;

    private static bool TryRead(string proxy, [NotNullWhen(true)] out IPNetwork? network)
    {
        network = IPNetwork.TryParse(proxy, out var whole) ? whole
            : IPAddress.TryParse(proxy, out var one)
                ? new IPNetwork(one, one.AddressFamily == AddressFamily.InterNetwork ? BitsOfIpv4 : BitsOfIpv6)
                : null;
        return network is not null;
    }
}
