using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Billing.Faults.Network;

internal enum Cut
{
    /// <summary>Both ends are closed in order.</summary>
    Drop,

    /// <summary>Both ends are told that the connection is gone.</summary>
    Reset,

    /// <summary>The server's answers end; what the client sends still arrives.</summary>
    HalfClose,

    /// <summary>Nothing passes any more, either way, and nobody is told for a while.</summary>
    Stall,
}

/// <summary>Stands between a program and a server on loopback and cuts their connections in several ways.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Connection, bool> connections = [];
    private readonly int target;
    private readonly Task accepting;

    public CuttingProxy(int target)
    {
        this.target = target;
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Cuts every connection that is there; new ones come through.</summary>
    public async Task CutAll(Cut how, TimeSpan stall)
    {
        var cut = connections.Keys.ToList();
        if (how == Cut.Stall)
        {
            foreach (var connection in cut) connection.Stall();
            await Task.Delay(stall);
        }
        foreach (var connection in cut)
        {
            if (how == Cut.HalfClose) connection.EndAnswers();
            else connection.End(isReset: how == Cut.Reset);
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await accepting;
        foreach (var connection in connections.Keys) connection.End(isReset: true);
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync();
                _ = Serve(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The listener was stopped.
        }
    }

    private async Task Serve(Socket client)
    {
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        var connection = new Connection(client, server);
        connections[connection] = true;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, target);
            await Task.WhenAll(connection.Pump(client, server), connection.Pump(server, client));
        }
        catch (SocketException)
        {
            // The server is away; the client is told by the end of its connection.
        }
        finally
        {
            connections.TryRemove(connection, out _);
            connection.End(isReset: false);
        }
    }

    private sealed class Connection(Socket client, Socket server)
    {
        private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool stalled;

        /// <summary>Hands on what comes until either side ends.</summary>
        public async Task Pump(Socket from, Socket to)
        {
            var buffer = new byte[64 * 1024];
            try
            {
                while (await from.ReceiveAsync(buffer) is > 0 and var length)
                {
                    // Both sockets stay open meanwhile, and what has come is lost with the connection.
                    if (stalled) await ended.Task;
                    await to.SendAsync(buffer.AsMemory(0, length));
                }
                to.Shutdown(SocketShutdown.Send);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                End(isReset: false);
            }
        }

        public void Stall() => stalled = true;

        public void EndAnswers()
        {
            try
            {
                client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // It has ended already.
            }
        }

        public void End(bool isReset)
        {
            foreach (var socket in new[] { client, server })
            {
                if (isReset) Linger(socket);
                socket.Dispose();
            }
            ended.TrySetResult();
        }

        /// <summary>Closing without a linger sends a reset.</summary>
        private static void Linger(Socket socket)
        {
            try
            {
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // It has ended already.
            }
        }
    }
}
