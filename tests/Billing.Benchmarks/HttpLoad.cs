using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Billing.Benchmarks;

/// <summary>
/// Connections that each send one request after another over HTTP/1.1 and wait for its whole answer. It does as little as
/// it can, since it runs on the same cores as the server that it measures.
/// </summary>
internal static class HttpLoad
{
    /// <param name="next">The next request of a connection, headers and all.</param>
    /// <param name="expected">The status that every answer must have.</param>
    /// <returns>Answers a second.</returns>
    public static async Task<double> Run(
        IPEndPoint server, int connections, TimeSpan duration, Func<int, ReadOnlyMemory<byte>> next, int expected)
    {
        var sockets = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Connect(server)));
        try
        {
            var clock = Stopwatch.StartNew();
            var answered = await Task.WhenAll(sockets.Select(
                (socket, i) => Task.Run(() => Loop(socket, i, clock, duration, next, expected))));
            return answered.Sum() / clock.Elapsed.TotalSeconds;
        }
        finally
        {
            foreach (var socket in sockets) socket.Dispose();
        }
    }

    private static async Task<Socket> Connect(IPEndPoint server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server);
        return socket;
    }

    private static async Task<long> Loop(
        Socket socket, int connection, Stopwatch clock, TimeSpan duration, Func<int, ReadOnlyMemory<byte>> next, int expected)
    {
        var buffer = new byte[16 * 1024];
        var answered = 0L;
        while (clock.Elapsed < duration)
        {
            await socket.SendAsync(next(connection));
            var length = 0;
            while (!IsWhole(buffer.AsSpan(0, length)))
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(length));
                if (read == 0) throw new InvalidOperationException("The server closed the connection.");
                length += read;
            }
            if (StatusOf(buffer) != expected)
                throw new InvalidOperationException($"Not {expected}: {Encoding.UTF8.GetString(buffer, 0, length)}");
            answered++;
        }
        return answered;
    }

    private static int StatusOf(ReadOnlySpan<byte> answer) =>
        100 * (answer[9] - '0') + 10 * (answer[10] - '0') + (answer[11] - '0');

    /// <summary>Whether an answer is here to its end. There is only one at a time, so nothing follows it.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        var head = answer[..end];
        var body = answer[(end + 4)..];
        if (head.IndexOf("chunked"u8) >= 0) return body.EndsWith("0\r\n\r\n"u8);
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0) throw new InvalidOperationException("The answer does not say how long it is.");
        var length = 0;
        foreach (var digit in head[(at + 16)..])
        {
            if (digit is < (byte)'0' or > (byte)'9') break;
            length = 10 * length + digit - '0';
        }
        return body.Length >= length;
    }
}
