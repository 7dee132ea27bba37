using System.Net;
using System.Net.Sockets;

namespace Billing.Api.Webhooks;

/// <summary>The addresses of a host.</summary>
internal delegate Task<IPAddress[]> LookUp(string host, CancellationToken cancellationToken);

/// <summary>A connection to an address in numbers.</summary>
internal delegate ValueTask<Stream> Connect(IPEndPoint to, CancellationToken cancellationToken);

/// <summary>A host's name leads to an address that is never called.</summary>
internal sealed class AddressNotPublicException()
    : IOException("The host's name leads to an address that is not on the public network.");

/// <summary>
/// Connects to checked addresses alone. A name is looked up once for a connection and the connection made to what was checked: a name
/// that means something else a moment later (DNS rebinding) gains nothing. One bad address among good ones refuses the whole.
/// </summary>
internal sealed class CheckedConnections(bool allowLoopback, LookUp lookUp, Connect connect)
{
    private const int MostHeaderKilobytes = 16;

    public static CheckedConnections Of(WebhookOptions options) => new(options.AllowLoopback, Dns.GetHostAddressesAsync, Open);

    /// <summary>Follows no redirect, takes no proxy from the environment, keeps no cookies, unpacks nothing.</summary>
    public SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = MostHeaderKilobytes,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ConnectCallback = async (context, cancellationToken) => await To(context.DnsEndPoint, cancellationToken),
    };

    private async ValueTask<Stream> To(DnsEndPoint host, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = WebhookAddress.AsNumbers(host.Host) is { } numbers ? [numbers] : await lookUp(host.Host, cancellationToken);
        if (addresses.Length == 0) throw new SocketException((int)SocketError.HostNotFound);
        if (!addresses.All(MayBeCalled)) throw new AddressNotPublicException();
        for (var i = 0; ; i++)
        {
            try
            {
                return await connect(new IPEndPoint(addresses[i], host.Port), cancellationToken);
            }
            catch (SocketException) when (i + 1 < addresses.Length)
            {
                // The host has another address.
            }
        }
    }

    private bool MayBeCalled(IPAddress address) =>
        PublicAddresses.Contain(address) || (allowLoopback && IPAddress.IsLoopback(address) && !address.IsIPv4MappedToIPv6);

    private static async ValueTask<Stream> Open(IPEndPoint to, CancellationToken cancellationToken)
    {
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(to, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
