using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Billing.TestSupport.Smtp;

/// <summary>A mail server on loopback (RFC 5321, as much as it takes): keeps what it takes, and fails as it is told.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<SmtpFault> _faults = new();
    private readonly ConcurrentQueue<ReceivedMail> _received = new();
    private readonly CancellationTokenSource _over = new();
    private readonly TaskCompletionSource _holding = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;

    public SmtpServer()
    {
        Open();
        Port = ((IPEndPoint)_listener!.LocalEndpoint).Port;
    }

    public int Port { get; private set; }

    public IReadOnlyCollection<ReceivedMail> Received => _received;

    /// <summary>Whether each mail is taken, and its answer held back until the connection ends.</summary>
    public bool HoldsAnswers { get; set; }

    /// <summary>Ends when the first answer is being held back.</summary>
    public Task Holding => _holding.Task;

    public void Fail(params ReadOnlySpan<SmtpFault> faults)
    {
        foreach (var fault in faults) _faults.Enqueue(fault);
    }

    /// <summary>Connections are refused from now on.</summary>
    public void Close() => _listener?.Stop();

    /// <summary>Listens, on the same port as before.</summary>
    public void Open()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _accepting = Accept(_listener);
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        Close();
        await _accepting;
        _over.Dispose();
    }

    private async Task Accept(TcpListener listener)
    {
        var talks = new List<Task>();
        try
        {
            while (true) talks.Add(Talk(await listener.AcceptTcpClientAsync(_over.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task Talk(TcpClient connection)
    {
        using var _ = connection;
        var stream = connection.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        try
        {
            await new Conversation(this, reader, writer).Run();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            return;
        }
    }

    private bool Fails(string at, out SmtpFault fault)
    {
        if (_faults.TryPeek(out var next) && next.At == at && _faults.TryDequeue(out next))
        {
            fault = next;
            return true;
        }
        fault = null!;
        return false;
    }

    private sealed class Conversation(SmtpServer server, StreamReader reader, StreamWriter writer)
    {
        private string _sender = "", _recipient = "";

        public async Task Run()
        {
            await writer.WriteLineAsync("220 test server");
            while (await reader.ReadLineAsync(server._over.Token) is { } line)
            {
                var verb = line.Split(' ', ':')[0].ToUpperInvariant();
                if (server.Fails(verb, out var fault))
                {
                    if (fault.Reply is null) return;
                    await writer.WriteLineAsync(fault.Reply);
                    continue;
                }
                if (verb == "MAIL") _sender = AddressIn(line);
                if (verb == "RCPT") _recipient = AddressIn(line);
                if (verb == "DATA" && !await Take()) return;
                else if (verb != "DATA") await writer.WriteLineAsync(ReplyTo(verb));
                if (verb == "QUIT") return;
            }
        }

        private static string ReplyTo(string verb) => verb switch
        {
            "EHLO" => "250-test server\r\n250-AUTH PLAIN\r\n250 8BITMIME",
            "QUIT" => "221 bye",
            "AUTH" => "535 5.7.8 wrong password",
            _ => "250 ok",
        };

        private static string AddressIn(string line) =>
            line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];

        /// <returns>False where the connection is dropped.</returns>
        private async Task<bool> Take()
        {
            var fails = server.Fails(".", out var fault);
            await writer.WriteLineAsync("354 go ahead");
            var text = new StringBuilder();
            for (var lines = 0; ; lines++)
            {
                if (fails && fault.DropAfterLines == lines) return false;
                var line = await reader.ReadLineAsync(server._over.Token) ?? throw new IOException("The mail ended early.");
                if (line == ".") break;
                text.Append(line.StartsWith('.') ? line[1..] : line).Append('\n');
            }
            if (fails && fault.Reply is { } reply)
            {
                await writer.WriteLineAsync(reply);
                return true;
            }
            server._received.Enqueue(new ReceivedMail(_sender, _recipient, text.ToString()));
            if (fails) return false;
            if (server.HoldsAnswers)
            {
                server._holding.TrySetResult();
                await reader.ReadLineAsync(server._over.Token);
                return false;
            }
            await writer.WriteLineAsync("250 2.0.0 taken");
            return true;
        }
    }
}
