using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Billing.Benchmarks;

/// <summary>
/// One keep-alive connection that sends one request after another and reads each answer to its end. It speaks just the
/// HTTP/1.1 that it needs, so that what is measured is the server.
/// </summary>
internal sealed class HttpCaller(Uri address, string token, string engagementId) : IDisposable
{
    public const string EntriesPath = "/v1/time-entries";
    public const int EntriesPerWeek = 40;
    private static readonly DateOnly FirstDay = new(2001, 1, 1);
    private readonly byte[] buffer = new byte[8192];
    private Socket? socket;
    private int sent;

    public async ValueTask Send(string path)
    {
        if (socket is null)
        {
            socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Parse(address.Host), address.Port);
        }
        await socket.SendAsync(Request(path));
        var length = 0;
        while (!IsWhole(buffer.AsSpan(0, length)))
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0) throw new IOException("The server closed the connection.");
            length += read;
        }
        if (!buffer.AsSpan().StartsWith("HTTP/1.1 201"u8))
            throw new InvalidOperationException(Encoding.UTF8.GetString(buffer, 0, length));
    }

    public void Dispose() => socket?.Dispose();

    private byte[] Request(string path)
    {
        // Weekdays in turn, one week after another, as an assistant's log grows.
        var day = FirstDay.AddDays(sent / EntriesPerWeek * 7 + sent % 5);
        if (path == EntriesPath) sent++;
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"engagementId\":\"{engagementId}\",\"workedOn\":\"{day:yyyy-MM-dd}\",\"durationSeconds\":900,\"note\":\"Inbox triage and replies\"}}");
        return Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {token}\r\n" +
            $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        var head = answer[..end];
        if (head.IndexOf("Transfer-Encoding: chunked"u8) >= 0) return answer.EndsWith("\r\n0\r\n\r\n"u8);
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0) return true;
        var digits = head[(at + 16)..];
        var stop = digits.IndexOf((byte)'\r');
        return answer.Length >= end + 4 + int.Parse(stop < 0 ? digits : digits[..stop], CultureInfo.InvariantCulture);
    }
}
