using System.Net.Sockets;
using System.Text;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Fuzz;

/// <summary>One kept connection that sends bytes as they are and reads what comes back (RFC 9112).</summary>
internal sealed class Wire(Uri address) : IDisposable
{
    private const int MostKept = 256 * 1024;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private TcpClient? _client;
    private NetworkStream _stream = null!;
    private int _start, _end;

    /// <returns>Null where the server ended the connection without an answer.</returns>
    /// <exception cref="OperationCanceledException">The answer took too long.</exception>
    public async Task<ApiAnswer?> Send(WireRequest request, CancellationToken cancellationToken)
    {
        // What is no good HTTP has a connection of its own: that may end without an answer though what was asked is done.
        if (request.IsBroken) Close();
        // A server that closes a kept connection just as it is used again has not seen the request.
        for (var isFresh = _client is null; ; isFresh = true)
        {
            var answer = await SendOnce(request, cancellationToken);
            if (answer is not null || isFresh) return answer;
        }
    }

    public void Dispose() => Close();

    private async Task<ApiAnswer?> SendOnce(WireRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await Open(cancellationToken);
            await _stream.WriteAsync(request.Bytes, cancellationToken);
            if (request.IsBroken) _client!.Client.Shutdown(SocketShutdown.Send);
            var (answer, isOver) = await Read(request, cancellationToken);
            if (isOver || request.IsBroken) Close();
            return answer;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // Refused before all of it was sent: what was answered may still be there.
            var answer = await ReadRest(request, cancellationToken);
            Close();
            return answer;
        }
        catch (OperationCanceledException)
        {
            Close();
            throw;
        }
    }

    private async Task Open(CancellationToken cancellationToken)
    {
        if (_client is not null) return;
        _client = new TcpClient { NoDelay = true };
        await _client.ConnectAsync(address.Host, address.Port, cancellationToken);
        _stream = _client.GetStream();
        (_start, _end) = (0, 0);
    }

    private void Close()
    {
        _client?.Dispose();
        _client = null;
    }

    private async Task<ApiAnswer?> ReadRest(WireRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return _client is null ? null : (await Read(request, cancellationToken)).Answer;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return null;
        }
    }

    private async Task<(ApiAnswer? Answer, bool IsOver)> Read(WireRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await Line(cancellationToken) is not { } line) return (null, true);
            var status = int.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            while (await Line(cancellationToken) is { Length: > 0 } header)
            {
                var colon = header.IndexOf(':', StringComparison.Ordinal);
                headers[header[..colon]] = header[(colon + 1)..].Trim();
            }
            if (status < 200) continue;
            var mediaType = headers.GetValueOrDefault("Content-Type")?.Split(';')[0];
            var isStream = mediaType == "text/event-stream";
            var body = request.Method == "HEAD" || isStream || status is 204 or 304 ? [] : await Body(headers, cancellationToken);
            var isOver = isStream || headers.GetValueOrDefault("Connection") == "close";
            return (new ApiAnswer((System.Net.HttpStatusCode)status, mediaType, headers, Encoding.UTF8.GetString(body)), isOver);
        }
    }

    private async Task<byte[]> Body(Dictionary<string, string> headers, CancellationToken cancellationToken)
    {
        var kept = new MemoryStream();
        if (headers.TryGetValue("Content-Length", out var length))
        {
            await Take(long.Parse(length, System.Globalization.CultureInfo.InvariantCulture), kept, cancellationToken);
        }
        else if (headers.GetValueOrDefault("Transfer-Encoding") == "chunked")
        {
            while (await Line(cancellationToken) is { } line)
            {
                var size = long.Parse(line, System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);
                await Take(size, kept, cancellationToken);
                await Line(cancellationToken);
                if (size == 0) break;
            }
        }
        return kept.ToArray();
    }

    /// <summary>Takes so many bytes and keeps the first of them.</summary>
    private async Task Take(long count, MemoryStream kept, CancellationToken cancellationToken)
    {
        while (count > 0)
        {
            if (_start == _end && !await Fill(cancellationToken)) throw new IOException("The answer ends before its end.");
            var some = (int)Math.Min(count, _end - _start);
            if (kept.Length < MostKept) kept.Write(_buffer, _start, some);
            _start += some;
            count -= some;
        }
    }

    /// <summary>Null where the connection has ended.</summary>
    private async Task<string?> Line(CancellationToken cancellationToken)
    {
        while (true)
        {
            var at = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8);
            if (at >= 0)
            {
                var line = Encoding.Latin1.GetString(_buffer, _start, at);
                _start += at + 2;
                return line;
            }
            if (!await Fill(cancellationToken)) return null;
        }
    }

    private async Task<bool> Fill(CancellationToken cancellationToken)
    {
        if (_start > 0) Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
        (_start, _end) = (0, _end - _start);
        var count = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += count;
        return count > 0;
    }
}
