using System.Net;
using System.Net.Sockets;

namespace Billing.Pages.Tests.Browsing;

/// <summary>The line between a browser and the server, which can be cut: then nobody answers at the address.</summary>
public sealed class Line : IAsyncDisposable
{
    private readonly Uri _server;
    private readonly List<TcpClient> _open = [];
    private TcpListener _listener;
    private Task _accepting;

    public Line(Uri server)
    {
        _server = server;
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = Accept();
    }

    public Uri Address { get; }

    public async Task Cut()
    {
        _listener.Stop();
        lock (_open)
        {
            foreach (var client in _open) client.Dispose();
            _open.Clear();
        }
        await _accepting;
    }

    public void Mend()
    {
        _listener = new TcpListener(IPAddress.Loopback, Address.Port);
        _listener.Start();
        _accepting = Accept();
    }

    public async ValueTask DisposeAsync() => await Cut();

    private async Task Accept()
    {
        try
        {
            while (true) _ = Carry(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private async Task Carry(TcpClient browser)
    {
        var server = new TcpClient();
        lock (_open) _open.AddRange([browser, server]);
        try
        {
            await server.ConnectAsync(_server.Host, _server.Port);
            await Task.WhenAny(
                browser.GetStream().CopyToAsync(server.GetStream()), server.GetStream().CopyToAsync(browser.GetStream()));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut, or hung up.
        }
        finally
        {
            browser.Dispose();
            server.Dispose();
        }
    }
}
