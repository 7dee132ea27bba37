using System.Net;
using System.Net.Sockets;

namespace Billing.TestSupport.Processes;

/// <summary>
/// A port that stays free while its server is down between two starts: it lies below those that the system hands out for
/// outgoing connections.
/// </summary>
public static class LoopbackPort
{
    private const int First = 20_000;
    private const int Count = 10_000;
    private static int s_taken = Environment.ProcessId * 7;

    public static int Free()
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var port = First + Interlocked.Increment(ref s_taken) % Count;
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it; the next one will do.
            }
        }
        throw new InvalidOperationException("No loopback port is free.");
    }
}
